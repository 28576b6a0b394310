import type { Answer, FutureId, MoveProblem, Notice, PageMessage, Playback, QueryResult, SubmitProblem, WindingImage, WorkerMessage } from "../bridge/messages";
import { dropFuture, give, isAtHead, swapFuture, targetBefore, timelineOf, windTo, type DroppedFuture, type History, type Winding } from "../core/history/history";
import { inverseOf } from "../core/world/command";
import { isFull } from "../core/world/logCap";
import { stepBack, stepForward } from "../core/history/stepping";
import { clusterLimits } from "../core/kafka/limits";
import type { Scenario } from "../scenario/scenario";
import { scenarioLimits } from "../scenario/scenarioLimits";
import type { Standing } from "../storage/logStore";
import { answerQuery } from "./answerQuery";
import { readCommand, readDocument } from "./gate";
import { Pace } from "./pace";
import { Keeping } from "./keeping";
import { keptUpToNow } from "./runKeeper";
import type { Kept, RunShelf } from "./runShelf";
import type { Behind } from "./savedRun";
import { Screen } from "./screen";
import { inSlices, type Sliced, type SlicedEnd } from "./slices";

/** What a world needs of the worker around it. */
export interface WorldHost {
  readonly post: (message: WorkerMessage) => void;
  readonly nowMs: () => number;
  readonly later: (act: () => void, delayMs: number) => void;
  readonly shelf: RunShelf;
  /** The engine threw: this world is no more. */
  readonly crash: (error: unknown) => void;
}

/** What was opened. */
export interface Opened {
  readonly history: History;
  readonly scenario: Scenario;
  readonly kept: Kept;
}

/** What a person can ask of a world's moments and commands: one at a time, in order. */
type Deed = Extract<PageMessage, { type: "submit" | "step" | "seek" | "rewindBefore" | "restoreFuture" | "query" }>;

/** Dropped futures kept whole; older ones are beyond recall. */
const MOST_FUTURES = 8;

/**
 * One world under the wall clock: advances it, keeps it, and shows it. A frame is posted only after everything in it is kept, so what the
 * page has shown as acknowledged survives a killed browser.
 */
export class World {
  private readonly worldId: number;
  private readonly host: WorldHost;
  readonly history: History;
  private readonly screen: Screen;
  private readonly pace: Pace;
  private readonly futures = new Map<FutureId, DroppedFuture>();
  private nextFuture: FutureId = 1;
  private document: Scenario;
  private readonly keeping: Keeping;
  /** Another world has come in its place: what was still on its way to the store or to the page must not reach that one's picture. */
  private isClosed = false;
  /** Something else is being opened: the world stands still, and goes on when nothing comes of it. */
  private isSuspended = false;
  private moving: { readonly sliced: Sliced; readonly isSeek: boolean; readonly wasPlaying: boolean; told: WindingImage | null } | null = null;
  private looking: Sliced | null = null;
  /** Asked for while the world was on its way to another moment. */
  private readonly deferred: Deed[] = [];
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
    if (this.isSuspended || this.moving) return pace.rest();
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
      case "frameTaken":
        return this.screen.taken();
      case "cancel":
        return this.moving?.sliced.stop("cancelled");
      case "saveDocument":
        return this.saveDocument(message.document);
      case "retryStorage":
      case "keep":
        return void this.keepFromNow(message.requestId);
      case "deleteRun":
        return this.keeping.deleteRun(message.runId);
      default:
        return this.take(message);
    }
  }

  /** The store is gone for good; the run goes on in memory. */
  lost(reason: Parameters<Keeping["lost"]>[0]): void {
    this.keeping.lost(reason);
  }

  /** Stands still while something else is being opened. Resolves when nothing of it is on its way to the store any more. */
  async suspend(): Promise<void> {
    this.isSuspended = true;
    this.moving?.sliced.stop("superseded");
    await this.moving?.sliced.end.catch(() => undefined);
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
    for (const deed of this.deferred.splice(0)) this.post({ type: "gone", worldId: this.worldId, requestId: deed.requestId });
    const port = this.screen.close();
    this.isClosed = true;
    this.looking?.stop("superseded");
    return port;
  }

  /** Does what is left after an opening, a slice at a time, while the world is at rest. Resolves to whether all was as it should be. */
  async finishOpening(behind: Behind): Promise<boolean> {
    for (;;) {
      await new Promise<void>((resolve) => this.host.later(resolve, 0));
      if (this.isClosed) return true;
      if (this.moving || this.isSuspended) continue;
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

  private take(deed: Deed): void {
    if (!this.moving) return this.act(deed);
    if (deed.type === "seek" && this.moving.isSeek) this.moving.sliced.stop("superseded");
    this.deferred.push(deed);
    if (this.moving.told) this.tellWinding(this.moving.told);
  }

  private act(deed: Deed): void {
    switch (deed.type) {
      case "submit":
        return this.submit(deed);
      case "query":
        return void this.answerQuery(deed);
      case "step":
        if (deed.direction !== 1 && deed.direction !== -1) return this.moved(deed.requestId, "invalid");
        this.pace.set({ playing: false });
        return this.move(deed.requestId, deed.direction > 0 ? stepForward(this.history) : stepBack(this.history), this.history.cluster.nowUs, deed.direction < 0);
      case "seek":
        return this.seek(deed);
      case "rewindBefore":
        return this.rewindBefore(deed);
      case "restoreFuture":
        return this.restoreFuture(deed);
    }
  }

  private submit({ requestId, command: given }: Extract<Deed, { type: "submit" }>): void {
    const { history } = this;
    const read = readCommand(given);
    if ("problem" in read) return this.refuse(requestId, read.problem);
    const inverse = inverseOf(read.command, history.cluster.topology);
    const fork = keptUpToNow(history);
    const { problem, dropped } = give(history, read.command);
    if (problem) return this.refuse(requestId, problem);
    if (dropped) this.keeping.truncate(fork);
    this.keeping.worked();
    const journalIndex = history.applied - 1;
    const entry = (history.journal[journalIndex] ?? null) as Extract<Answer, { type: "submitted" }>["entry"]; // it was stamped as it was given
    this.screen.answer({ type: "submitted", worldId: this.worldId, requestId, problem: null, entry, journalIndex, inverse, dropped: this.keepFuture(dropped) });
    this.requestFrame();
  }

  private refuse(requestId: number, problem: SubmitProblem): void {
    this.post({ type: "submitted", worldId: this.worldId, requestId, problem, entry: null, journalIndex: -1, inverse: null, dropped: null });
  }

  private seek({ requestId, timeUs }: Extract<Deed, { type: "seek" }>): void {
    if (!(timeUs >= 0 && timeUs <= scenarioLimits.maxRunTimeUs)) return this.moved(requestId, "invalid");
    this.move(requestId, windTo(this.history, { timeUs: Math.round(timeUs), eventCount: null, applied: null }), Math.round(timeUs), true);
  }

  private rewindBefore({ requestId, journalLength }: Extract<Deed, { type: "rewindBefore" }>): void {
    const { history } = this;
    const target = targetBefore(history, journalLength);
    if (!target) return this.moved(requestId, "gone");
    this.move(requestId, windTo(history, target), target.timeUs, true, () => {
      const fork = keptUpToNow(history);
      const dropped = dropFuture(history);
      this.keeping.truncate(fork);
      return this.keepFuture(dropped);
    });
  }

  private restoreFuture({ requestId, future: id }: Extract<Deed, { type: "restoreFuture" }>): void {
    const future = this.futures.get(id);
    const replaced = future ? swapFuture(this.history, future) : null;
    if (!replaced) return this.moved(requestId, "gone");
    this.futures.delete(id);
    this.keeping.truncate(keptUpToNow(this.history));
    this.screen.jump();
    this.screen.answer({ type: "moved", worldId: this.worldId, requestId, problem: null, dropped: this.keepFuture(replaced) });
    this.pace.rest();
    this.requestFrame();
  }

  /** Winds to another moment, in slices when it is far, and answers with the picture of it. */
  private move(requestId: number, winding: Winding, toUs: number, isJump: boolean, arrived: () => FutureId | null = () => null): void {
    const fromUs = this.history.cluster.nowUs;
    const sliced = inSlices(winding, this.host, (atUs) => this.tellWinding({ isOpening: false, fromUs: Math.min(fromUs, atUs), atUs, toUs, waiting: 0 }));
    this.moving = { sliced, isSeek: isJump && toUs !== fromUs, wasPlaying: this.pace.playing, told: null };
    sliced.end.then(
      (end) => this.guarded(() => this.ended(requestId, end, isJump, arrived)),
      (error: unknown) => this.host.crash(error),
    );
  }

  private ended(requestId: number, end: SlicedEnd, isJump: boolean, arrived: () => FutureId | null): void {
    if (end === "differs") throw new Error("a run differs from its own journal");
    const { wasPlaying } = this.moving ?? {};
    this.moving = null;
    this.tellWinding(null);
    if (end === "cancelled") this.dropDeferred(wasPlaying);
    this.pace.rest();
    if (isJump) this.screen.jump();
    const dropped = end === "there" ? arrived() : null;
    this.screen.answer({ type: "moved", worldId: this.worldId, requestId, problem: end === "there" ? null : { reason: end }, dropped });
    if (end === "full") this.tellFull();
    for (const deed of this.deferred.splice(0)) this.take(deed);
    this.requestFrame();
  }

  /** What was meant for the moment that is not gone to is not done anywhere else. Questions are answered, and another wish to move is another way. */
  private dropDeferred(playing: boolean | undefined): void {
    this.pace.set({ ...(playing !== undefined && { playing }) });
    for (const deed of this.deferred.splice(0)) {
      if (deed.type === "query" || deed.type === "seek") this.deferred.push(deed);
      else if (deed.type === "submit") this.refuse(deed.requestId, { reason: "cancelled", params: {} });
      else this.moved(deed.requestId, "cancelled");
    }
  }

  private moved(requestId: number, reason: MoveProblem["reason"]): void {
    this.post({ type: "moved", worldId: this.worldId, requestId, problem: { reason }, dropped: null });
  }

  private async answerQuery({ requestId, query }: Extract<Deed, { type: "query" }>): Promise<void> {
    let result: QueryResult;
    try {
      result = query.kind === "runs" ? { kind: "runs", runs: await this.host.shelf.listRuns().catch(() => []) } : await answerQuery(query, this.history, this.document, (winding) => this.look(winding));
    } catch (error) {
      return this.host.crash(error);
    }
    this.post({ type: "queried", worldId: this.worldId, requestId, result });
  }

  /** Looks at what was, beside the world that goes on; a newer question takes the place of an older one. */
  private look(winding: Winding): Promise<SlicedEnd> {
    this.looking?.stop("superseded");
    return (this.looking = inSlices(winding, this.host, () => undefined)).end;
  }

  private keepFuture(dropped: DroppedFuture | null): FutureId | null {
    if (!dropped) return null;
    const id = this.nextFuture++;
    this.futures.set(id, dropped);
    const [oldest] = this.futures.keys();
    if (this.futures.size > MOST_FUTURES && oldest !== undefined) this.futures.delete(oldest);
    return id;
  }

  private requestFrame(): void {
    if (this.isClosed || this.moving) return;
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
  }

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

  private tellFull(): void {
    this.notice({ id: "limitReached", params: { limit: "maxLogBytesInMemory", value: clusterLimits.maxLogBytesInMemory } });
  }

  private tellWinding(winding: WindingImage | null): void {
    if (this.moving) this.moving.told = winding;
    this.post({ type: "winding", worldId: this.worldId, winding: winding && { ...winding, waiting: this.deferred.length } });
  }

  private notice(notice: Notice): void {
    this.post({ type: "notice", worldId: this.worldId, notice });
  }

  private post(message: WorkerMessage): void {
    if (!this.isClosed) this.host.post(message);
  }

  /** What happens later fails as what happens at once does. */
  private guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.host.crash(error);
    }
  }
}
