import { type KeyboardEvent, type ReactNode, useState } from "react";
import { Field, type FieldProps } from "./Field";

export interface NumberFieldProps extends Omit<FieldProps, "children" | "error"> {
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step?: number;
  readonly unit?: string;
  readonly disabled?: boolean;
  /** Whole numbers unless fractions are allowed. */
  readonly fractions?: boolean;
  /** An error from outside, about the value last taken. */
  readonly error?: string | null;
  /** The sentence that says what is allowed. */
  readonly errorText: (minimum: number, maximum: number) => string;
  /** Called with a value that is allowed, on Enter or when the field is left. */
  readonly onCommit: (value: number) => void;
}

/** A number typed by a person. Nothing is sent while it is being typed, and a wrong one is kept in the field with its reason. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { value, minimum, maximum, step, unit, disabled, fractions = false, error = null, errorText, onCommit, ...field } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? value : Number(draft);
  const allowed = draft?.trim() !== "" && (fractions ? Number.isFinite(parsed) : Number.isSafeInteger(parsed)) && parsed >= minimum && parsed <= maximum;

  const commit = (): void => {
    if (draft === null || !allowed) return;
    setDraft(null);
    if (parsed !== value) onCommit(parsed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") setDraft(null);
  };

  return (
    <Field {...field} error={allowed ? error : errorText(minimum, maximum)}>
      {(control) => (
        <span className="ui-number">
          <input
            {...control}
            className="ui-input ui-input-mono"
            type="number"
            inputMode={fractions ? "decimal" : "numeric"}
            min={minimum}
            max={maximum}
            step={step ?? (fractions ? "any" : 1)}
            disabled={disabled}
            value={draft ?? value}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={commit}
            onKeyDown={onKeyDown}
          />
          {unit !== undefined && <span className="ui-number-unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}
