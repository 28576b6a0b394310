import type { ReactNode } from "react";
import { Field, type FieldProps } from "./Field";

export interface SelectProps<Value extends string> extends Omit<FieldProps, "children"> {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly disabled?: boolean;
  readonly onChange: (value: Value) => void;
}

/** One of many, with the browser's own list. */
export function Select<Value extends string>({ value, options, disabled, onChange, ...field }: SelectProps<Value>): ReactNode {
  return (
    <Field {...field}>
      {(control) => (
        // The value can only be one of the options, which are of type Value.
        <select {...control} className="ui-input" disabled={disabled} value={value} onChange={(event) => onChange(event.target.value as Value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
