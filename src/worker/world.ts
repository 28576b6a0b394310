import type { Frame, MotionFrame, MotionReturn, Notice, OpenSource, PageMessage, QueryResult, StorageStatus, WorkerMessage } from "../bridge/messages";
import type { ClusterImage } from "../core/cluster/image";
import { diffImages } from "../core/cluster/delta";
import { advance, beginHistory, give, isAtHead, position, restoreFuture, rewindBefore, runToPosition, seek, timelineOf, type DroppedFuture, type History } from "../core/cluster/history";
import { projectCluster } from "../core/cluster/project";
import { isFull } from "../core/cluster/run";
import { ENGINE_VERSION } from "../core/cluster/cluster";
import { stepBack, stepForward } from "../core/cluster/stepping";
import { clusterLimits } from "../core/kafka/limits";
import type { Scenario } from "../scenario/scenario";
import { answerQuery } from "./answerQuery";
import { MotionRecorder } from "./motion";
import { logEnds, type RunKeeper } from "./runKeeper";
import type { RunShelf } from "./runShelf";

/** Wall ms between two frames; the picture is at most this much behind what is kept. */
export const FRAME_MS = 100;
/** Wall ms that one frame may spend on events, so that the worker stays responsive. */
const RUN_MS = 70;
const EVENTS_PER_SLICE = 2000;
const SPEED_MIN = 0.1;
const SPEED_MAX = 100;

/** What a world needs of the page's side. */
export interface WorldHost {
  readonly post: (message: WorkerMessage) => void;
  readonly nowMs: () => number;
  readonly shelf: RunShelf;
}

/**
 * One world under the wall clock: advances it, keeps it, and shows it. A frame is posted only after everything in it is kept, so what the
 * page has shown as acknowledged survives a killed browser.
 */
export class World {
  private history: History;
  private document: Scenario;
  private keeper: RunKeeper | null = null;
  private storage: StorageStatus = { state: "opening" };
  private playing = false;
  /** Another world has come in its place: what was still on its way to the store or to the page must not reach that one's picture. */
  private closed = false;
  private hidden = false;
  private speed: number;
  private speedReached: number;
  private dropped: DroppedFuture | null = null;
  private lastTickMs: number;
  /** The image the page has; null asks for a whole one. */
  private shown: ClusterImage | null = null;
  private timelineStamp = "";
  private committing = false;
  private frameWanted = false;
  private readonly motion = new MotionRecorder();
  private motionPort: MessagePort | null = null;
  private motionReset = true;
  /** Frames made and kept, on their way to the page. */
  private readonly outbox: Frame[] = [];
  /** To commands whose effect is not on the screen yet. */
  private readonly answers: WorkerMessage[] = [];

  private readonly worldId: number;
  private readonly host: WorldHost;

  private constructor(worldId: number, host: WorldHost, opened: { readonly history: History; readonly scenario: Scenario }) {
    this.worldId = worldId;
    this.host = host;
    this.history = opened.history;
    this.document = opened.scenario;
    this.speed = clampSpeed(opened.scenario.speed);
    this.speedReached = this.speed;
    this.lastTickMs = host.nowMs();
  }

  /** Opens what is asked for and shows it. */
  static async open(worldId: number, host: WorldHost, source: OpenSource, storage: "indexeddb" | "memory", playing: boolean): Promise<World> {
    const opened = await host.shelf.open(source, storage, beginScenario);
    const world = new World(worldId, host, opened);
    world.keeper = opened.keeper;
    world.storage = opened.status;
    world.playing = playing;
    host.post({ type: "opened", worldId, scenario: opened.scenario, origin: opened.origin, notices: opened.notices });
    host.post({ type: "storage", worldId, status: opened.status });
    world.requestFrame();
    return world;
  }

  /** The wall clock has moved on. */
  tick(): void {
    const nowMs = this.host.nowMs();
    const elapsedMs = Math.min(nowMs - this.lastTickMs, 2 * FRAME_MS);
    this.lastTickMs = nowMs;
    if (!this.isRunning()) return;
    const startUs = this.history.cluster.nowUs;
    const targetUs = Math.round(startUs + elapsedMs * 1000 * this.speed);
    this.runTo(targetUs);
    const reached = elapsedMs > 0 ? (this.history.cluster.nowUs - startUs) / (elapsedMs * 1000) : this.speed;
    this.speedReached += (reached - this.speedReached) * 0.2;
    this.requestFrame();
  }

  handle(message: PageMessage): void {
    switch (message.type) {
      case "motionPort":
        return this.connectMotion(message.port);
      case "play":
        return this.setPlaying(true);
      case "pause":
        return this.setPlaying(false);
      case "setHidden":
        this.hidden = message.hidden;
        this.lastTickMs = this.host.nowMs();
        return this.requestFrame();
      case "setSpeed":
        this.speed = clampSpeed(message.speed);
        this.speedReached = this.speed;
        return this.requestFrame();
      case "step":
        this.playing = false;
        if (message.direction > 0) stepForward(this.history);
        else stepBack(this.history);
        return this.jumped(message.direction < 0);
      case "seek":
        seek(this.history, Math.max(0, message.timeUs));
        return this.jumped(true);
      case "submit":
        return this.submit(message);
      case "rewindBefore":
        this.keepDropped(rewindBefore(this.history, message.journalLength));
        this.truncateKept(this.forkPoint());
        return this.jumped(true);
      case "restoreFuture":
        return this.restoreFuture();
      case "saveDocument":
        this.document = { ...this.document, ...message.document };
        return void this.keeper?.saveDocument(this.document, Date.now()).catch((error: unknown) => this.failKeeping(error));
      case "retryStorage":
      case "keep":
        return void this.keepFromNow();
      case "deleteRun":
        return void this.host.shelf.deleteRun(message.runId).catch((error: unknown) => this.failKeeping(error));
      case "query":
        return void this.answer(message);
      case "open":
        throw new Error("a world is opened once");
    }
  }

  /** The store is gone for good; the run goes on in memory. */
  lost(reason: Extract<StorageStatus, { state: "memory" }>["reason"]): void {
    if (this.keeper) this.toMemory(reason);
  }

  /** Lets go of the run; the motion port is handed on to the world that comes in its place. */
  close(): MessagePort | null {
    this.outbox.length = 0;
    this.postAll(this.answers.splice(0));
    this.closed = true;
    this.host.shelf.release();
    return this.motionPort;
  }

  get shelf(): RunShelf {
    return this.host.shelf;
  }

  private post(message: WorkerMessage): void {
    if (!this.closed) this.host.post(message);
  }

  private isRunning(): boolean {
    return this.playing && !this.hidden;
  }

  private setPlaying(playing: boolean): void {
    this.playing = playing;
    this.lastTickMs = this.host.nowMs();
    this.speedReached = this.speed;
    this.requestFrame();
  }

  /** Runs in slices until the moment is reached or the frame's time is spent. */
  private runTo(targetUs: number): void {
    const endMs = this.host.nowMs() + RUN_MS;
    while (this.history.cluster.nowUs < targetUs) {
      const ran = advance(this.history, targetUs, EVENTS_PER_SLICE, this.motion.note);
      if (ran < EVENTS_PER_SLICE || this.host.nowMs() >= endMs) break;
    }
    if (isFull(this.history.cluster) && this.playing) this.stopFull();
  }

  private stopFull(): void {
    this.playing = false;
    const { maxLogBytesInMemory } = clusterLimits;
    this.notice({ id: "limitReached", params: { limit: "maxLogBytesInMemory", value: maxLogBytesInMemory } });
  }

  private async answer({ requestId, query }: Extract<PageMessage, { type: "query" }>): Promise<void> {
    const runs = query.kind === "runs" ? await this.host.shelf.listRuns().catch(() => []) : [];
    const result: QueryResult = query.kind === "runs" ? { kind: "runs", runs } : answerQuery(query, this.history, this.document);
    this.post({ type: "queried", worldId: this.worldId, requestId, result });
  }

  private submit({ requestId, command }: Extract<PageMessage, { type: "submit" }>): void {
    const fork = this.forkPoint();
    const { problem, dropped } = give(this.history, command);
    if (dropped) this.truncateKept(fork);
    if (!problem) this.keepDropped(dropped);
    const entry = problem ? null : (this.history.journal[this.history.applied - 1] ?? null);
    // The answer follows the picture that has it: who was answered can build on what is shown.
    this.answers.push({ type: "submitted", worldId: this.worldId, requestId, problem, forked: dropped !== null, entry, journalIndex: this.history.applied - 1 });
    this.requestFrame();
  }

  private restoreFuture(): void {
    if (!this.dropped) return;
    const { from } = this.dropped;
    restoreFuture(this.history, this.dropped);
    this.dropped = null;
    this.truncateKept({ timeUs: from.timeUs, eventCount: from.eventCount, applied: from.applied, logEnds: logEnds(this.history.cluster) });
    this.jumped(true);
  }

  private forkPoint(): Parameters<RunKeeper["truncate"]>[0] {
    return { ...position(this.history), logEnds: logEnds(this.history.cluster) };
  }

  private keepDropped(dropped: DroppedFuture | null): void {
    if (dropped) this.dropped = dropped;
  }

  private truncateKept(fork: Parameters<RunKeeper["truncate"]>[0]): void {
    this.keeper?.truncate(fork).catch((error: unknown) => this.failKeeping(error));
  }

  /** The world stands at another moment: the page gets a whole image, the token worker forgets its tokens. */
  private jumped(reset: boolean): void {
    this.lastTickMs = this.host.nowMs();
    this.motionReset ||= reset;
    if (reset) this.shown = null;
    this.requestFrame();
  }

  private requestFrame(): void {
    if (this.committing) {
      this.frameWanted = true;
      return;
    }
    this.committing = true;
    this.frameWanted = false;
    const show = this.prepareFrame();
    const kept = this.keeper && isAtHead(this.history) ? this.keeper.commit(this.history).catch((error: unknown) => this.failKeeping(error)) : Promise.resolve();
    void kept.then(() => {
      show();
      this.committing = false;
      if (this.frameWanted) this.requestFrame();
    });
  }

  /** Draws the frame of this moment; what it returns posts it. */
  private prepareFrame(): () => void {
    const { history } = this;
    const image = projectCluster(history.cluster);
    const delta = this.shown ? diffImages(this.shown, image) : null;
    const timeline = timelineOf(history);
    const stamp = `${timeline.endUs} ${timeline.markers.length} ${timeline.lag.timesUs.length} ${timeline.lag.groups.size}`;
    const frame: Frame = {
      type: "frame",
      worldId: this.worldId,
      image: this.shown ? null : image,
      delta,
      timeline: stamp === this.timelineStamp && this.shown ? null : timeline,
      playback: {
        playing: this.playing,
        speed: this.speed,
        speedReached: this.isRunning() ? this.speedReached : this.speed,
        timeUs: history.cluster.nowUs,
        journalLength: history.applied,
        futureDropped: this.dropped !== null,
        oldestReachableUs: history.checkpoints[0]?.timeUs ?? 0,
      },
    };
    this.shown = image;
    this.timelineStamp = stamp;
    const speed = this.isRunning() ? this.speed : 0;
    const motion = this.motionPort ? this.motion.frame(history.cluster, { nowUs: history.cluster.nowUs - FRAME_MS * 1000 * speed, speed }, this.motionReset) : null;
    if (motion) this.motionReset = false;
    const answers = this.answers.splice(0);
    return () => this.show(frame, motion, answers, speed > 0);
  }

  /**
   * Motion is told one frame ahead, so that a token starts where its message was sent and not where the next frame finds it. The picture
   * follows when the display clock gets there; standing still, at the first picture of a moment, or when somebody has just done something,
   * both are shown at once.
   */
  private show(frame: Frame, motion: MotionFrame | null, answers: readonly WorkerMessage[], isRunning: boolean): void {
    if (this.closed) return;
    if (motion) this.motionPort?.postMessage(motion, [motion.floats.buffer]);
    this.outbox.push(frame);
    if (isRunning && frame.image === null && answers.length === 0) setTimeout(() => this.outbox.includes(frame) && this.flushOutbox(frame), FRAME_MS);
    else this.flushOutbox(frame);
    this.postAll(answers);
  }

  /** Posts what waits, up to and including this frame. */
  private flushOutbox(last: Frame): void {
    this.postAll(this.outbox.splice(0, this.outbox.indexOf(last) + 1));
  }

  private postAll(messages: readonly WorkerMessage[]): void {
    for (const message of messages) this.post(message);
  }

  private connectMotion(port: MessagePort): void {
    this.motionPort = port;
    this.motionReset = true;
    port.onmessage = ({ data }: MessageEvent<MotionReturn>) => this.motion.recycle(data.floats as Float32Array<ArrayBuffer>); // it was made by `MotionRecorder`
    this.requestFrame();
  }

  /** Keeps a run of its own from now on: an unsaved copy, or one whose storage failed. */
  private async keepFromNow(): Promise<void> {
    try {
      const kept = await this.host.shelf.keep(this.document);
      this.keeper = kept.keeper;
      this.setStorage(kept.status);
      this.requestFrame();
    } catch (error) {
      this.failKeeping(error);
    }
  }

  private failKeeping(error: unknown): void {
    this.toMemory(this.host.shelf.reasonOf(error));
  }

  private toMemory(reason: Extract<StorageStatus, { state: "memory" }>["reason"]): void {
    const savedUntilUs = this.keeper?.keptUntilUs ?? null;
    this.keeper = null;
    this.setStorage({ state: "memory", reason, savedUntilUs });
  }

  private setStorage(status: StorageStatus): void {
    this.storage = status;
    this.post({ type: "storage", worldId: this.worldId, status: this.storage });
  }

  private notice(notice: Notice): void {
    this.post({ type: "notice", worldId: this.worldId, notice });
  }
}

/** A scenario at the moment it begins to be shown, or an exact run at the moment it was shared. */
function beginScenario({ scenario, run }: { readonly scenario: Scenario; readonly run: Extract<OpenSource, { kind: "scenario" }>["run"] }): { history: History; notices: Notice[] } {
  const isSameEngine = run === null || run.engineVersion === ENGINE_VERSION;
  const history = beginHistory(scenario, run?.journal ?? []);
  if (run && isSameEngine) runToPosition(history, { timeUs: run.timeUs, eventCount: run.eventCount, applied: run.journal.length });
  else advance(history, run ? run.timeUs : scenario.startMs * 1000);
  return { history, notices: isSameEngine ? [] : [{ id: "engineDiffers", params: {} }] };
}

function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(SPEED_MAX, Math.max(SPEED_MIN, speed)) : 1;
}
