import type { CommandProblem } from "../../../core/cluster/command";
import { tDynamic, type MessageKey } from "../../../i18n/t";

/** Why a command was refused, as plain text: the most exact sentence that its params can fill. */
export function refusalText(problem: CommandProblem): string {
  const { reason, params } = problem;
  const named = typeof params.limit === "string" ? { ...params, limit: limitText(params.limit) } : params;
  const exact = "allowed" in params ? "allowed" : "min" in params && "max" in params ? "range" : null;
  const exactKey = `problem.${reason}.${exact}`;
  return tDynamic(exactKeys.has(exactKey) ? exactKey : `problem.${reason}`, named);
}

/** A named cap in words; one that has none keeps its name. */
export function limitText(limit: string): string {
  const key = `limit.${limit}`;
  const text = tDynamic(key);
  return text === key ? limit : text;
}

const exactKeys: ReadonlySet<string> = new Set([
  "problem.configInvalid.allowed",
  "problem.configInvalid.range",
  "problem.valueInvalid.allowed",
  "problem.valueInvalid.range",
] satisfies MessageKey[]);
