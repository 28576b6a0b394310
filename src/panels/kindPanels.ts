import { allKinds } from "../actions/entities/kindTable";
import type { KindPanel } from "./kindPanel";

let panels: ReadonlyMap<string, KindPanel> = new Map();

/** Loads how every kind is told in words. */
export async function loadPanels(): Promise<void> {
  panels = new Map(await Promise.all(allKinds().map(async ({ name, panel }) => [name, await panel()] as const)));
}

export function panelNamed(kind: string): KindPanel | undefined {
  return panels.get(kind);
}
