import type { OpeningProblem } from "../bridge/messages";
import { type Params, t, tDynamic } from "../i18n/t";
import { setView } from "../store/topiqStore";
import type { Refusal } from "./simulation";

/** Says in the toast why a command was refused; nothing has changed then. */
export function tellProblem(problem: Refusal | null): void {
  if (problem) setView({ toast: { text: problemText(problem), action: null } });
}

/** The same params with a cap's name in words; one that has none keeps its name. */
export function limitInWords(params: Params): Params {
  return typeof params["limit"] === "string" ? { ...params, limit: words("limit", params["limit"]) } : params;
}

/** Says in the toast why something was not opened, unless it is what the person wished for; what was open goes on. */
export function tellOpeningProblem(problem: OpeningProblem | null): void {
  if (problem && problem.reason !== "cancelled" && problem.reason !== "superseded") setView({ toast: { text: openingText(problem), action: null } });
}

function openingText({ reason, params }: OpeningProblem): string {
  return `${t(`opening.${reason}.title`)}. ${tDynamic(`opening.${reason}.advice`, { name: whatIsWrong(params), ...params })}`;
}

/** Where in a document or a command something is wrong, and what. */
export function whatIsWrong(params: Params): string {
  const path = params["path"] || t("problem.path.whole");
  const detail = params["detail"] ? tDynamic(`problem.detail.${params["detail"]}`, params) : "";
  return detail ? `${path}: ${detail}` : String(path);
}

/** Why a command was refused, as plain text, with what is allowed. */
export function problemText(problem: Refusal): string {
  const { reason, params } = problem;
  if ("path" in problem) return t("problem.invalid", { name: whatIsWrong({ ...params, path: problem.path, detail: problem.detail ?? "" }) });
  if (reason === "configInvalid") return tDynamic(`problem.configInvalid.${params["rule"]}`, params) + (params["because"] ? ` ${t("problem.because", params)}` : "");
  const name = reason === "valueInvalid" && typeof params["name"] === "string" ? { name: words("settings", params["name"]) } : {};
  return tDynamic(`problem.${reason}`, { ...limitInWords(params), ...name });
}

function words(prefix: "limit" | "settings", name: string): string {
  const key = `${prefix}.${name}`;
  const text = tDynamic(key);
  return text === key ? name : text;
}
