import type { KeyboardEvent, ReactNode } from "react";

export interface SegmentedProps<Value extends string> {
  readonly legend: string;
  /** The legend is said, not shown. */
  readonly legendHidden?: boolean;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly title?: string }[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** One of a few: a radio group that looks like a switch. Arrow keys move the choice, as in any radio group. */
export function Segmented<Value extends string>({ legend, legendHidden, options, value, onChange, className = "" }: SegmentedProps<Value>): ReactNode {
  const chosen = options.findIndex((option) => option.value === value);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const index = (Math.max(chosen, 0) + step + options.length) % options.length;
    const next = options[index];
    if (!next) return;
    onChange(next.value);
    event.currentTarget.querySelectorAll<HTMLButtonElement>("[role=radio]")[index]?.focus();
  };
  return (
    <div role="radiogroup" aria-label={legend} className={`ui-segmented ${className}`} onKeyDown={onKeyDown}>
      {!legendHidden && <span className="ui-segmented-legend">{legend}</span>}
      {options.map((option, index) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={index === Math.max(chosen, 0) ? 0 : -1}
          title={option.title}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
