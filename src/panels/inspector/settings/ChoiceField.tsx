import { useState, type ReactNode } from "react";
import type { Refusal } from "../../../actions/simulation";
import type { FieldProps } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { problemText } from "../../../actions/problems";

export interface ChoiceFieldProps<Value extends string> extends Pick<FieldProps, "label" | "note" | "changed"> {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** What is wrong with a choice before it is sent, or null. */
  readonly check?: (value: Value) => string | null;
  /** Resolves to why it was refused, or null. */
  readonly onCommit: (value: Value) => Promise<Refusal | null>;
}

/** A choice among a few; it is sent at once, and a refusal stands beside it. */
export function ChoiceField<Value extends string>({ check, onCommit, ...select }: ChoiceFieldProps<Value>): ReactNode {
  const [error, setError] = useState<string | null>(null);
  const choose = async (value: Value): Promise<void> => {
    const fault = check?.(value) ?? null;
    setError(fault);
    if (fault !== null) return;
    const problem = await onCommit(value);
    setError(problem && problemText(problem));
  };
  return <Select {...select} error={error} onChange={(value) => void choose(value)} />;
}
