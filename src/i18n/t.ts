import { en, type Messages } from "./en/messages";

/**
 * Typed words. A message is text with `{name}` places; `**bold**` marks are left in for `RichText` to draw. The other language is a
 * chunk of its own, loaded before the first paint when it is the reader's.
 */
export type MessageKey = keyof Messages;
export type Params = Readonly<Record<string, string | number>>;
export type Language = "en" | "ko";

let current: Messages = en;

/** The message in the current language with its places filled. Values are put in as text, never as markup. */
export function t(key: MessageKey, params?: Params): string {
  return fill(current[key], params);
}

/** The same for a key computed elsewhere (narrations, problems); an unknown key is shown as it is, so that nothing is silent. */
export function tDynamic(key: string, params?: Params): string {
  return Object.hasOwn(current, key) ? fill(current[key as MessageKey], params) : key;
}

/** Loads a language and makes it current. */
export async function loadLanguage(language: Language): Promise<void> {
  current = language === "en" ? en : ((await import("./ko/messages")).ko satisfies Messages);
}

function fill(text: string, params?: Params): string {
  return params ? text.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place)) : text;
}
