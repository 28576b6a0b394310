import type { KeptRun, Notice, OpenSource, StorageStatus } from "../bridge/messages";
import type { History } from "../core/cluster/history";
import type { Scenario, SharedScenario } from "../scenario/scenario";
import { acquireRunLock, type RunLock } from "../storage/runLock";
import type { LogStore } from "../storage/logStore";
import { openLogStore } from "../storage/openLogStore";
import { failureReason, RunKeeper, type KeepingFailure } from "./runKeeper";
import { openSavedRun } from "./savedRun";

export interface ShelvedWorld {
  readonly history: History;
  readonly scenario: Scenario;
  readonly origin: "saved" | "scenario" | "link";
  readonly notices: readonly Notice[];
  readonly keeper: RunKeeper | null;
  readonly status: StorageStatus;
}

type Begin = (shared: SharedScenario) => { history: History; notices: Notice[] };

/** Where saved runs stand: opens the last one, makes room for new ones, and holds the lock of the one in use. */
export class RunShelf {
  private store: LogStore | null = null;
  private fallback: KeepingFailure | null = null;
  private lock: RunLock | null = null;

  private readonly onLost: (reason: KeepingFailure) => void;

  constructor(onLost: (reason: KeepingFailure) => void) {
    this.onLost = onLost;
  }

  async open(source: OpenSource, storage: "indexeddb" | "memory", begin: Begin): Promise<ShelvedWorld> {
    this.release();
    if (storage === "memory") return this.inMemory(source, begin, "asked");
    await this.connect();
    if (source.kind === "saved") return this.openSaved(source.runId, source.otherwise, begin);
    if (source.isForeign) return this.inMemory(source, begin, "link");
    return this.openNew({ scenario: source.scenario, run: source.run }, begin);
  }

  /** Begins a kept run of its own for a world that was only in memory. Rejects when it cannot be kept. */
  async keep(scenario: Scenario): Promise<{ keeper: RunKeeper; status: StorageStatus }> {
    this.store?.close();
    this.store = null;
    await this.connect();
    if (!this.store || this.fallback) throw new Error(this.fallback ?? "unavailable");
    return this.begin(this.store, scenario);
  }

  /** What is kept in this browser, the last used first; nothing where nothing can be kept. */
  async listRuns(): Promise<readonly KeptRun[]> {
    const { store } = this;
    if (!store || this.fallback) return [];
    const runs = await Promise.all((await store.listRuns()).map(({ runId }) => store.openRun(runId)));
    return runs.flatMap((run) => {
      if (!run) return [];
      const { runId, savedAtMs, scenario } = run.header;
      const { name } = scenario as Scenario; // written by this page
      return [{ runId, name, savedAtMs, timeUs: run.progress.durableTimeUs, commands: run.progress.journalLength }];
    });
  }

  /** Removes a run, unless a tab has it open. */
  async deleteRun(runId: string): Promise<void> {
    if (this.store && !this.fallback) await deleteUnused(this.store, runId);
  }

  /** Why keeping failed. */
  reasonOf(error: unknown): KeepingFailure {
    return this.fallback ?? failureReason(error);
  }

  release(): void {
    if (this.lock?.state === "owned") this.lock.release();
    this.lock = null;
  }

  private async connect(): Promise<void> {
    if (this.store && !this.fallback) return;
    const { store, fallbackReason } = await openInTime((reason) => this.lose(reason));
    this.store = store;
    this.fallback = fallbackReason;
  }

  private lose(reason: KeepingFailure): void {
    this.fallback = reason;
    this.onLost(reason);
  }

  private async openSaved(wanted: string | null, otherwise: Scenario, begin: Begin): Promise<ShelvedWorld> {
    const { store } = this;
    if (!store || this.fallback) return this.inMemory({ scenario: otherwise, run: null }, begin, this.fallback ?? "unavailable");
    try {
      const runId = wanted ?? (await store.listRuns())[0]?.runId;
      if (runId === undefined) return await this.openNew({ scenario: otherwise, run: null }, begin);
      this.lock = await acquireRunLock(runId);
      const saved = await store.openRun(runId);
      if (!saved) return await this.openNew({ scenario: otherwise, run: null }, begin);
      const opened = await openSavedRun(store, saved);
      if (this.lock.state === "taken") return { ...opened, origin: "saved", notices: [], keeper: null, status: { state: "memory", reason: "otherTab", savedUntilUs: null } };
      // The one that comes back when the page is opened again.
      if (wanted !== null) await store.updateHeader(runId, { savedAtMs: Date.now() });
      return { ...opened, origin: "saved", keeper: RunKeeper.resume(store, runId, opened.history), status: { state: "saved", runId } };
    } catch (error) {
      return this.inMemory({ scenario: otherwise, run: null }, begin, failureReason(error));
    }
  }

  private async openNew(shared: SharedScenario, begin: Begin): Promise<ShelvedWorld> {
    if (!this.store || this.fallback) return this.inMemory(shared, begin, this.fallback ?? "unavailable");
    const begun = begin(shared);
    try {
      const kept = await this.begin(this.store, shared.scenario);
      return { ...begun, scenario: shared.scenario, origin: "scenario", ...kept };
    } catch (error) {
      return { ...begun, scenario: shared.scenario, origin: "scenario", keeper: null, status: { state: "memory", reason: failureReason(error), savedUntilUs: null } };
    }
  }

  private async begin(store: LogStore, scenario: Scenario): Promise<{ keeper: RunKeeper; status: StorageStatus }> {
    await dropUntouchedRuns(store);
    const runId = newRunId();
    this.release();
    this.lock = await acquireRunLock(runId);
    return { keeper: await RunKeeper.create(store, runId, scenario, Date.now()), status: { state: "saved", runId } };
  }

  private inMemory(source: OpenSource | SharedScenario, begin: Begin, reason: Extract<StorageStatus, { state: "memory" }>["reason"]): ShelvedWorld {
    const shared = "otherwise" in source ? { scenario: source.otherwise, run: null } : { scenario: source.scenario, run: source.run };
    return { ...begin(shared), scenario: shared.scenario, origin: reason === "link" ? "link" : "scenario", keeper: null, status: { state: "memory", reason, savedUntilUs: null } };
  }
}

/** Wall ms after which a storage that has not answered is done without: nobody waits for a picture longer than that. */
const OPENING_MS = 3000;

/** Opens the storage, or none when it does not answer. One that answers too late is closed again. */
async function openInTime(onLost: (reason: KeepingFailure) => void): Promise<{ readonly store: LogStore | null; readonly fallbackReason: KeepingFailure | null }> {
  let isGivenUp = false;
  const opening = openLogStore({ prefer: "indexeddb", onLost: (reason) => isGivenUp || onLost(reason) });
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, OPENING_MS, null));
  const opened = await Promise.race([opening, tooLate]);
  if (opened) return opened;
  isGivenUp = true;
  opening.then(({ store }) => store.close()).catch(() => undefined);
  return { store: null, fallbackReason: "unknown" };
}

/** 128 random bits. `randomUUID` would be there only on secure origins. */
function newRunId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A run in which nobody did anything is not missed when another takes its place. One that another tab has open stays. */
async function dropUntouchedRuns(store: LogStore): Promise<void> {
  for (const { runId } of await store.listRuns()) {
    const run = await store.openRun(runId);
    if (run?.journal.length === 0) await deleteUnused(store, runId);
  }
}

async function deleteUnused(store: LogStore, runId: string): Promise<void> {
  const lock = await acquireRunLock(runId);
  if (lock.state === "taken") return;
  await store.deleteRun(runId);
  if (lock.state === "owned") lock.release();
}
