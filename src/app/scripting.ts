import { performAction } from "../actions/actions";
import { makeFragment, openScenario, pageAddress } from "../actions/sharing";
import { seekSettled, submit } from "../actions/simulation";
import { pause, play } from "../actions/transport";
import type { Command, CommandProblem } from "../core/cluster/command";
import { type ClusterImageJson, imageJson } from "../core/cluster/imageJson";
import type { Scenario, SharedScenario } from "../scenario/scenario";
import { type TopiqState, useTopiq } from "../store/topiqStore";

/** `window.topiq`: what the page's buttons do, for scripts and tests. Every function is the very one that a button calls. */
export interface TopiqScript {
  /** Resolves when the first picture is there. */
  readonly ready: Promise<void>;
  /** Opens a scenario, or a link or its fragment as an unsaved copy. Rejects with what is wrong with it, as JSON; nothing changes then. */
  load(scenarioOrLink: Scenario | string): Promise<void>;
  play(): void;
  pause(): void;
  /** To the next event, or with -1 back to the one before. */
  step(direction?: 1 | -1): void;
  /** To a virtual moment, ms. Resolves when it is on the screen. */
  seek(timeMs: number): Promise<void>;
  /** Virtual seconds a second. */
  setSpeed(speed: number): void;
  /** Gives a command. Resolves to why it was refused, or to null when it was done. */
  submit(command: Command): Promise<CommandProblem | null>;
  /** The read model as plain data, entities by their names; null before anything is open. */
  image(): ClusterImageJson | null;
  /** The open document; null before anything is open. */
  scenario(): Scenario | null;
  /** A link to the scenario, or to this exact run up to now. */
  link(choice?: "scenario" | "run"): Promise<string>;
}

declare global {
  interface Window {
    topiq: TopiqScript;
  }
}

export function installScripting(window: Window): void {
  window.topiq = {
    ready: until((state) => state.image !== null),
    load,
    play,
    pause,
    step: (direction = 1) => void performAction(direction === 1 ? "stepForward" : "stepBack"),
    seek: async (timeMs) => {
      await performAction("seek", { timeUs: timeMs * 1000 });
      await until(seekSettled);
    },
    setSpeed: (speed) => void performAction("setSpeed", { speed }),
    submit,
    image: () => {
      const { image } = useTopiq.getState();
      return image && imageJson(image);
    },
    scenario: () => useTopiq.getState().scenario,
    link: async (choice = "scenario") => pageAddress(await makeFragment(choice), false),
  };
}

async function load(scenarioOrLink: Scenario | string): Promise<void> {
  const shared = typeof scenarioOrLink === "string" ? await decode(scenarioOrLink) : { scenario: await checked(scenarioOrLink), run: null };
  const before = useTopiq.getState().scenario;
  openScenario(shared, useTopiq.getState().playback?.playing ?? false, "link");
  await until((state) => state.scenario !== before && state.image !== null);
}

async function decode(link: string): Promise<SharedScenario> {
  const { decodeLink } = await import("../scenario/link");
  const decoded = decodeLink(link.slice(link.indexOf("#") + 1));
  if ("problem" in decoded) throw new Error(JSON.stringify(decoded.problem));
  return decoded.shared;
}

/** What a script passes may be anything. */
async function checked(scenario: unknown): Promise<Scenario> {
  const { parseScenario } = await import("../scenario/schema");
  const parsed = parseScenario(scenario);
  if ("problem" in parsed) throw new Error(JSON.stringify(parsed.problem));
  return parsed.scenario;
}

function until(reached: (state: TopiqState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (reached(useTopiq.getState())) return resolve();
    const stop = useTopiq.subscribe((state) => {
      if (!reached(state)) return;
      stop();
      resolve();
    });
  });
}
