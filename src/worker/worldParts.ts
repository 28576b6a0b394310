import type { WorkerMessage } from "../bridge/messages";
import type { History } from "../core/history/history";
import type { Scenario } from "../scenario/scenario";
import type { Keeping } from "./keeping";
import type { Pace } from "./pace";
import type { RunShelf } from "./runShelf";
import type { Screen } from "./screen";

/** What a world needs of the worker around it. */
export interface WorldHost {
  readonly post: (message: WorkerMessage) => void;
  readonly nowMs: () => number;
  readonly later: (act: () => void, delayMs: number) => void;
  readonly shelf: RunShelf;
  /** The engine threw: this world is no more. */
  readonly crash: (error: unknown) => void;
}

/** A world as its own parts see it. */
export interface WorldParts {
  readonly worldId: number;
  readonly host: WorldHost;
  readonly history: History;
  readonly scenario: Scenario;
  readonly screen: Screen;
  readonly pace: Pace;
  readonly keeping: Keeping;
  readonly post: (message: WorkerMessage) => void;
  /** Something may look otherwise now. */
  readonly requestFrame: () => void;
  readonly tellFull: () => void;
  /** What happens later fails as what happens at once does. */
  readonly guarded: (act: () => void) => void;
}
