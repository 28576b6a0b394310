import type { Language } from "../../i18n/t";

/** What the page's address asks for. */
export interface PageAddress {
  readonly embed: boolean;
  /** Name of a preset, or null. */
  readonly preset: string | null;
  /** The link's payload without #, or "". */
  readonly fragment: string;
  readonly language: Language | null;
  readonly theme: "light" | "dark" | null;
}

/** Reads `?embed&preset=NAME&lang=ko&theme=dark#LINK`, also where `&` is still written as in HTML. What it does not know it leaves alone. */
export function readAddress({ search, hash }: Pick<Location, "search" | "hash">): PageAddress {
  const params = new URLSearchParams(search.replaceAll("&amp;", "&"));
  const language = params.get("lang");
  const theme = params.get("theme");
  return {
    embed: params.has("embed"),
    preset: params.get("preset"),
    fragment: hash.replace(/^#/, ""),
    language: language === "en" || language === "ko" ? language : null,
    theme: theme === "light" || theme === "dark" ? theme : null,
  };
}

/** The same scene outside of its frame: all that the address says, but `embed`. */
export function fullPageAddress(href: string): string {
  const url = new URL(href);
  url.searchParams.delete("embed");
  return url.href;
}
