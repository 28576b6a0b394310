import { create } from "zustand";
import { loadPreset, openScenario } from "../actions/sharing";
import { openWorld } from "../actions/simulation";
import type { LinkProblem } from "../scenario/link";
import type { PageAddress } from "./address";

/** Why what the address asks for cannot be opened. Nothing else is opened in its place. */
export interface OpeningProblem {
  readonly reason: LinkProblem["reason"] | "unknownPreset";
  readonly name: string;
}

export const useOpening = create<{ readonly problem: OpeningProblem | null }>()(() => ({ problem: null }));

/** Opens what the address asks for: a link, a preset, or else the saved run or the first preset. */
export async function openAddress({ fragment, preset }: PageAddress, playing: boolean): Promise<void> {
  useOpening.setState({ problem: null });
  if (fragment !== "") return openFragment(fragment, playing);
  const scenario = await loadPreset(preset);
  if (!scenario) useOpening.setState({ problem: { reason: "unknownPreset", name: preset ?? "" } });
  else if (preset === null) openWorld({ kind: "saved", runId: null, otherwise: scenario }, playing);
  else openScenario({ scenario, run: null }, playing);
}

async function openFragment(fragment: string, playing: boolean): Promise<void> {
  const { decodeLink } = await import("../scenario/link");
  const decoded = decodeLink(fragment);
  if ("problem" in decoded) useOpening.setState({ problem: { reason: decoded.problem.reason, name: String(decoded.problem.params["path"] ?? "") } });
  else openScenario(decoded.shared, playing, "link");
}
