import type { Answer, FutureId, MoveProblem, PageMessage, QueryResult, SubmitProblem, WindingImage } from "../bridge/messages";
import { dropFuture, swapFuture, type DroppedFuture } from "../core/history/future";
import { give } from "../core/history/give";
import type { History } from "../core/history/history";
import { stepBack, stepForward } from "../core/history/stepping";
import { targetBefore, windTo, type Winding } from "../core/history/winding";
import { inverseOf, type Command } from "../core/world/command";
import { scenarioLimits } from "../scenario/scenarioLimits";
import { answerQuery } from "./answerQuery";
import { readCommand } from "./gate";
import { lacksPart, loadPartOf } from "./parts";
import { keptUpToNow } from "./runKeeper";
import { inSlices, type Sliced, type SlicedEnd } from "./slices";
import type { WorldParts } from "./worldParts";

/** What a person can ask of a world's moments and commands: one at a time, in order. */
export type Deed = Extract<PageMessage, { type: "submit" | "step" | "seek" | "rewindBefore" | "restoreFuture" | "query" }>;

/** Dropped futures kept whole; older ones are beyond recall. */
const MOST_FUTURES = 8;

/** Does what is asked of a world's moments and commands. While it is on its way to another moment, what else is asked waits. */
export class Deeds {
  private readonly parts: WorldParts;
  private readonly futures = new Map<FutureId, DroppedFuture>();
  private nextFuture: FutureId = 1;
  private moving: { readonly sliced: Sliced; readonly isSeek: boolean; readonly wasPlaying: boolean; told: WindingImage | null } | null = null;
  private looking: Sliced | null = null;
  /** A part that a command needs is on its way; what comes meanwhile waits behind it. */
  private isLoading = false;
  /** Asked for while the world was on its way to another moment. */
  private readonly deferred: Deed[] = [];

  constructor(parts: WorldParts) {
    this.parts = parts;
  }

  get isMoving(): boolean {
    return this.moving !== null;
  }

  take(deed: Deed): void {
    if (!this.moving && !this.isLoading) return this.act(deed);
    if (!this.moving) return void this.deferred.push(deed);
    if (deed.type === "seek" && this.moving.isSeek) this.moving.sliced.stop("superseded");
    this.deferred.push(deed);
    if (this.moving.told) this.tellWinding(this.moving.told);
  }

  /** Ends what is on its way: the world stands where it stood. */
  cancel(): void {
    this.moving?.sliced.stop("cancelled");
  }

  /** Something else is to be done first. Resolves when nothing is on its way any more. */
  async settle(): Promise<void> {
    this.moving?.sliced.stop("superseded");
    await this.moving?.sliced.end.catch(() => undefined);
  }

  /** Another world comes in place of this one. */
  close(): void {
    const { worldId, post } = this.parts;
    for (const deed of this.deferred.splice(0)) post({ type: "gone", worldId, requestId: deed.requestId });
    this.looking?.stop("superseded");
  }

  private act(deed: Deed): void {
    switch (deed.type) {
      case "submit":
        return this.submit(deed);
      case "query":
        return void this.answerQuery(deed);
      case "step":
        if (deed.direction !== 1 && deed.direction !== -1) return this.moved(deed.requestId, "invalid");
        this.parts.pace.set({ playing: false });
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
    if (lacksPart(read.command)) return void this.submitWithPart(requestId, read.command);
    const inverse = inverseOf(read.command, history.cluster.topology);
    const fork = keptUpToNow(history);
    const { problem, dropped } = give(history, read.command);
    if (problem) return this.refuse(requestId, problem);
    if (dropped) this.parts.keeping.truncate(fork);
    this.parts.keeping.worked();
    const journalIndex = history.applied - 1;
    const entry = (history.journal[journalIndex] ?? null) as Extract<Answer, { type: "submitted" }>["entry"]; // it was stamped as it was given
    this.parts.screen.answer({ type: "submitted", worldId: this.parts.worldId, requestId, problem: null, entry, journalIndex, inverse, dropped: this.keepFuture(dropped) });
    this.parts.requestFrame();
  }

  /** The first command that needs a part of the worker brings it. Without it nothing is done. */
  private async submitWithPart(requestId: number, command: Command): Promise<void> {
    this.isLoading = true;
    const isThere = await loadPartOf(command).then(
      () => true,
      () => false,
    );
    this.isLoading = false;
    this.parts.guarded(() => {
      if (isThere) this.act({ type: "submit", worldId: this.parts.worldId, requestId, command });
      else this.refuse(requestId, { reason: "notLoaded", params: {} });
      for (const deed of this.deferred.splice(0)) this.take(deed);
    });
  }

  private refuse(requestId: number, problem: SubmitProblem): void {
    this.parts.post({ type: "submitted", worldId: this.parts.worldId, requestId, problem, entry: null, journalIndex: -1, inverse: null, dropped: null });
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
      this.parts.keeping.truncate(fork);
      return this.keepFuture(dropped);
    });
  }

  private restoreFuture({ requestId, future: id }: Extract<Deed, { type: "restoreFuture" }>): void {
    const future = this.futures.get(id);
    const replaced = future ? swapFuture(this.history, future) : null;
    if (!replaced) return this.moved(requestId, "gone");
    this.futures.delete(id);
    this.parts.keeping.truncate(keptUpToNow(this.history));
    this.parts.screen.jump();
    this.parts.screen.answer({ type: "moved", worldId: this.parts.worldId, requestId, problem: null, dropped: this.keepFuture(replaced) });
    this.parts.pace.rest();
    this.parts.requestFrame();
  }

  /** Winds to another moment, in slices when it is far, and answers with the picture of it. */
  private move(requestId: number, winding: Winding, toUs: number, isJump: boolean, arrived: () => FutureId | null = () => null): void {
    const fromUs = this.history.cluster.nowUs;
    const sliced = inSlices(winding, this.parts.host, (atUs) => this.tellWinding({ isOpening: false, fromUs: Math.min(fromUs, atUs), atUs, toUs, waiting: 0 }));
    this.moving = { sliced, isSeek: isJump && toUs !== fromUs, wasPlaying: this.parts.pace.playing, told: null };
    sliced.end.then(
      (end) => this.parts.guarded(() => this.ended(requestId, end, isJump, arrived)),
      (error: unknown) => this.parts.host.crash(error),
    );
  }

  private ended(requestId: number, end: SlicedEnd, isJump: boolean, arrived: () => FutureId | null): void {
    if (end === "differs") throw new Error("a run differs from its own journal");
    const { wasPlaying } = this.moving ?? {};
    this.moving = null;
    this.tellWinding(null);
    if (end === "cancelled") this.dropDeferred(wasPlaying);
    this.parts.pace.rest();
    if (isJump) this.parts.screen.jump();
    const dropped = end === "there" ? arrived() : null;
    this.parts.screen.answer({ type: "moved", worldId: this.parts.worldId, requestId, problem: end === "there" ? null : { reason: end }, dropped });
    if (end === "full") this.parts.tellFull();
    for (const deed of this.deferred.splice(0)) this.take(deed);
    this.parts.requestFrame();
  }

  /** What was meant for the moment that is not gone to is not done anywhere else. Questions are answered, and another wish to move is another way. */
  private dropDeferred(playing: boolean | undefined): void {
    this.parts.pace.set({ ...(playing !== undefined && { playing }) });
    for (const deed of this.deferred.splice(0)) {
      if (deed.type === "query" || deed.type === "seek") this.deferred.push(deed);
      else if (deed.type === "submit") this.refuse(deed.requestId, { reason: "cancelled", params: {} });
      else this.moved(deed.requestId, "cancelled");
    }
  }

  private moved(requestId: number, reason: MoveProblem["reason"]): void {
    this.parts.post({ type: "moved", worldId: this.parts.worldId, requestId, problem: { reason }, dropped: null });
  }

  private async answerQuery({ requestId, query }: Extract<Deed, { type: "query" }>): Promise<void> {
    let result: QueryResult;
    try {
      result = query.kind === "runs" ? { kind: "runs", runs: await this.parts.host.shelf.listRuns().catch(() => []) } : await answerQuery(query, this.history, this.parts.scenario, (winding) => this.look(winding));
    } catch (error) {
      return this.parts.host.crash(error);
    }
    this.parts.post({ type: "queried", worldId: this.parts.worldId, requestId, result });
  }

  /** Looks at what was, beside the world that goes on; a newer question takes the place of an older one. */
  private look(winding: Winding): Promise<SlicedEnd> {
    this.looking?.stop("superseded");
    return (this.looking = inSlices(winding, this.parts.host, () => undefined)).end;
  }

  private keepFuture(dropped: DroppedFuture | null): FutureId | null {
    if (!dropped) return null;
    const id = this.nextFuture++;
    this.futures.set(id, dropped);
    const [oldest] = this.futures.keys();
    if (this.futures.size > MOST_FUTURES && oldest !== undefined) this.futures.delete(oldest);
    return id;
  }

  private tellWinding(winding: WindingImage | null): void {
    if (this.moving) this.moving.told = winding;
    this.parts.post({ type: "winding", worldId: this.parts.worldId, winding: winding && { ...winding, waiting: this.deferred.length } });
  }

  private get history(): History {
    return this.parts.history;
  }
}
