import type { ReactNode } from "react";

export interface Fact {
  readonly id: string;
  readonly word: ReactNode;
  readonly value: ReactNode;
}

/** Figures of one thing, a word and a value a line. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="panel-facts">
      {facts.map((fact) => (
        <div key={fact.id}>
          <dt>{fact.word}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
