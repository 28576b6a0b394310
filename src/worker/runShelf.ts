import type { KeptRun, Notice, OpeningProblem, OpenSource, StorageStatus } from "../bridge/messages";
import { beginHistory } from "../core/history/begin";
import type { History } from "../core/history/history";
import { ENGINE_VERSION } from "../core/world/cluster";
import type { StampedCommand } from "../core/world/command";
import type { LocalizedText, Scenario, SharedScenario } from "../scenario/scenario";
import { parseScenario } from "../scenario/schema";
import { acquireRunLock, awaitRunLock, type RunLock } from "../storage/runLock";
import type { LogStore, RunSummary, Standing } from "../storage/logStore";
import { openLogStore } from "../storage/openLogStore";
import { failureReason, RunKeeper, type KeepingFailure } from "./runKeeper";
import { byTime, readSavedRun, type Way } from "./savedRun";

type MemoryReason = Extract<StorageStatus, { state: "memory" }>["reason"];

/** How a run is kept from now on. */
export interface Kept {
  readonly keeper: RunKeeper | null;
  readonly status: StorageStatus;
}

/** What is to be opened, read and checked, with the ways to make its world; nothing is changed yet. */
export interface Plan {
  readonly scenario: Scenario;
  readonly origin: "saved" | "scenario" | "link";
  /** What was done in it. */
  readonly journal: readonly Pick<StampedCommand, "command">[];
  readonly ways: readonly Way[];
  /** Where it is looked at when it is opened; whether it plays there is also for who opens it to say. */
  readonly standing: Standing;
  /** The moment of an exact run that somebody shared, virtual µs; else null. */
  readonly sharedUs: number | null;
  /** Begins to keep the world that one of the ways has made, in place of the run that was kept before. */
  keep(way: Way, history: History): Promise<Kept>;
  /** Nothing comes of it. */
  abandon(): void;
  /** What to open when no way leads there, and what to tell then. */
  readonly otherwise: { readonly plan: () => Plan; readonly notice: Notice } | null;
}

/** Where saved runs stand: reads them, makes room for new ones, and holds the lock of the one in use. */
export class RunShelf {
  private store: LogStore | null = null;
  private fallback: KeepingFailure | null = null;
  private inUse: { readonly runId: string; readonly lock: RunLock } | null = null;
  /** A keeping under way: a second one waits for it, and finds it done. */
  private keeping: Promise<Kept> | null = null;
  /** A removal under way: who lists the runs then does not want to see it any more. */
  private deleting: Promise<void> = Promise.resolve();

  private readonly onLost: (reason: KeepingFailure) => void;

  constructor(onLost: (reason: KeepingFailure) => void) {
    this.onLost = onLost;
  }

  /** A scenario, or an exact run of it, that begins here: kept as a new run, or in memory where it is foreign or nothing can be kept. */
  async planNew(shared: SharedScenario, storage: "indexeddb" | "memory", isForeign: boolean): Promise<Plan> {
    if (storage === "memory") return this.inMemory(shared, isForeign ? "link" : "asked", isForeign ? "link" : "scenario");
    await this.connect();
    return isForeign ? this.inMemory(shared, "link", "link") : this.newRun(shared);
  }

  /** A saved run, without its id the one that this tab had, or the last one used; where there is none, this scenario. Says why the one that was asked for cannot be opened. */
  async planSaved({ runId: wanted, lastHere, otherwise }: Extract<OpenSource, { kind: "saved" }>, storage: "indexeddb" | "memory"): Promise<Plan | OpeningProblem> {
    const begun = { scenario: otherwise, run: null };
    if (storage === "memory") return this.inMemory(begun, "asked", "scenario");
    await this.connect();
    const { store } = this;
    if (!store || this.fallback) return this.newRun(begun);
    try {
      const runIds = wanted === null ? (await store.listRuns()).map(({ header }) => header.runId) : [];
      const runId = wanted ?? runIds.find((known) => known === lastHere) ?? runIds[0];
      return runId === undefined ? this.newRun(begun) : await this.savedRun(store, runId, wanted === null ? begun : null);
    } catch (error) {
      this.fallback = failureReason(error);
      return this.newRun(begun);
    }
  }

  /** Begins a kept run of its own for a world that was only in memory. Rejects when it cannot be kept. */
  keep(scenario: Scenario): Promise<Kept> {
    this.keeping ??= this.keepAnew(scenario).finally(() => (this.keeping = null));
    return this.keeping;
  }

  /** What is kept in this browser, the last used first; nothing where nothing can be kept. */
  async listRuns(): Promise<readonly KeptRun[]> {
    await this.deleting;
    const { store } = this;
    return store && !this.fallback ? (await store.listRuns()).map(keptRun) : [];
  }

  /** Removes a run, unless a tab has it open. */
  deleteRun(runId: string): Promise<void> {
    const { store } = this;
    if (!store || this.fallback) return Promise.resolve();
    const deleted = deleteUnused(store, runId);
    this.deleting = deleted.catch(() => undefined);
    return deleted;
  }

  /** Why keeping failed. */
  reasonOf(error: unknown): KeepingFailure {
    return this.fallback ?? failureReason(error);
  }

  release(): void {
    if (this.inUse?.lock.state === "owned") this.inUse.lock.release();
    this.inUse = null;
  }

  private async keepAnew(scenario: Scenario): Promise<Kept> {
    this.store?.close();
    this.store = null;
    await this.connect();
    if (!this.store || this.fallback) throw new Error(this.fallback ?? "unavailable");
    return this.begin(this.store, scenario, true);
  }

  private async connect(): Promise<void> {
    if (this.store && !this.fallback) return;
    const { store, reason } = await openInTime((lost) => this.lose(lost));
    this.store = store;
    this.fallback = reason;
  }

  private lose(reason: KeepingFailure): void {
    this.fallback = reason;
    this.onLost(reason);
  }

  private async savedRun(store: LogStore, runId: string, begun: SharedScenario | null): Promise<Plan | OpeningProblem> {
    // Before anything is read: who owned it until now may have something on its way to the store.
    const lock = this.inUse?.runId === runId ? this.inUse.lock : await awaitRunLock(runId, PREDECESSOR_MS);
    const abandon = (): void => {
      if (lock !== this.inUse?.lock && lock.state === "owned") lock.release();
    };
    const saved = await store.openRun(runId);
    const read = saved && readSavedRun(store, saved);
    const name = saved?.header.name ?? "";
    const otherwise = begun && { plan: () => this.newRun(begun), notice: { id: "unopenable" as const, params: { name } } };
    if (read === null || typeof read === "string") {
      abandon();
      if (!otherwise) return { reason: "unopenable", params: { name } };
      // It stays where it is: what this page cannot read may be a newer page's.
      const plan = otherwise.plan();
      return saved ? { ...plan, ways: withNotice(plan.ways, otherwise.notice) } : plan;
    }
    return {
      scenario: read.scenario,
      origin: "saved",
      journal: read.journal,
      ways: saved?.header.hasStopped ? withNotice(read.ways, { id: "stopped", params: {} }) : read.ways,
      standing: read.standing,
      sharedUs: null,
      keep: (way, history) => this.goOn(store, runId, lock, { way, history, scenario: read.scenario, rungs: saved?.rungs ?? [] }),
      abandon,
      otherwise,
    };
  }

  private async goOn(store: LogStore, runId: string, lock: RunLock, { way, history, scenario, rungs }: { way: Way; history: History; scenario: Scenario; rungs: readonly number[] }): Promise<Kept> {
    if (lock !== this.inUse?.lock) this.release();
    if (lock.state === "taken") return { keeper: null, status: { state: "memory", reason: "otherTab", savedUntilUs: null } };
    try {
      if (way.keeping === "new") {
        if (lock.state === "owned") lock.release();
        return await this.begin(store, scenario);
      }
      this.inUse = { runId, lock };
      // The one that comes back when the page is opened again.
      await store.updateHeader(runId, { savedAtMs: await nextSavedAtMs(store), hasStopped: false });
      const keeper = way.keeping === "resumed" ? RunKeeper.resume(store, runId, history, rungs) : RunKeeper.renew(store, runId);
      return { keeper, status: { state: "saved", runId } };
    } catch (error) {
      return { keeper: null, status: { state: "memory", reason: this.reasonOf(error), savedUntilUs: null } };
    }
  }

  private newRun(shared: SharedScenario): Plan {
    const { store } = this;
    if (!store || this.fallback) return this.inMemory(shared, this.fallback ?? "unavailable", "scenario");
    return {
      ...planOf(shared, "scenario"),
      keep: async () => {
        this.release();
        try {
          const kept = await this.begin(store, shared.scenario);
          // Only now that the new one is kept. Who tries again where a save has failed loses nothing that was saved.
          if (kept.keeper) await dropUntouchedRuns(store, kept.keeper.runId);
          return kept;
        } catch (error) {
          return { keeper: null, status: { state: "memory", reason: this.reasonOf(error), savedUntilUs: null } };
        }
      },
    };
  }

  private inMemory(shared: SharedScenario, reason: MemoryReason, origin: Plan["origin"]): Plan {
    return {
      ...planOf(shared, origin),
      keep: async () => {
        this.release();
        return { keeper: null, status: { state: "memory", reason, savedUntilUs: null } };
      },
    };
  }

  /** `isAuthored`: somebody wants it kept, whatever was done in it. */
  private async begin(store: LogStore, scenario: Scenario, isAuthored = false): Promise<Kept> {
    const runId = newRunId();
    this.release();
    this.inUse = { runId, lock: await acquireRunLock(runId) };
    return { keeper: await RunKeeper.create(store, runId, scenario, { nowMs: await nextSavedAtMs(store), isAuthored }), status: { state: "saved", runId } };
  }
}

/** The one way to a world that begins here: at the scenario's first moment, or at that of an exact run, which stands there: that moment is what is to be seen. */
function planOf({ scenario, run }: SharedScenario, origin: Plan["origin"]): Omit<Plan, "keep"> {
  const isSameEngine = run === null || run.engineVersion === ENGINE_VERSION;
  const journal = run ? (isSameEngine ? run.journal : byTime(run.journal)) : [];
  const way: Way = {
    begin: () => Promise.resolve(beginHistory(scenario, journal)),
    target: { timeUs: run ? run.timeUs : scenario.startMs * 1000, eventCount: run && isSameEngine ? run.eventCount : null, applied: journal.length },
    keeping: "new",
    notices: isSameEngine ? [] : [{ id: "engineDiffers", params: {} }],
  };
  return { scenario, origin, journal, ways: [way], standing: { timeUs: null, playing: run === null, speed: scenario.speed }, sharedUs: run?.timeUs ?? null, abandon: () => undefined, otherwise: null };
}

function withNotice(ways: readonly Way[], notice: Notice): Way[] {
  return ways.map((way) => ({ ...way, notices: [...way.notices, notice] }));
}

/** A kept run as far as its rows can be read. */
function keptRun({ header, progress }: RunSummary): KeptRun {
  const { runId, savedAtMs, scenario, name } = header;
  const document = (typeof scenario === "object" ? scenario : null) as Partial<Scenario> | null; // looked at field by field
  return {
    runId,
    name: isText(document?.name) ? document.name : typeof name === "string" ? name : "",
    savedAtMs,
    timeUs: progress?.durableTimeUs ?? 0,
    commands: progress?.journalLength ?? 0,
    isBroken: document === null,
  };
}

function isText(name: unknown): name is LocalizedText {
  return typeof name === "string" || (typeof name === "object" && name !== null && "en" in name && "ko" in name);
}

/** Wall ms that a page is given to end whose run is opened again. */
const PREDECESSOR_MS = 1500;

/** Wall ms after which a storage that has not answered is done without: nobody waits for a picture longer than that. */
const OPENING_MS = 3000;

/** Opens the storage, or none when it does not answer. One that answers too late is closed again. */
async function openInTime(onLost: (reason: KeepingFailure) => void): Promise<{ readonly store: LogStore | null; readonly reason: KeepingFailure | null }> {
  let isGivenUp = false;
  const opening = openLogStore({ onLost: (reason) => isGivenUp || onLost(reason) });
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, OPENING_MS, null));
  const opened = await Promise.race([opening, tooLate]);
  if (opened) return opened;
  isGivenUp = true;
  opening.then(({ store }) => store?.close()).catch(() => undefined);
  return { store: null, reason: "unknown" };
}

/** Later than every other run's, also where the clock was set back. */
async function nextSavedAtMs(store: LogStore): Promise<number> {
  const [last] = await store.listRuns();
  return Math.max(Date.now(), (last?.header.savedAtMs ?? 0) + 1);
}

/** 128 random bits. `randomUUID` would be there only on secure origins. */
function newRunId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A run in which nobody did anything is not missed when another takes its place. One that another tab has open stays, and one that only another page can read. */
async function dropUntouchedRuns(store: LogStore, butRunId: string): Promise<void> {
  for (const { header, progress } of await store.listRuns()) {
    if (header.runId !== butRunId && progress?.journalLength === 0 && !header.isAuthored && "scenario" in parseScenario(header.scenario)) await deleteUnused(store, header.runId);
  }
}

async function deleteUnused(store: LogStore, runId: string): Promise<void> {
  const lock = await acquireRunLock(runId);
  if (lock.state === "taken") return;
  await store.deleteRun(runId);
  if (lock.state === "owned") lock.release();
}
