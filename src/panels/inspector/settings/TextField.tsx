import { useState, type KeyboardEvent, type ReactNode } from "react";
import type { Refusal } from "../../../actions/simulation";
import { isComposing } from "../../../i18n/composing";
import { t } from "../../../i18n/t";
import { Field, type FieldProps } from "../../../ui/Field";
import { problemText } from "../../../actions/problems";
import type { Parsed } from "./parseField";

export interface TextFieldProps<Value> extends Pick<FieldProps, "label" | "note" | "changed"> {
  readonly text: string;
  readonly unit?: string | undefined;
  readonly numeric?: boolean;
  readonly lines?: number;
  readonly parse: (text: string) => Parsed<Value>;
  /** Resolves to why it was refused, or null. */
  readonly onCommit: (value: Value) => Promise<Refusal | null>;
}

/**
 * A value typed by a person. It is sent on Enter or when the field is left; one that is not possible stays in the field, with what is
 * allowed beside it, and is not sent. Escape takes back what was typed.
 */
export function TextField<Value>({ text, unit, numeric = false, lines = 1, parse, onCommit, ...field }: TextFieldProps<Value>): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const parsed = draft === null ? null : parse(draft);
  const error = parsed && !parsed.ok ? t(parsed.problem.key, parsed.problem.params) : refusal ? problemText(refusal) : null;

  const commit = async (): Promise<void> => {
    if (draft === null || !parsed?.ok) return;
    if (draft.trim() === text) setDraft(null);
    else {
      const problem = await onCommit(parsed.value);
      setRefusal(problem);
      // A refused text stays to be mended; an accepted one is shown by the image.
      if (!problem) setDraft(null);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter" && (lines === 1 || event.ctrlKey || event.metaKey)) void commit();
    if (event.key === "Escape") {
      setDraft(null);
      setRefusal(null);
    }
  };
  const shared = {
    value: draft ?? text,
    onBlur: () => void commit(),
    onKeyDown,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setDraft(event.target.value);
      setRefusal(null);
    },
  };
  return (
    <Field {...field} error={error}>
      {(control) =>
        lines > 1 ? (
          <textarea {...control} {...shared} className="ui-input ui-input-mono" rows={lines} />
        ) : (
          <span className="ui-number">
            <input {...control} {...shared} className="ui-input ui-input-mono" {...(numeric ? { inputMode: "decimal" as const } : {})} autoComplete="off" spellCheck={false} />
            {unit !== undefined && <span className="ui-number-unit">{unit}</span>}
          </span>
        )
      }
    </Field>
  );
}
