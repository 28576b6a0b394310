import type { dialogMessages } from "./en/dialogs";
import { en } from "./en/messages";
import type { panelMessages } from "./en/panels";
import type { problemMessages } from "./en/problems";
import type { queueMessages } from "./en/queues";

/**
 * Typed words. A message is text with `{name}` places; `**bold**` marks are left in for `RichText` to draw. The first picture's English
 * words come with it. Every other language, and the words of every other surface, are chunks of their own, loaded before the code that
 * draws them draws.
 */
export type MessageKey = keyof typeof en | keyof typeof panelMessages | keyof typeof dialogMessages | keyof typeof problemMessages | keyof typeof queueMessages;
export type Params = Readonly<Record<string, string | number>>;
export type Language = "en" | "ko";
/** What is not in the first picture: the side panels with the outline, the dialogs, what is said when something cannot be done, and what there is of RabbitMQ. */
export type WordSurface = "panels" | "dialogs" | "problems" | "queues";

type Messages = Partial<Record<MessageKey, string>>;

const sources: Readonly<Record<Language, Readonly<Record<WordSurface | "first", () => Promise<Messages>>>>> = {
  en: {
    first: () => Promise.resolve(en),
    panels: async () => (await import("./en/panels")).panelMessages,
    dialogs: async () => (await import("./en/dialogs")).dialogMessages,
    problems: async () => (await import("./en/problems")).problemMessages,
    queues: async () => (await import("./en/queues")).queueMessages,
  },
  ko: {
    first: async () => (await import("./ko/messages")).ko,
    panels: async () => (await import("./ko/panels")).panelMessages,
    dialogs: async () => (await import("./ko/dialogs")).dialogMessages,
    problems: async () => (await import("./ko/problems")).problemMessages,
    queues: async () => (await import("./ko/queues")).queueMessages,
  },
};

let current: Language = "en";
/** What is drawn from now on, and so is loaded with every language. */
const wanted = new Set<WordSurface | "first">(["first"]);
const words: Readonly<Record<Language, Messages>> = { en: { ...en }, ko: {} };
const loaded: Readonly<Record<Language, Set<string>>> = { en: new Set(["first"]), ko: new Set() };

/** The message in the current language with its places filled. Values are put in as text, never as markup. */
export function t(key: MessageKey, params?: Params): string {
  return fill(words[current][key] ?? key, params);
}

/** The same for a key computed elsewhere (narrations, problems); an unknown key is shown as it is, so that nothing is silent. */
export function tDynamic(key: string, params?: Params): string {
  // An unknown key is told from a known one by what is found.
  return Object.hasOwn(words[current], key) ? t(key as MessageKey, params) : key;
}

/** Loads a language, with the words of all that is drawn, and makes it current. */
export async function loadLanguage(language: Language): Promise<void> {
  // A surface that comes meanwhile belongs to it, too.
  while (!isComplete(language)) await load(language);
  current = language;
}

/** Loads what these surfaces say, in the language that is current then. */
export async function loadWords(...surfaces: readonly WordSurface[]): Promise<void> {
  for (const surface of surfaces) wanted.add(surface);
  while (!isComplete(current)) await load(current);
}

function isComplete(language: Language): boolean {
  return [...wanted].every((surface) => loaded[language].has(surface));
}

async function load(language: Language): Promise<void> {
  const missing = [...wanted].filter((surface) => !loaded[language].has(surface));
  await Promise.all(
    missing.map(async (surface) => {
      Object.assign(words[language], await sources[language][surface]());
      loaded[language].add(surface);
    }),
  );
}

function fill(text: string, params?: Params): string {
  return params ? text.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place)) : text;
}
