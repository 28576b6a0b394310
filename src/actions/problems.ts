import type { CommandProblem } from "../core/cluster/command";
import { type MessageKey, type Params, tDynamic } from "../i18n/t";
import { setView } from "../store/topiqStore";

/** Says in the toast why a command was refused; nothing has changed then. */
export function tellProblem(problem: CommandProblem | null): void {
  if (problem) setView({ toast: { text: problemText(problem), action: null } });
}

/** The same params with a cap's name in words; one that has none keeps its name. */
export function limitInWords(params: Params): Params {
  return typeof params["limit"] === "string" ? { ...params, limit: words("limit", params["limit"]) } : params;
}

/** Why a command was refused, as plain text: the most exact sentence that its params can fill. */
export function problemText({ reason, params }: CommandProblem): string {
  const exact = "allowed" in params ? "allowed" : "min" in params && "max" in params ? "range" : "";
  const exactKey = `problem.${reason}.${exact}`;
  const field = reason === "valueInvalid" && typeof params["name"] === "string" ? { name: words("settings", params["name"]) } : {};
  return tDynamic(exactKeys.has(exactKey) ? exactKey : `problem.${reason}`, { ...limitInWords(params), ...field });
}

function words(prefix: "limit" | "settings", name: string): string {
  const key = `${prefix}.${name}`;
  const text = tDynamic(key);
  return text === key ? name : text;
}

const exactKeys: ReadonlySet<string> = new Set([
  "problem.configInvalid.allowed",
  "problem.configInvalid.range",
  "problem.valueInvalid.allowed",
  "problem.valueInvalid.range",
] satisfies MessageKey[]);
