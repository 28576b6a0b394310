import { makeFragment, openForeign, pageAddress } from "../actions/sharing";
import { type Moved, type Refusal, seek, submit } from "../actions/simulation";
import { pause, play, setSpeed, step } from "../actions/transport";
import type { Command } from "../core/world/command";
import { type ClusterImageJson, imageJson } from "../core/picture/imageJson";
import type { Scenario } from "../scenario/scenario";
import { scenarioLimits } from "../scenario/scenarioLimits";
import { type TopiqState, useTopiq } from "../store/topiqStore";

/**
 * `window.topiq`: what the page's buttons do, for scripts and tests. Every function is the very one that a button calls, and every promise
 * settles; one that rejects has what is wrong as the JSON of its message, and nothing has changed then.
 */
export interface TopiqScript {
  /** Resolves when the first picture is there; rejects when what the address asks for cannot be opened. */
  readonly ready: Promise<void>;
  /** Opens a scenario document, or a link or its fragment, as an unsaved copy. Rejects when it cannot be opened. */
  load(scenarioOrLink: Scenario | string): Promise<void>;
  play(): void;
  pause(): void;
  /** To the next event, or with -1 back to the one before. Resolves when it is on the screen; rejects for what is neither. */
  step(direction?: 1 | -1): Promise<void>;
  /** To a virtual moment, ms, back or ahead. Resolves when it is on the screen; rejects when the run cannot get there, or something else was wished for. */
  seek(timeMs: number): Promise<void>;
  /** Virtual seconds a second. Throws for what is no speed. */
  setSpeed(speed: number): void;
  /** Gives a command. Resolves to why it was refused, or to null when it was done. */
  submit(command: Command): Promise<Refusal | null>;
  /** The read model as plain data; null before anything is open. */
  image(): ClusterImageJson | null;
  /** The open document, frozen; null before anything is open. */
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
  const ready = pictured();
  // Who does not look at it is not told in the console, too: the page says it already.
  ready.catch(() => undefined);
  window.topiq = {
    ready,
    load: async (scenarioOrLink) => {
      const problem = await openForeign(scenarioOrLink, useTopiq.getState().playback?.playing ?? false);
      if (problem) throw failure(problem);
      await pictured();
    },
    play,
    pause,
    step: async (direction = 1) => {
      if (direction !== 1 && direction !== -1) throw failure({ reason: "invalid", params: { name: "direction", allowed: "1, -1" } });
      done(await step(direction));
    },
    seek: async (timeMs) => {
      const max = scenarioLimits.maxRunTimeUs / 1000;
      if (typeof timeMs !== "number" || !(timeMs >= 0 && timeMs <= max)) throw failure({ reason: "valueInvalid", params: { name: "timeMs", min: 0, max } });
      done(await seek(timeMs * 1000));
    },
    setSpeed: (speed) => {
      const { minSpeed: min, maxSpeed: max } = scenarioLimits;
      if (typeof speed !== "number" || !(speed >= min && speed <= max)) throw failure({ reason: "valueInvalid", params: { name: "speed", min, max } });
      setSpeed(speed);
    },
    submit,
    image: () => {
      const { image } = useTopiq.getState();
      return image && imageJson(image);
    },
    scenario: () => frozen(useTopiq.getState().scenario),
    link: async (choice = "scenario") => {
      if (choice !== "scenario" && choice !== "run") throw failure({ reason: "invalid", params: { name: "choice", allowed: "scenario, run" } });
      return pageAddress(await makeFragment(choice));
    },
  };
}

/** The page's own document: a script may read it, and change a copy. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

function done({ problem }: Moved): void {
  if (problem) throw failure(problem);
}

/** What is wrong, in a form for scripts. */
function failure(problem: { readonly reason: string; readonly params?: object }): Error {
  return new Error(JSON.stringify(problem));
}

/** Resolves when there is a picture; rejects when there will be none. */
function pictured(): Promise<void> {
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = [];
    const end = (act: () => void): void => {
      for (const stop of stops.splice(0)) stop();
      act();
    };
    const look = ({ image, crash, unopened }: TopiqState): void => {
      if (unopened) end(() => reject(failure(unopened)));
      else if (image) end(resolve);
      else if (crash !== null) end(() => reject(failure({ reason: "stopped", params: { detail: crash } })));
    };
    stops.push(useTopiq.subscribe(look));
    look(useTopiq.getState());
  });
}
