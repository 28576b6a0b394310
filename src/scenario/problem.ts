/** Why a value is no scenario that can be opened; the page words it in the user's language. */
export interface ScenarioProblem {
  /** "newer": made by a newer page, or misspelt, for what this page does not know cannot be told from what nobody meant. */
  readonly reason: "notJson" | "newer" | "invalid";
  /** Where, as in `producers.0.source.ratePerSecond`; "" is the whole. */
  readonly path: string;
  /** What is wrong there; null when the reason says it all. */
  readonly detail: ProblemDetail | null;
  /** Fill the sentence: `expected`, `allowed`, `min`, `max`, `name`, `kind`, `because`. */
  readonly params: Readonly<Record<string, string | number>>;
}

export type ProblemDetail =
  | "missing"
  | "unknownField"
  /** Not of the kind named by `expected`. */
  | "type"
  | "whole"
  /** None of `allowed`. */
  | "choice"
  | "min"
  | "max"
  /** More than `max` characters or entries. */
  | "tooMany"
  /** Lists in lists, more than `max` of them. */
  | "tooDeep"
  | "empty"
  /** Not a name that Kafka, or this playground, allows. */
  | "name"
  /** `name` is there twice. */
  | "taken"
  /** There is no `name` of this `kind`. */
  | "unknown"
  /** Times must not go back, nor the end of a range lie before its start. */
  | "order"
  /** There is no config `name`, or it must be left alone because of `because`. */
  | "configUnknown"
  | "configUnset";

/** A problem at a place in the document. */
export function invalid(path: string, detail: ProblemDetail, params: ScenarioProblem["params"] = {}): ScenarioProblem {
  return { reason: "invalid", path, detail, params };
}

/** Something that this page does not know. */
export function newer(path: string, detail: ProblemDetail | null, params: ScenarioProblem["params"] = {}): ScenarioProblem {
  return { reason: "newer", path, detail, params };
}

/** The place of a part of what is at `path`. */
export function placeIn(path: string, part: string | number): string {
  return path === "" ? String(part) : `${path}.${part}`;
}

/** Ends the reading of a value; `attempt` catches it. */
export function refuse(problem: ScenarioProblem): never {
  throw new Refusal(problem);
}

class Refusal extends Error {
  readonly problem: ScenarioProblem;

  constructor(problem: ScenarioProblem) {
    super(`${problem.reason} at ${problem.path}`);
    this.problem = problem;
  }
}

/** What `read` makes of a foreign value, or why it refuses it. Looking at a foreign value may itself throw, for it may be a Proxy. */
export function attempt<Value>(read: () => Value): { readonly value: Value } | { readonly problem: ScenarioProblem } {
  try {
    return { value: read() };
  } catch (error) {
    return { problem: error instanceof Refusal ? error.problem : invalid("", "type", { expected: "Object" }) };
  }
}
