import type { CommandProblem } from "../core/cluster/command";
import { type Params, t, tDynamic } from "../i18n/t";
import { setView } from "../store/topiqStore";

/** Says in the toast why a command was refused; nothing has changed then. */
export function tellProblem(problem: CommandProblem | null): void {
  if (problem) setView({ toast: { text: problemText(problem), action: null } });
}

/** The same params with a cap's name in words; one that has none keeps its name. */
export function limitInWords(params: Params): Params {
  return typeof params["limit"] === "string" ? { ...params, limit: words("limit", params["limit"]) } : params;
}

/** Why a command was refused, as plain text, with what is allowed. */
export function problemText({ reason, params }: CommandProblem): string {
  if (reason === "configInvalid") return tDynamic(`problem.configInvalid.${params["rule"]}`, params) + (params["because"] ? ` ${t("problem.because", params)}` : "");
  const name = reason === "valueInvalid" && typeof params["name"] === "string" ? { name: words("settings", params["name"]) } : {};
  return tDynamic(`problem.${reason}`, { ...limitInWords(params), ...name });
}

function words(prefix: "limit" | "settings", name: string): string {
  const key = `${prefix}.${name}`;
  const text = tDynamic(key);
  return text === key ? name : text;
}
