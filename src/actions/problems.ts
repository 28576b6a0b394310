import type { CommandProblem } from "../core/cluster/command";
import { type MessageKey, tDynamic } from "../i18n/t";
import { setView } from "../store/topiqStore";

/** Why a command was refused: the most exact sentence that its params can fill. It may hold **bold** marks. */
export function problemText({ reason, params }: CommandProblem): string {
  const exact = "allowed" in params ? "allowed" : "min" in params && "max" in params ? "range" : "";
  const exactKey = `problem.${reason}.${exact}`;
  return tDynamic(exactKeys.has(exactKey) ? exactKey : `problem.${reason}`, params);
}

/** Says in the toast why a command was refused; nothing has changed then. */
export function tellProblem(problem: CommandProblem | null): void {
  if (problem) setView({ toast: { text: problemText(problem), action: null } });
}

const exactKeys: ReadonlySet<string> = new Set([
  "problem.configInvalid.allowed",
  "problem.configInvalid.range",
  "problem.valueInvalid.allowed",
  "problem.valueInvalid.range",
] satisfies MessageKey[]);
