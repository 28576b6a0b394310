import { type ReactNode, useId } from "react";
import "./field.css";

/** What a control inside a field must carry, so that its label, note and error belong to it. */
export interface FieldControlProps {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

export interface FieldProps {
  readonly label: ReactNode;
  /** What is wrong and what is allowed, or null. */
  readonly error?: string | null;
  readonly note?: ReactNode;
  /** Shown beside a value that differs from its default: the words, and a way back. */
  readonly changed?: { readonly defaultText: string; readonly resetLabel: string; readonly onReset: () => void } | null;
  readonly children: (control: FieldControlProps) => ReactNode;
}

/** A labelled control with its default, its note and its error. */
export function Field({ label, error = null, note, changed = null, children }: FieldProps): ReactNode {
  const id = useId();
  const described = [error !== null ? `${id}-error` : null, note !== undefined ? `${id}-note` : null].filter((part) => part !== null);
  return (
    <div className={`ui-field ${changed ? "ui-field-changed" : ""}`}>
      <div className="ui-field-head">
        <label className="ui-field-label" htmlFor={id}>
          {label}
        </label>
        {changed && (
          <span className="ui-field-default">
            {changed.defaultText}
            <button type="button" onClick={changed.onReset}>
              {changed.resetLabel}
            </button>
          </span>
        )}
      </div>
      {children({ id, "aria-invalid": error !== null, "aria-describedby": described.length > 0 ? described.join(" ") : undefined })}
      {note !== undefined && (
        <div id={`${id}-note`} className="ui-field-note">
          {note}
        </div>
      )}
      {error !== null && (
        <div id={`${id}-error`} className="ui-field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}
