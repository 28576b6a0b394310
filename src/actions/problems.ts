import type { OpeningProblem } from "../bridge/messages";
import { loadWords, type Params, t, tDynamic } from "../i18n/t";
import { setView } from "../store/topiqStore";
import type { Refusal } from "./simulation";

/** Says something of the problems' words in the toast: they are loaded after the first picture, or now. */
export async function tell(text: () => string): Promise<void> {
  // A problem may name a field of the panels.
  const said = await loadWords("problems", "panels").then(text, () => t("shell.notLoaded"));
  setView({ toast: { text: said, action: null } });
}

/** Says in the toast why a command was refused; nothing has changed then. */
export async function tellProblem(problem: Refusal | null): Promise<void> {
  if (problem) await tell(() => problemText(problem));
}

/** The same params with a cap's name in words; one that has none keeps its name. */
export function limitInWords(params: Params): Params {
  return typeof params["limit"] === "string" ? { ...params, limit: words("limit", params["limit"]) } : params;
}

/** Says in the toast why something was not opened, unless it is what the person wished for; what was open goes on. */
export async function tellOpeningProblem(problem: OpeningProblem | null): Promise<void> {
  if (problem && problem.reason !== "cancelled" && problem.reason !== "superseded") await tell(() => openingText(problem));
}

function openingText(problem: OpeningProblem): string {
  return `${t(`opening.${problem.reason}.title`)}. ${openingAdvice(problem)}`;
}

/** What can be done about something that was not opened. */
export function openingAdvice({ reason, params }: { readonly reason: string; readonly params: Params }): string {
  return tDynamic(`opening.${reason}.advice`, reason === "invalid" || reason === "newer" ? { ...params, name: whatIsWrong(params) } : params);
}

/** Where in a document or a command something is wrong, and what. */
function whatIsWrong(params: Params): string {
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
