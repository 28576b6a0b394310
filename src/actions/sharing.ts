import type { KeptRun } from "../bridge/messages";
import { clusterLimits } from "../core/kafka/limits";
import type { Scenario, SharedScenario } from "../scenario/scenario";
import { openWorld, query } from "./simulation";
import { forgetUndo } from "./undo";

/** "scenario": what the world is made from. "run": this exact run, up to the moment shown. */
export type ShareChoice = "scenario" | "run";

/** The fragment (without #) that holds the open scenario. Throws a RangeError when that is too much for a link. */
export async function makeFragment(choice: ShareChoice): Promise<string> {
  const [{ encodeLink }, { scenario, run }] = await Promise.all([import("../scenario/link"), query({ kind: "share", exact: choice === "run" })]);
  const fragment = encodeLink({ scenario, run });
  if (fragment.length > clusterLimits.maxLinkCharacters) throw new RangeError("too much for a link");
  return fragment;
}

/** This page's address with another fragment, as an embed or not. Other parameters stay behind: the fragment says it all. */
export function pageAddress(fragment: string, embed: boolean): string {
  const url = new URL(location.href);
  url.search = embed ? "?embed" : "";
  url.hash = fragment;
  return url.href;
}

/** The HTML that an author pastes: every attribute quoted, its values escaped. */
export function embedHtml(address: string, title: string): string {
  return (
    `<iframe src="${escapeAttribute(address)}" title="${escapeAttribute(title)}" loading="lazy" ` +
    `allow="clipboard-write; fullscreen" style="width:100%;aspect-ratio:16/9;border:0"></iframe>`
  );
}

/** What is open is no longer what the address says: the address is left, so that loading the page again brings back the work. */
export function leaveAddress(): void {
  history.replaceState(null, "", location.pathname);
}

/** Opens a scenario in place of the one there is. A foreign one, from a link, is an unsaved copy until the person keeps it. */
export function openScenario({ scenario, run }: SharedScenario, playing: boolean, from: "link" | "here" = "here"): void {
  forgetUndo();
  openWorld({ kind: "scenario", scenario, run, isForeign: from === "link" }, playing);
}

/** One preset by name, without one the first; null if there is none of this name. */
export async function loadPreset(name: string | null): Promise<Scenario | null> {
  const { presets } = await import("../scenario/presets/presets");
  const preset = name === null ? presets[0] : presets.find(({ id }) => id === name);
  return preset ? preset.load() : null;
}

/** The runs that this browser keeps, the last used first. */
export async function keptRuns(): Promise<readonly KeptRun[]> {
  return (await query({ kind: "runs" })).runs;
}

/** Goes on with a run that this browser keeps. */
export async function openRun(runId: string): Promise<void> {
  const otherwise = await loadPreset(null);
  if (!otherwise) return;
  forgetUndo();
  openWorld({ kind: "saved", runId, otherwise }, true);
}

/** The presets that come with the page, loaded. */
export async function loadPresets(): Promise<readonly { readonly id: string; readonly scenario: Scenario }[]> {
  const { presets } = await import("../scenario/presets/presets");
  return Promise.all(presets.map(async ({ id, load }) => ({ id, scenario: await load() })));
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
