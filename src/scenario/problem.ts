import type { BaseIssue } from "valibot";

/** Why a value is no scenario that can be opened; the page words it in the user's language. */
export interface ScenarioProblem {
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

/** The problem that an issue of the schema stands for. */
export function problemOfIssue(issue: BaseIssue<unknown>): ScenarioProblem {
  const path = (issue.path ?? []).map(({ key }) => String(key)).join(".");
  const requirement = typeof issue.requirement === "number" ? issue.requirement : 0;
  switch (issue.type) {
    case "strict_object":
      if (issue.expected === "never") return invalid(path, "unknownField");
      return issue.received === "undefined" ? invalid(path, "missing") : invalid(path, "type", { expected: "Object" });
    case "integer":
    case "safe_integer":
      return invalid(path, "whole");
    case "min_value":
      return invalid(path, "min", { min: requirement });
    case "max_value":
      return invalid(path, "max", { max: requirement });
    case "max_length":
    case "max_entries":
      return invalid(path, "tooMany", { max: requirement });
    case "min_length":
      return invalid(path, "empty");
    case "regex":
      return invalid(path, "name");
    case "picklist":
    case "variant":
    case "literal":
      return invalid(path, "choice", { allowed: allowedValues(issue.expected ?? "") });
    default:
      return invalid(path, "type", { expected: issue.expected ?? "" });
  }
}

/** `("a" | "b")` as `a, b`. */
function allowedValues(expected: string): string {
  return expected.replace(/^\(|\)$|"/g, "").replaceAll(" | ", ", ");
}
