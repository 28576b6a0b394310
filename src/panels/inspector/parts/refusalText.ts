import type { CommandProblem } from "../../../core/cluster/command";
import { tDynamic, type MessageKey } from "../../../i18n/t";

/** Why a command was refused, as plain text: the most exact sentence that its params can fill. */
export function refusalText(problem: CommandProblem): string {
  const { reason, params } = problem;
  const named = { ...params, ...words("limit", params.limit), ...(reason === "valueInvalid" ? words("name", params.name) : {}) };
  const exact = "allowed" in params ? "allowed" : "min" in params && "max" in params ? "range" : null;
  const exactKey = `problem.${reason}.${exact}`;
  return tDynamic(exactKeys.has(exactKey) ? exactKey : `problem.${reason}`, named);
}

/** A param that names a cap or a field, in words; one that has none keeps its name. */
function words(param: "limit" | "name", value: string | number | undefined): Readonly<Record<string, string>> {
  if (typeof value !== "string") return {};
  const key = param === "limit" ? `limit.${value}` : `settings.${value}`;
  const text = tDynamic(key);
  return { [param]: text === key ? value : text };
}

const exactKeys: ReadonlySet<string> = new Set([
  "problem.configInvalid.allowed",
  "problem.configInvalid.range",
  "problem.valueInvalid.allowed",
  "problem.valueInvalid.range",
] satisfies MessageKey[]);
