import type { Notice, PageMessage, Playback, WorkerMessage } from "../bridge/messages";
import { isAtHead, timelineOf, type History } from "../core/history/history";
import { clusterLimits } from "../core/kafka/limits";
import { isFull } from "../core/world/kernel/logCap";
import type { Scenario } from "../scenario/scenario";
import type { Standing } from "../storage/logStore";
import { Deeds } from "./deeds";
import { readDocument } from "./gate";
import { Keeping } from "./keeping";
import { Pace } from "./pace";
import type { Kept } from "./runShelf";
import type { Behind } from "./savedRun";
import { Screen } from "./screen";
import type { WorldHost, WorldParts } from "./worldParts";

/** What was opened. */
export interface Opened {
  readonly history: History;
  readonly scenario: Scenario;
  readonly kept: Kept;
}

/**
 * One world under the wall clock: advances it, keeps it, and shows it. A frame is posted only after everything in it is kept, so what the
 * page has shown as acknowledged survives a killed browser.
 */
export class World implements WorldParts {
  readonly worldId: number;
  readonly host: WorldHost;
  readonly history: History;
  readonly screen: Screen;
  readonly pace: Pace;
  private readonly deeds: Deeds;
  private document: Scenario;
  readonly keeping: Keeping;
  /** Another world has come in its place: what was still on its way to the store or to the page must not reach that one's picture. */
  private isClosed = false;
  /** Something else is being opened: the world stands still, and goes on when nothing comes of it. */
  private isSuspended = false;
  private committing: Promise<void> | null = null;
  private isFrameWanted = false;

  constructor(worldId: number, host: WorldHost, { history, scenario, kept }: Opened, { playing, speed }: Pick<Playback, "playing" | "speed">) {
    this.worldId = worldId;
    this.host = host;
    this.history = history;
    this.document = scenario;
    this.keeping = new Keeping(host.shelf, kept, (status) => this.post({ type: "storage", worldId, status }));
    this.pace = new Pace(host.nowMs, speed, playing);
    this.screen = new Screen(worldId, host, () => this.requestFrame());
    this.deeds = new Deeds(this);
  }

  /** The first picture, and how it is kept. */
  begin(): void {
    this.keeping.begin();
    if (isFull(this.history.cluster)) this.tellFull();
    this.requestFrame();
  }

  /** The wall clock has moved on. */
  tick(): void {
    const { history, pace } = this;
    if (this.isSuspended || this.deeds.isMoving) return pace.rest();
    if (!pace.tick(history, this.screen.sink)) return;
    if (isFull(history.cluster) && pace.playing) {
      pace.set({ playing: false });
      this.tellFull();
    }
    this.requestFrame();
  }

  handle(message: Exclude<PageMessage, { type: "open" }>): void {
    switch (message.type) {
      case "motionPort":
        this.screen.connect(message.port);
        return this.requestFrame();
      case "play":
      case "pause":
        this.pace.set({ playing: message.type === "play" });
        return this.requestFrame();
      case "setHidden":
        this.pace.set({ hidden: message.hidden });
        return this.requestFrame();
      case "setSpeed":
        this.pace.set({ speed: message.speed });
        return this.requestFrame();
      case "look":
        this.screen.look(message.at);
        return this.requestFrame();
      case "frameTaken":
        return this.screen.taken();
      case "cancel":
        return this.deeds.cancel();
      case "saveDocument":
        return this.saveDocument(message.document);
      case "retryStorage":
      case "keep":
        return void this.keepFromNow(message.requestId);
      case "deleteRun":
        return this.keeping.deleteRun(message.runId);
      default:
        return this.deeds.take(message);
    }
  }

  /** The store is gone for good; the run goes on in memory. */
  lost(reason: Parameters<Keeping["lost"]>[0]): void {
    this.keeping.lost(reason);
  }

  /** Stands still while something else is being opened. Resolves when nothing of it is on its way to the store any more. */
  async suspend(): Promise<void> {
    this.isSuspended = true;
    await this.deeds.settle();
    while (this.committing) await this.committing;
  }

  resume(): void {
    this.isSuspended = false;
    this.requestFrame();
  }

  /** The engine threw. What was kept is whole; it is noted where it stopped. */
  stopped(): void {
    this.keeping.saveStop();
  }

  /** Makes room for the world that comes in its place; the motion port is handed on to that one. */
  close(): MessagePort | null {
    this.deeds.close();
    const port = this.screen.close();
    this.isClosed = true;
    return port;
  }

  /** Does what is left after an opening, a slice at a time, while the world is at rest. Resolves to whether all was as it should be. */
  async finishOpening(behind: Behind): Promise<boolean> {
    for (;;) {
      await new Promise<void>((resolve) => this.host.later(resolve, 0));
      if (this.isClosed) return true;
      if (this.deeds.isMoving || this.isSuspended) continue;
      const { done, value } = await behind.next();
      if (done) return value;
    }
  }

  get scenario(): Scenario {
    return this.document;
  }

  /** Where it is looked at now. */
  get standing(): Standing {
    const { playing, speed } = this.pace;
    return { timeUs: isAtHead(this.history) ? null : this.history.cluster.nowUs, playing, speed };
  }

  readonly requestFrame = (): void => {
    if (this.isClosed || this.deeds.isMoving) return;
    if (this.committing) {
      this.isFrameWanted = true;
      return;
    }
    this.isFrameWanted = false;
    const { history, pace } = this;
    const drawn = this.screen.draw({ cluster: history.cluster, timeline: timelineOf(history), playback: this.playback(), isRunning: pace.isRunning && !this.isSuspended });
    const kept = this.keeping.commit(history, this.standing);
    this.committing = kept.then(() => {
      this.committing = null;
      this.guarded(() => this.screen.show(drawn));
      if (this.isFrameWanted) this.guarded(() => this.requestFrame());
    });
  };

  private playback(): Playback {
    const { history, pace } = this;
    return {
      playing: pace.playing,
      speed: pace.speed,
      speedReached: pace.speedReached,
      timeUs: history.cluster.nowUs,
      journalLength: history.applied,
      oldestReachableUs: history.checkpoints[0]?.timeUs ?? 0,
    };
  }

  private saveDocument(changes: unknown): void {
    const document = readDocument(this.document, changes);
    if (!document) return this.notice({ id: "documentRefused", params: {} });
    this.document = document;
    this.keeping.saveDocument(document);
  }

  /** Keeps a run of its own from now on: an unsaved copy, or one whose storage failed. */
  private async keepFromNow(requestId: number): Promise<void> {
    if (await this.keeping.keepFromNow(this.document)) await this.keptNow();
    this.post({ type: "kept", worldId: this.worldId, requestId, isSaved: this.keeping.isKept });
  }

  /** A copy in which somebody has worked is no copy any more: before something else takes its place it is kept. Resolves to whether it was one. */
  async keepWork(): Promise<boolean> {
    if (!this.keeping.isUnsavedWork || !(await this.keeping.keepFromNow(this.document))) return false;
    await this.keeping.commit(this.history, this.standing);
    return this.keeping.isKept;
  }

  private async keptNow(): Promise<void> {
    this.guarded(() => this.requestFrame());
    while (this.committing) await this.committing;
  }

  readonly tellFull = (): void => {
    this.notice({ id: "limitReached", params: { limit: "maxLogBytesInMemory", value: clusterLimits.maxLogBytesInMemory } });
  };

  private notice(notice: Notice): void {
    this.post({ type: "notice", worldId: this.worldId, notice });
  }

  readonly post = (message: WorkerMessage): void => {
    if (!this.isClosed) this.host.post(message);
  };

  /** What happens later fails as what happens at once does. */
  readonly guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      this.host.crash(error);
    }
  };
}
