import type { Notice, OpeningProblem, PageMessage, WorkerMessage } from "../bridge/messages";
import { beginHistory } from "../core/history/begin";
import type { History } from "../core/history/history";
import { windTo } from "../core/history/winding";
import type { Target } from "../core/history/target";
import { readShared } from "./gate";
import { loadPartsFor } from "./parts";
import type { Plan, RunShelf } from "./runShelf";
import type { Way } from "./savedRun";
import { inSlices, type Sliced, type SlicedEnd } from "./slices";
import { World } from "./world";

/** What a place needs of the worker around it. */
export interface PlaceHost {
  readonly post: (message: WorkerMessage) => void;
  readonly nowMs: () => number;
  readonly later: (act: () => void, delayMs: number) => void;
  readonly shelf: RunShelf;
}

type OpenMessage = Extract<PageMessage, { type: "open" }>;
type OtherMessage = Exclude<PageMessage, OpenMessage>;

/** An opening under way; what comes later, or cancels it, stops it wherever it is. */
interface Opening {
  stopped: "cancelled" | "superseded" | null;
  sliced: Sliced | null;
}

/** A world that a way has led to. */
interface Arrived {
  readonly plan: Plan;
  readonly way: Way;
  readonly history: History;
}

/**
 * Where a world stands on the page: the one that is open, and what is being opened in its stead. Something is opened in slices, and takes
 * the place of what was open only when it is there; until then, and if nothing comes of it, that goes on.
 */
export class Place {
  private readonly worldId: number;
  private readonly host: PlaceHost;
  private world: World | null = null;
  private port: MessagePort | null = null;
  /** How the open world came to be, for as long as a broken store could be the reason why it stops. */
  private unproved: Plan | null = null;
  private isHidden = false;
  private opening: Opening | null = null;
  /** For the world that is being opened. */
  private early: OtherMessage[] = [];
  private turn: Promise<void> = Promise.resolve();

  constructor(worldId: number, host: PlaceHost) {
    this.worldId = worldId;
    this.host = host;
  }

  handle(message: PageMessage): void {
    if (message.type === "open") return this.open(message);
    if (message.type === "cancel" && this.opening) return this.stop("cancelled");
    // A frame that is on its way is answered by the world that it came from.
    if (this.opening && message.type !== "frameTaken") return void this.early.push(message);
    this.deliver(message);
  }

  tick(): void {
    this.guarded(() => this.world?.tick());
  }

  /** The store is gone for good. */
  lost(reason: Parameters<World["lost"]>[0]): void {
    this.world?.lost(reason);
  }

  private open(message: OpenMessage): void {
    this.stop("superseded");
    this.begin(message, (opening) => this.arrive(message, opening));
  }

  /** Opens what `arrive` comes back with. One after the other: the one before gives up at its next slice. */
  private begin(wish: Pick<OpenMessage, "requestId" | "playing">, arrive: (opening: Opening) => Promise<Arrived | OpeningProblem>): void {
    const opening: Opening = { stopped: null, sliced: null };
    this.opening = opening;
    this.turn = this.turn
      .then(() => this.carryOut(wish, opening, arrive))
      .catch((error: unknown) => this.refuse(wish.requestId, { reason: "stopped", params: { detail: textOf(error) } }))
      .then(() => this.settle(opening));
  }

  private stop(why: "cancelled" | "superseded"): void {
    if (!this.opening) return;
    this.opening.stopped ??= why;
    this.opening.sliced?.stop(why);
  }

  /** What was asked for meanwhile goes to the world that stands here now. */
  private settle(opening: Opening): void {
    if (this.opening !== opening) return;
    this.opening = null;
    for (const message of this.early.splice(0)) this.deliver(message);
  }

  private async carryOut(wish: Pick<OpenMessage, "requestId" | "playing">, opening: Opening, arrive: (opening: Opening) => Promise<Arrived | OpeningProblem>): Promise<void> {
    const { world } = this;
    await world?.suspend();
    const isWorkKept = (await world?.keepWork()) ?? false;
    try {
      const arrived = await arrive(opening);
      this.tellWinding(null);
      if (opening.stopped) {
        if (!("reason" in arrived)) arrived.plan.abandon();
        this.refuse(wish.requestId, { reason: opening.stopped, params: {} });
      } else if ("reason" in arrived) this.refuse(wish.requestId, arrived);
      else await this.takePlace(arrived, wish, isWorkKept);
    } finally {
      if (this.world === world) world?.resume();
    }
  }

  private async arrive({ source, storage }: OpenMessage, opening: Opening): Promise<Arrived | OpeningProblem> {
    const { shelf } = this.host;
    if (source.kind === "saved") {
      const plan = await shelf.planSaved(source, storage);
      return "reason" in plan ? plan : this.followPlan(plan, opening);
    }
    const read = await readShared(source);
    if ("problem" in read) return read.problem;
    return this.followPlan(await shelf.planNew(read.shared, storage, source.kind === "link" || source.isForeign), opening);
  }

  /** Tries one way after the other; when none leads there, what the plan has otherwise. */
  private async followPlan(plan: Plan, opening: Opening): Promise<Arrived | OpeningProblem> {
    await loadPartsFor(plan.scenario, plan.journal.map(({ command }) => command));
    for (const way of plan.ways) {
      const arrived = await this.followWay(plan, way, opening);
      if (arrived) return arrived;
    }
    plan.abandon();
    if (!plan.otherwise) return { reason: plan.origin === "saved" ? "unopenable" : "runDiffers", params: { name: nameOf(plan) } };
    const { plan: other, notice } = plan.otherwise;
    const instead = other();
    return this.followPlan({ ...instead, ways: instead.ways.map((way) => ({ ...way, notices: [...way.notices, notice] })) }, opening);
  }

  /** Null when this way does not lead to its target: what it starts from is broken, or another engine's. */
  private async followWay(plan: Plan, way: Way, opening: Opening): Promise<Arrived | null> {
    try {
      const history = await way.begin();
      const end = await this.wind(history, way.target, opening);
      if (end === "differs") return null;
      const { timeUs } = plan.standing;
      if (end === "there" && timeUs !== null && timeUs < history.head.timeUs) await this.wind(history, { timeUs, eventCount: null, applied: null }, opening);
      return { plan, way, history };
    } catch {
      return null;
    }
  }

  private wind(history: History, target: Target, opening: Opening): Promise<SlicedEnd> {
    const fromUs = history.cluster.nowUs;
    opening.sliced = inSlices(windTo(history, target), this.host, (atUs) => this.tellWinding({ isOpening: true, fromUs, atUs, toUs: target.timeUs, waiting: 0 }));
    if (opening.stopped) opening.sliced.stop(opening.stopped);
    return opening.sliced.end;
  }

  private async takePlace({ plan, way, history }: Arrived, { requestId, playing }: Pick<OpenMessage, "requestId" | "playing">, isWorkKept: boolean): Promise<void> {
    const { worldId, host } = this;
    const behind = way.behind?.(history);
    this.port = this.world?.close() ?? this.port;
    this.world = null;
    const kept = await plan.keep(way, history);
    const scenario = plan.scenario;
    const world: World = new World(worldId, { ...host, crash: (error) => this.crash(world, error) }, { history, scenario, kept }, { playing: playing && plan.standing.playing, speed: plan.standing.speed });
    this.world = world;
    this.unproved = behind ? plan : null;
    const notices: readonly Notice[] = isWorkKept ? [...way.notices, { id: "copyKept", params: {} }] : way.notices;
    host.post({ type: "opened", worldId, requestId, scenario, origin: plan.origin, sharedUs: plan.sharedUs, notices });
    if (this.port) world.handle({ type: "motionPort", worldId, port: this.port });
    if (this.isHidden) world.handle({ type: "setHidden", worldId, hidden: true });
    this.guarded(() => world.begin());
    if (behind) void world.finishOpening(behind).then((isSound) => this.proved(world, isSound));
  }

  private refuse(requestId: number, problem: OpeningProblem): void {
    this.host.post({ type: "refused", worldId: this.worldId, requestId, problem });
  }

  /** What was stored is as it should be, or is not: then the run is made again from its commands. */
  private proved(world: World, isSound: boolean): void {
    if (this.world !== world) return;
    if (!isSound) this.rebuild(world);
    this.unproved = null;
  }

  /** Makes a run again from its commands alone, and keeps it anew: what else was stored of it is damaged. If that fails, too, it was the engine that stopped. */
  private rebuild(world: World, crash: unknown = null): void {
    const { unproved: plan } = this;
    if (!plan) return;
    const { spec, journal, head } = world.history;
    const way: Way = {
      begin: () => Promise.resolve(beginHistory(spec, journal)),
      target: { timeUs: head.timeUs, eventCount: null, applied: journal.length },
      keeping: "renewed",
      notices: [{ id: "rebuilt", params: {} }],
    };
    this.begin({ requestId: NOBODY, playing: world.standing.playing }, async (opening) => {
      const arrived = await this.followPlan({ ...plan, scenario: world.scenario, journal, ways: [way], otherwise: null, standing: world.standing }, opening);
      if ("reason" in arrived && crash !== null) this.tellCrash(crash);
      return arrived;
    });
  }

  private deliver(message: OtherMessage): void {
    const { world } = this;
    if (message.type === "motionPort") this.port = message.port;
    if (message.type === "setHidden") this.isHidden = message.hidden;
    if (world) this.guarded(() => world.handle(message));
    else if ("requestId" in message) this.host.post({ type: "gone", worldId: this.worldId, requestId: message.requestId });
  }

  private guarded(act: () => void): void {
    const { world } = this;
    try {
      act();
    } catch (error) {
      this.crash(world, error);
    }
  }

  /** A broken invariant stops this world, says so, and leaves what was kept as it is; unless what it was made from could be the reason. */
  private crash(world: World | null, error: unknown): void {
    if (!world || this.world !== world) return;
    this.port = world.close();
    this.world = null;
    world.stopped();
    if (!this.unproved) return this.tellCrash(error);
    this.rebuild(world, error);
    this.unproved = null;
  }

  private tellCrash(error: unknown): void {
    this.host.post({ type: "crashed", worldId: this.worldId, message: textOf(error) });
  }

  private tellWinding(winding: Extract<WorkerMessage, { type: "winding" }>["winding"]): void {
    this.host.post({ type: "winding", worldId: this.worldId, winding });
  }
}

/** Nobody has asked for it, so nobody is answered. */
const NOBODY = -1;

function nameOf({ scenario: { name } }: Plan): string {
  return typeof name === "string" ? name : name.en;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
