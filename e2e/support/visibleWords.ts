import type { Page } from "@playwright/test";
import { dialogMessages as dialogs } from "../../src/i18n/en/dialogs";
import { en as first } from "../../src/i18n/en/messages";
import { panelMessages as panels } from "../../src/i18n/en/panels";
import { problemMessages as problems } from "../../src/i18n/en/problems";
import { dialogMessages as koDialogs } from "../../src/i18n/ko/dialogs";
import { ko as koFirst } from "../../src/i18n/ko/messages";
import { panelMessages as koPanels } from "../../src/i18n/ko/panels";
import { problemMessages as koProblems } from "../../src/i18n/ko/problems";

const en = { ...first, ...panels, ...dialogs, ...problems };
const ko = { ...koFirst, ...koPanels, ...koDialogs, ...koProblems };

/** Every text that a person sees or is told: what stands there, names, titles, placeholders. */
export function visibleWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (parentElement?.checkVisibility() && !parentElement.closest("script, style, kbd")) words.add((textContent ?? "").trim());
    }
    for (const element of document.querySelectorAll("[title], [aria-label], [placeholder], [aria-valuetext], [aria-roledescription]")) {
      for (const name of ["title", "aria-label", "placeholder", "aria-valuetext", "aria-roledescription"]) words.add((element.getAttribute(name) ?? "").trim());
    }
    // Explanations are there for who asks for them.
    for (const tip of document.querySelectorAll("[role=tooltip]")) words.add((tip.textContent ?? "").trim());
    words.delete("");
    return [...words];
  });
}

/** The English messages that some words are, although Korean has its own; with what they say. */
export function englishAmong(words: readonly string[]): string[] {
  return words.filter((text) => !/[가-힣]/.test(text) && englishOnly.some((pattern) => pattern.test(text)));
}

/** Messages whose Korean is another text, as patterns: places may hold anything, marks are not drawn. Pieces of a bold sentence count alone. */
const englishOnly: readonly RegExp[] = Object.entries(en)
  .filter(([key, text]) => ko[key as keyof typeof en] !== text)
  .flatMap(([, text]) => text.split("**"))
  .map((piece) => piece.trim())
  .filter((piece) => /[a-z]{2}/.test(piece.replaceAll(/\{\w+\}/g, "")))
  .map((piece) => new RegExp(`^${piece.replaceAll(/[.*+?^$()|[\]\\/]/g, "\\$&").replaceAll(/\{\w+\}/g, ".+")}$`));
