import { keepNoPreferences, readPreferences, showLanguage, showTheme } from "../actions/preferences";
import { listenForShortcuts } from "../actions/shortcuts";
import { connectSimulation, send } from "../actions/simulation";
import { startUndo } from "../actions/undo";
import { startTokens } from "../canvas/tokenStage";
import type { Language } from "../i18n/t";
import { setView, useTopiq } from "../store/topiqStore";
import { type PageAddress, readAddress } from "./address";
import { openAddress } from "./opening";
import { receive } from "./receive";
import { installScripting } from "./scripting";

/**
 * Starts the page: the workers, what the address asks for, language and theme, and the first drawing. The code that draws is loaded beside
 * them, so that the simulation is at work while React is still being read.
 */
export function boot(window: Window): void {
  const address = readAddress(window.location);
  const drawing = Promise.all([import("./draw"), address.embed ? import("./EmbedApp") : import("./EditorApp")]);
  const tokens = startTokens(startSimulation(address.embed));
  void Promise.all([drawing, choosePreferences(window, address)]).then(([[{ draw }, { default: App }]]) => draw(App, tokens));
  startUndo();
  listenForShortcuts(window);
  installScripting(window);
  const open = (): void => void openAddress(readAddress(window.location), mayPlay(window, address));
  open();
  window.addEventListener("hashchange", () => {
    if (window.location.hash !== "") open();
  });
  window.document.addEventListener("visibilitychange", () => send({ type: "setHidden", hidden: window.document.hidden }));
  if (window.document.hidden) send({ type: "setHidden", hidden: true });
}

/** Starts the simulation worker; what it gives is the other end of its motion port, for motion goes to the token worker past the page. */
function startSimulation(embed: boolean): MessagePort {
  const worker = new Worker(new URL("../worker/simulationWorker.ts", import.meta.url), { type: "module", name: "topiq simulation" });
  worker.onerror = (event) => useTopiq.setState({ crash: event.message });
  connectSimulation(worker, embed ? "memory" : "indexeddb", receive);
  const motion = new MessageChannel();
  send({ type: "motionPort", port: motion.port1 }, [motion.port1]);
  return motion.port2;
}

/** In a frame nothing plays until it is asked to. */
function mayPlay(window: Window, { embed }: PageAddress): boolean {
  return !embed && window.self === window.top;
}

/** The address has the first word, then what was chosen before, then the browser. */
async function choosePreferences(window: Window, { embed, language, theme }: PageAddress): Promise<void> {
  if (embed) keepNoPreferences();
  const remembered = embed ? {} : readPreferences();
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  showTheme(theme ?? remembered.theme ?? (dark ? "dark" : "light"));
  if (remembered.singleKeys !== undefined) setView({ singleKeys: remembered.singleKeys });
  await showLanguage(language ?? remembered.language ?? browserLanguage(window.navigator.languages));
}

function browserLanguage(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "ko" || tag === "en");
  return known === "ko" ? "ko" : "en";
}
