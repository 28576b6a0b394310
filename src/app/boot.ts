import { followTheme, keepNoPreferences, readPreferences, showLanguage } from "../actions/preferences";
import { listenForShortcuts } from "../actions/shortcuts";
import { connectSimulation, send } from "../actions/simulation";
import { hasDone, startUndo, useUndo } from "../actions/undo";
import { startTokens, type TokenStage } from "../canvas/motion/tokenStage";
import type { Language } from "../i18n/t";
import { setView, useTopiq } from "../store/topiqStore";
import { type PageAddress, readAddress } from "./start/address";
import { cannotStart } from "./start/cannotStart";
import { openAddress } from "./start/opening";
import { receive } from "./start/receive";
import { installScripting } from "./scripting";
import { followVisibility } from "./start/visibility";

/**
 * Starts the page: the workers, what the address asks for, language and theme, and the first drawing. The code that draws is loaded beside
 * them, so that the simulation is at work while React is still being read. Where any of it is refused, the page says that it cannot start.
 */
export function boot(window: Window): void {
  installScripting(window);
  try {
    start(window);
  } catch (error) {
    cannotStart(error);
  }
}

function start(window: Window): void {
  const address = readAddress(window.location);
  const drawing = Promise.all([import("./draw"), address.embed ? import("./EmbedApp") : import("./EditorApp")]);
  // Told when it is waited for, also if a worker is refused before that.
  drawing.catch(() => undefined);
  let redraw: ((tokens: TokenStage | null) => void) | null = null;
  let tokens = startTokens(startSimulation(window, address.embed), () => {
    tokens = null;
    send({ type: "motionPort", port: null });
    redraw?.(null);
  });
  if (!tokens) send({ type: "motionPort", port: null });
  Promise.all([drawing, choosePreferences(window, address)])
    .then(([[{ draw }, { default: App }]]) => (redraw = draw(App, tokens)))
    .catch(cannotStart);
  startUndo();
  listenForShortcuts(window);
  const open = (): Promise<void> => openAddress(readAddress(window.location), mayPlay(window, address));
  open().catch(cannotStart);
  window.addEventListener("hashchange", () => {
    if (window.location.hash !== "") void open();
    // The address is left that could not be opened: what is open is seen again.
    else if (useTopiq.getState().image) useTopiq.setState({ unopened: null });
  });
  if (!address.embed) window.addEventListener("beforeunload", askBeforeLosing);
  followVisibility(window.document, (hidden) => send({ type: "setHidden", hidden }));
}

/** Takes over the simulation worker; what it gives is the other end of its motion port, for motion goes to the token worker past the page. */
function startSimulation({ topiqFirstWorker: first }: Window, embed: boolean): MessagePort {
  if (!first?.worker || first.problem !== null) throw first?.problem ?? new Error("the simulation worker was not started");
  const { worker } = first;
  let hasAnswered = false;
  worker.onerror = ({ message }) => {
    if (hasAnswered) useTopiq.setState({ crash: message });
    else cannotStart(first.problem ?? message);
  };
  connectSimulation(worker, embed ? "memory" : "indexeddb", (message) => {
    hasAnswered = true;
    receive(message);
  });
  const motion = new MessageChannel();
  send({ type: "motionPort", port: motion.port1 }, [motion.port1]);
  return motion.port2;
}

/** What was done in a run that is kept nowhere goes with the page: the browser asks first. */
function askBeforeLosing(event: BeforeUnloadEvent): void {
  if (useTopiq.getState().storage.state === "memory" && hasDone(useUndo.getState())) event.preventDefault();
}

/** In a frame nothing plays until it is asked to. */
function mayPlay(window: Window, { embed }: PageAddress): boolean {
  return !embed && window.self === window.top;
}

/** The address has the first word, then what was chosen before, then the browser. */
async function choosePreferences(window: Window, { embed, language, theme }: PageAddress): Promise<void> {
  if (embed) keepNoPreferences();
  const remembered = embed ? {} : readPreferences();
  followTheme(theme ?? remembered.theme ?? null, window.matchMedia("(prefers-color-scheme: dark)"));
  const { singleKeys = true, drawer = null, sideFolded = false, done = [] } = remembered;
  // On a narrow window the drawer would lie over the whole scene.
  setView({ singleKeys, drawer: window.innerWidth > NARROW ? drawer : null, sideFolded, done });
  await showLanguage(language ?? remembered.language ?? browserLanguage(window.navigator.languages));
}

/** CSS pixels. */
const NARROW = 860;

function browserLanguage(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "ko" || tag === "en");
  return known === "ko" ? "ko" : "en";
}
