import { create } from "zustand";
import { loadPreset, openForeign } from "../actions/sharing";
import { whatIsWrong } from "../actions/problems";
import { openWorld } from "../actions/simulation";
import type { OpeningProblem as Problem } from "../bridge/messages";
import { useTopiq } from "../store/topiqStore";
import type { PageAddress } from "./address";

/** Why what the address asks for cannot be opened. Nothing else is opened in its place. */
export interface OpeningProblem {
  readonly reason: Problem["reason"] | "unknownPreset";
  readonly name: string;
}

export const useOpening = create<{ readonly problem: OpeningProblem | null }>()(() => ({ problem: null }));

/** Opens what the address asks for: a link, a preset, or else the saved run or the first preset. */
export async function openAddress({ fragment, preset }: PageAddress, playing: boolean): Promise<void> {
  useOpening.setState({ problem: null });
  if (fragment !== "") return tell(await openForeign(fragment, playing));
  const scenario = await loadPreset(preset);
  if (!scenario) useOpening.setState({ problem: { reason: "unknownPreset", name: preset ?? "" } });
  else if (preset === null) tell(await openWorld({ kind: "saved", runId: null, otherwise: scenario }, playing));
  else tell(await openWorld({ kind: "document", document: scenario, isForeign: false }, playing));
}

/** What was cancelled is no failure where something else is open. */
function tell(problem: Problem | null): void {
  if (!problem || problem.reason === "superseded" || (problem.reason === "cancelled" && useTopiq.getState().image)) return;
  useOpening.setState({ problem: { reason: problem.reason, name: whatIsWrong(problem.params) } });
}
