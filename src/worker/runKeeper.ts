import type { StorageStatus } from "../bridge/messages";
import { detachLogs, toldLogs } from "../core/history/detach";
import { appliedCommands, headCluster, type History, type JournalEntry } from "../core/history/history";
import { leastMissed } from "../core/history/ladder";
import { encodeInto } from "../core/clients/encodeBatch";
import { originAt, placesOf } from "../core/clients/recordTexts";
import { baseOffsetOf, nextOffsetOf } from "../core/kafka/records/batchPage";
import { ENGINE_VERSION, type Cluster } from "../core/world/cluster";
import type { Scenario } from "../scenario/scenario";
import type { Checkpoint, Commit, LogStore, Standing, StoredBatch } from "../storage/logStore";
import { StorageError } from "../storage/storageError";

/** What a run keeper says when it can keep no more. */
export type KeepingFailure = Extract<StorageStatus, { state: "memory" }>["reason"];

/** Events between two kept checkpoints: opening a run again re-runs at most as many. */
const EVENTS_PER_KEPT_CHECKPOINT = 20_000;
/** And bytes: what was large to make is large to make again. */
const BYTES_PER_KEPT_CHECKPOINT = 8 * 1024 * 1024;
/** Kept checkpoints of one run; with more, rewinding after a reload would be no faster that anyone could tell. */
const MOST_RUNGS = 32;

/** How far a run is kept. */
interface Kept {
  /** By log name, the offset up to which batches are kept. */
  readonly logEnds: Readonly<Record<string, number>>;
  readonly journalLength: number;
  readonly eventCount: number;
  readonly timeUs: number;
}

const NOTHING: Kept = { logEnds: {}, journalLength: 0, eventCount: -1, timeUs: 0 };

/** Keeps one run in a store: its new batches and commands with every frame, a checkpoint now and then. Knows how far it is kept. */
export class RunKeeper {
  /** What was asked of the store: writes take effect in the order of the calls. */
  private asked: Kept;
  private durableUs: number;
  /** At which event each kept checkpoint was taken, in order. */
  private rungs: number[];
  /** Bytes kept since the last of them. */
  private bytesSince = 0;
  /** The next commit takes the place of all that is kept. */
  private isAnew: boolean;
  private standing: Standing | null = null;
  private isNoting = false;

  private readonly store: LogStore;
  readonly runId: string;

  private constructor(store: LogStore, runId: string, kept: Kept, rungs: readonly number[], isAnew = false) {
    this.store = store;
    this.runId = runId;
    this.asked = kept;
    this.durableUs = kept.timeUs;
    this.rungs = [...rungs];
    this.isAnew = isAnew;
  }

  /** Begins to keep a new run. */
  static async create(store: LogStore, runId: string, scenario: Scenario, { nowMs, isAuthored }: { readonly nowMs: number; readonly isAuthored: boolean }): Promise<RunKeeper> {
    await store.createRun({ runId, engineVersion: ENGINE_VERSION, scenario, name: nameOf(scenario), createdAtMs: nowMs, savedAtMs: nowMs, isAuthored });
    return new RunKeeper(store, runId, NOTHING, []);
  }

  /** Goes on with a run that was just opened, at its end. */
  static resume(store: LogStore, runId: string, history: History, rungs: readonly number[]): RunKeeper {
    return new RunKeeper(store, runId, keptOf(headCluster(history), history.journal), rungs);
  }

  /** Keeps a run anew that was made again from its journal, because what else was kept of it is broken. */
  static renew(store: LogStore, runId: string): RunKeeper {
    return new RunKeeper(store, runId, NOTHING, [], true);
  }

  /** Virtual time in µs up to which the run is kept. */
  get keptUntilUs(): number {
    return this.durableUs;
  }

  /** Keeps everything up to the furthest point of a history, wherever it stands. Rejects with a StorageError. */
  async commit(history: History): Promise<void> {
    const cluster = headCluster(history);
    const kept = keptOf(cluster, history.journal);
    const { asked, isAnew } = this;
    if (!isAnew && kept.timeUs === asked.timeUs && kept.eventCount === asked.eventCount && kept.journalLength === asked.journalLength) return;
    const commit: Commit = {
      durableTimeUs: kept.timeUs,
      eventCount: kept.eventCount,
      batches: newBatches(cluster, asked.logEnds),
      journal: history.journal.slice(asked.journalLength),
    };
    this.asked = kept;
    this.isAnew = false;
    for (const { bytes } of commit.batches) this.bytesSince += bytes.length;
    const checkpoint = this.checkpointIfDue(cluster, kept.journalLength);
    await (isAnew ? this.store.replace(this.runId, commit) : this.store.commit(this.runId, commit));
    this.durableUs = Math.min(kept.timeUs, this.asked.timeUs);
    if (checkpoint) await this.saveCheckpoint(checkpoint);
  }

  /**
   * Drops what is kept of a future that a fork has ended; nothing when the fork lies beyond what is kept. `fork` is the world as it was at
   * the fork, before anything else was done.
   */
  async truncate(fork: Kept): Promise<void> {
    const { asked } = this;
    if (fork.timeUs > asked.timeUs || fork.eventCount > asked.eventCount) return;
    const ends = Object.entries(fork.logEnds).map(([name, end]) => [name, Math.min(end, asked.logEnds[name] ?? 0)] as const);
    const journalLength = Math.min(asked.journalLength, fork.journalLength);
    this.asked = { ...fork, journalLength, logEnds: Object.fromEntries(ends) };
    this.durableUs = Math.min(this.durableUs, fork.timeUs);
    this.rungs = this.rungs.filter((eventCount) => eventCount < fork.eventCount);
    const partitionEnds = Object.fromEntries(ends.filter(([, end]) => end > 0));
    await this.store.truncate(this.runId, { durableTimeUs: fork.timeUs, eventCount: fork.eventCount, journalLength, partitionEnds });
  }

  /** Keeps the document. Whoever edits it has worked here, also without a command. */
  async saveDocument(scenario: Scenario, nowMs: number): Promise<void> {
    await this.store.updateHeader(this.runId, { scenario, name: nameOf(scenario), savedAtMs: nowMs, isAuthored: true });
  }

  /** Notes where the run is looked at, for who opens it again. Of what changes quickly only the newest is written. */
  async saveStanding(standing: Standing): Promise<void> {
    if (JSON.stringify(standing) === JSON.stringify(this.standing)) return;
    this.standing = standing;
    if (this.isNoting) return;
    this.isNoting = true;
    for (let noted: Standing | null = null; noted !== this.standing; ) {
      noted = this.standing;
      await this.store.updateHeader(this.runId, { left: noted });
    }
    this.isNoting = false;
  }

  /** Notes that the engine has stopped in this run. */
  async saveStop(): Promise<void> {
    await this.store.updateHeader(this.runId, { hasStopped: true });
  }

  private checkpointIfDue(cluster: Cluster, journalLength: number): Checkpoint | null {
    const isDue = cluster.eventCount >= (this.rungs.at(-1) ?? -Infinity) + EVENTS_PER_KEPT_CHECKPOINT || this.bytesSince >= BYTES_PER_KEPT_CHECKPOINT;
    if (!isDue) return null;
    this.bytesSince = 0;
    const state = detachLogs(cluster);
    const logs = Object.entries(state.logEnds).map(([partition, logEndOffset]) => ({ partition, logStartOffset: 0, logEndOffset }));
    return { timeUs: cluster.nowUs, eventCount: cluster.eventCount, journalLength, state, logs };
  }

  private async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    // A fork may have gone back behind it while the commit was under way.
    if (checkpoint.eventCount > this.asked.eventCount) return;
    this.rungs.push(checkpoint.eventCount);
    const dropped = this.rungs.length > MOST_RUNGS ? this.rungs.splice(leastMissed(this.rungs), 1) : [];
    await this.store.saveCheckpoint(this.runId, checkpoint, dropped);
  }
}

/** How far a run is kept once all of a world is. */
function keptOf(cluster: Cluster, journal: readonly JournalEntry[]): Kept {
  const logEnds = Object.fromEntries([...toldLogs(cluster)].map(([name, log]) => [name, log.logEndOffset]));
  return { logEnds, journalLength: journal.length, eventCount: cluster.eventCount, timeUs: cluster.nowUs };
}

/** How far a run is kept that ends where it stands now. */
export function keptUpToNow(history: History): Kept {
  return keptOf(history.cluster, appliedCommands(history));
}

export function failureReason(error: unknown): KeepingFailure {
  return error instanceof StorageError ? error.reason : "unknown";
}

/** What is new in all logs; the bytes of all of it lie one after the other. */
function newBatches(cluster: Cluster, logEnds: Kept["logEnds"]): StoredBatch[] {
  const places = [...toldLogs(cluster)].flatMap(([partition, log]) => Array.from(placesOf(log, logEnds[partition] ?? 0), ({ page, at }) => ({ partition, page, at })));
  const all = new Uint8Array(places.reduce((size, { page, at }) => size + (page.sizesInBytes[at] as number), 0));
  const view = new DataView(all.buffer);
  let start = 0;
  return places.map(({ partition, page, at }) => {
    encodeInto(all, view, start, page, at);
    const bytes = all.subarray(start, (start += page.sizesInBytes[at] as number));
    return { partition, baseOffset: baseOffsetOf(page, at), nextOffset: nextOffsetOf(page, at), bytes, origin: originAt(page, at) };
  });
}

function nameOf({ name }: Scenario): string {
  return typeof name === "string" ? name : name.en;
}
