import { type Language, loadLanguage } from "../i18n/t";
import { type Drawer, setView, useTopiq } from "../store/topiqStore";

/** What this browser remembers of a person's choices. */
export interface Preferences {
  readonly language?: Language;
  readonly theme?: "light" | "dark";
  readonly singleKeys?: boolean;
  /** What stands open at the left, and whether the inspector is folded away. */
  readonly drawer?: Drawer | null;
  readonly sideFolded?: boolean;
  /** CSS pixels, as they were dragged. */
  readonly sideWidth?: number;
  readonly drawerWidth?: number;
  readonly tableHeight?: number;
  /** Ids of the scenes whose goal has been reached. */
  readonly done?: readonly string[];
}

const STORAGE_KEY = "topiq.preferences";

/** An embed keeps nothing. */
let kept = true;

export function keepNoPreferences(): void {
  kept = false;
}

/** The choices kept by an earlier visit; none where the browser keeps nothing for us. */
export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    return checked(stored);
  } catch {
    // Storage refused, or not what we wrote: both mean that nothing is remembered.
    return {};
  }
}

export async function setLanguage(language: Language): Promise<void> {
  await showLanguage(language);
  remember({ language });
}

export function setTheme(theme: "light" | "dark"): void {
  chosenTheme = theme;
  showTheme(theme);
  remember({ theme });
}

export function setSingleKeys(singleKeys: boolean): void {
  setView({ singleKeys });
  remember({ singleKeys });
}

/** Opens this at the left, or closes what is open there. */
export function setDrawer(drawer: Drawer | null): void {
  setView({ drawer });
  remember({ drawer });
}

export function setSideFolded(sideFolded: boolean): void {
  setView({ sideFolded });
  remember({ sideFolded });
}

/** This scene's goal is reached, now or in an earlier visit. */
export function setDone(id: string): void {
  const done = [...new Set([...useTopiq.getState().view.done, ...(readPreferences().done ?? []), id])];
  setView({ done });
  remember({ done });
}

/** Loads the language's words before anything is drawn in it, and tells the document. */
export async function showLanguage(language: Language): Promise<void> {
  await loadLanguage(language);
  document.documentElement.lang = language;
  setView({ language });
}

/** What somebody has chosen, by the address, now or in an earlier visit. */
let chosenTheme: "light" | "dark" | null = null;

/** Shows the theme that is chosen, or else the system's, and follows that for as long as nobody chooses. */
export function followTheme(chosen: "light" | "dark" | null, systemIsDark: MediaQueryList): void {
  chosenTheme = chosen;
  const follow = (): void => showTheme(chosenTheme ?? (systemIsDark.matches ? "dark" : "light"));
  systemIsDark.addEventListener("change", follow);
  follow();
}

function showTheme(theme: "light" | "dark"): void {
  document.documentElement.dataset["theme"] = theme;
  setView({ theme });
}

/** The other language than the one shown. */
export function otherLanguage(): Language {
  return useTopiq.getState().view.language === "en" ? "ko" : "en";
}

const RUN_KEY = "topiq.run";

/** The run that this tab had last: loading it again goes on there, whatever other tabs have done since. */
export function lastRunHere(): string | null {
  try {
    return sessionStorage.getItem(RUN_KEY);
  } catch {
    return null;
  }
}

export function rememberRunHere(runId: string): void {
  if (!kept) return;
  try {
    sessionStorage.setItem(RUN_KEY, runId);
  } catch {
    // The last one used comes back then.
  }
}

export function remember(change: Preferences): void {
  if (!kept) return;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...readPreferences(), ...change }));
  } catch {
    // The choice holds for this visit; that is all a refusing browser allows.
  }
}

function checked(stored: unknown): Preferences {
  if (typeof stored !== "object" || stored === null) return {};
  // A field that is none of ours, or has another kind, is as if it were not there.
  return Object.fromEntries(Object.entries(stored).filter(([name, value]) => isKept[name as keyof Preferences]?.(value)));
}

const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);
const isLength = (value: unknown): boolean => typeof value === "number" && value >= 0;

const isKept: { readonly [Name in keyof Preferences]-?: (value: unknown) => boolean } = {
  language: oneOf("en", "ko"),
  theme: oneOf("light", "dark"),
  singleKeys: oneOf(true, false),
  drawer: oneOf("outline", "examples", null),
  sideFolded: oneOf(true, false),
  sideWidth: isLength,
  drawerWidth: isLength,
  tableHeight: isLength,
  done: (value) => Array.isArray(value) && value.every((id) => typeof id === "string"),
};
