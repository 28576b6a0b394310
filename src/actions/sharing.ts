import type { Scenario, SharedScenario } from "../scenario/scenario";
import { openWorld, query } from "./simulation";
import { forgetUndo } from "./undo";

/** "scenario": what the world is made from. "run": this exact run, up to the moment shown. */
export type ShareChoice = "scenario" | "run";

/** The fragment (without #) that holds the open scenario. */
export async function makeFragment(choice: ShareChoice): Promise<string> {
  const [{ encodeLink }, { scenario, run }] = await Promise.all([import("../scenario/link"), query({ kind: "share" })]);
  return encodeLink({ scenario, run: choice === "run" ? run : null });
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

/** Opens a scenario in place of the one there is. */
export function openScenario({ scenario, run }: SharedScenario, playing: boolean): void {
  forgetUndo();
  openWorld({ kind: "scenario", scenario, run }, playing);
}

/** The presets that come with the page, loaded. */
export async function loadPresets(): Promise<readonly { readonly id: string; readonly scenario: Scenario }[]> {
  const { presets } = await import("../scenario/presets/presets");
  return Promise.all(presets.map(async ({ id, load }) => ({ id, scenario: await load() })));
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
