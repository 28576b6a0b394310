import { create } from "zustand";
import { loadPresets, openScenario } from "../actions/sharing";
import { openWorld } from "../actions/simulation";
import type { PageAddress } from "./address";

/** Why what the address asks for cannot be opened. Nothing else is opened in its place. */
export interface OpeningProblem {
  readonly reason: LinkProblem | "unknownPreset";
  readonly name: string;
}

/** How a link can be broken. */
export type LinkProblem = "cutOff" | "corrupt" | "newer" | "tooLong";

export const useOpening = create<{ readonly problem: OpeningProblem | null }>()(() => ({ problem: null }));

/** Opens what the address asks for: a link, a preset, or else the saved run or the first preset. */
export async function openAddress({ fragment, preset }: PageAddress, playing: boolean): Promise<void> {
  useOpening.setState({ problem: null });
  if (fragment !== "") return openFragment(fragment, playing);
  const presets = await loadPresets();
  const wanted = preset === null ? presets[0] : presets.find(({ id }) => id === preset);
  if (!wanted) useOpening.setState({ problem: { reason: "unknownPreset", name: preset ?? "" } });
  else if (preset === null) openWorld({ kind: "saved", otherwise: wanted.scenario }, playing);
  else openScenario({ scenario: wanted.scenario, run: null }, playing);
}

async function openFragment(fragment: string, playing: boolean): Promise<void> {
  const { decodeLink } = await import("../scenario/link");
  const decoded = await decodeLink(fragment);
  if ("problem" in decoded) useOpening.setState({ problem: { reason: decoded.problem, name: "" } });
  else openScenario(decoded, playing);
}
