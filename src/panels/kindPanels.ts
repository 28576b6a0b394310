import type { EntityKind } from "../actions/entities/entityKind";
import { allKinds, followKinds } from "../actions/entities/kindTable";
import type { KindPanel } from "./kindPanel";

let panels: ReadonlyMap<string, KindPanel> | null = null;

/** Loads how every kind is told in words; of kinds that come later, before they are there. */
export async function loadPanels(): Promise<void> {
  if (panels === null) followKinds(readPanels);
  await readPanels(allKinds());
}

async function readPanels(kinds: readonly EntityKind[]): Promise<void> {
  panels = new Map(await Promise.all(kinds.map(async ({ name, panel }) => [name, await panel()] as const)));
}

export function panelNamed(kind: string): KindPanel | undefined {
  return panels?.get(kind);
}
