import type { KeptRun, LinkPart, OpeningProblem } from "../bridge/messages";
import { orders } from "../scenario/presets/orders";
import type { Preset } from "../scenario/presets/presets";
import type { Scenario } from "../scenario/scenario";
import { tellOpeningProblem } from "./problems";
import { keepWorld, openWorld, query } from "./simulation";

/** "scenario": what the world is made from. "run": this exact run, up to the moment shown. */
export type ShareChoice = "scenario" | "run";

/** The fragment (without #) that holds the open scenario, all of it or without some parts. Throws a RangeError when that is too much for a link. */
export async function makeFragment(choice: ShareChoice, without: readonly LinkPart[] = []): Promise<string> {
  const { fragment } = await query({ kind: "share", exact: choice === "run", without });
  if (fragment === null) throw new RangeError("too much for a link");
  return fragment;
}

/** This page's address with another fragment. Other parameters stay behind: the fragment says it all. */
export function pageAddress(fragment: string): string {
  return addressWith("", fragment);
}

/** This page's address with other parameters and another fragment. */
export function addressWith(search: string, fragment: string): string {
  const url = new URL(location.href);
  url.search = search;
  url.hash = fragment;
  return url.href;
}

/** What is open is no longer what the address says: the address is left, so that loading the page again brings back the work. */
export function leaveAddress(): void {
  const url = new URL(location.href);
  for (const name of [...url.searchParams.keys()]) if (name !== "lang" && name !== "theme") url.searchParams.delete(name);
  url.hash = "";
  history.replaceState(null, "", url.href.replace(/#$/, ""));
}

/** Opens a scene of the page in place of what is open. */
export async function openScenario(scenario: Scenario, playing: boolean): Promise<void> {
  await tellOpeningProblem(await openWorld({ kind: "document", document: scenario, isForeign: false }, playing));
}

/** Opens a link, its fragment, or a document, as an unsaved copy until the person keeps it. Resolves to why it cannot be opened, or to null. */
export function openForeign(linkOrDocument: unknown, playing: boolean): Promise<OpeningProblem | null> {
  if (typeof linkOrDocument === "string" && !linkOrDocument.trimStart().startsWith("{")) return openWorld({ kind: "link", link: linkOrDocument }, playing);
  return openWorld({ kind: "document", document: linkOrDocument, isForeign: true }, playing);
}

/** Keeps the unsaved copy. The address of a link is left only when it is kept: until then it is the only way back to it. */
export async function keepCopy(): Promise<void> {
  if (await keepWorld("keep")) leaveAddress();
}

/** One preset by name, without one the first, which is here at once; null if there is none of this name. */
export async function loadPreset(name: string | null): Promise<Scenario | null> {
  if (name === null) return orders;
  const { presets } = await import("../scenario/presets/presets");
  return presets.find(({ id }) => id === name)?.load() ?? null;
}

/** The runs that this browser keeps, the last used first. */
export async function keptRuns(): Promise<readonly KeptRun[]> {
  return (await query({ kind: "runs" })).runs;
}

/** Goes on with a run that this browser keeps, without its id the last one used. */
export async function openRun(runId: string | null): Promise<void> {
  const otherwise = await loadPreset(null);
  if (otherwise) await tellOpeningProblem(await openWorld({ kind: "saved", runId, otherwise }, true));
}

/** The scenes that come with the page, loaded, in the order of the catalogue. */
export async function loadPresets(): Promise<readonly LoadedPreset[]> {
  const { presets } = await import("../scenario/presets/presets");
  return Promise.all(presets.map(async (preset) => ({ ...preset, scenario: await preset.load() })));
}

export type LoadedPreset = Preset & { readonly scenario: Scenario };
