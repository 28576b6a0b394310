import type { StorageStatus } from "../bridge/messages";
import { brokerOf, ENGINE_VERSION, type Cluster } from "../core/cluster/cluster";
import { batchesFrom, detachLogs, logName, type DetachedCluster } from "../core/cluster/detach";
import type { History } from "../core/cluster/history";
import { encodeRecordBatch } from "../core/kafka/recordBatchCodec";
import { nextOffset } from "../core/kafka/recordBatch";
import type { Scenario } from "../scenario/scenario";
import type { LogStore, StoredBatch } from "../storage/logStore";
import { StorageError } from "../storage/storageError";

/** What a run keeper says when it can keep no more. */
export type KeepingFailure = Extract<StorageStatus, { state: "memory" }>["reason"];

/** Events between two kept checkpoints: opening a run again re-runs at most as many. */
const EVENTS_PER_KEPT_CHECKPOINT = 5000;

/** Keeps one run in a store: its new batches and commands with every frame, a checkpoint now and then. Knows how far it is kept. */
export class RunKeeper {
  /** By log name, the offset up to which batches are kept. */
  private logEnds: Record<string, number>;
  private journalLength: number;
  private checkpointEvents: number;
  private durableUs: number;
  /** The same with what was asked of the store and is not yet confirmed: writes take effect in the order of the calls. */
  private askedUs: number;

  private readonly store: LogStore;
  readonly runId: string;

  private constructor(
    store: LogStore,
    runId: string,
    kept: { readonly logEnds: Record<string, number>; readonly journalLength: number; readonly eventCount: number; readonly timeUs: number },
  ) {
    this.store = store;
    this.runId = runId;
    this.logEnds = kept.logEnds;
    this.journalLength = kept.journalLength;
    this.checkpointEvents = kept.eventCount;
    this.durableUs = kept.timeUs;
    this.askedUs = kept.timeUs;
  }

  /** Begins to keep a new run. */
  static async create(store: LogStore, runId: string, scenario: Scenario, nowMs: number): Promise<RunKeeper> {
    const name = typeof scenario.name === "string" ? scenario.name : scenario.name.en;
    await store.createRun({ runId, engineVersion: ENGINE_VERSION, scenario, name, createdAtMs: nowMs, savedAtMs: nowMs });
    return new RunKeeper(store, runId, { logEnds: {}, journalLength: 0, eventCount: -EVENTS_PER_KEPT_CHECKPOINT, timeUs: 0 });
  }

  /** Goes on with a run that was just opened, at its end. */
  static resume(store: LogStore, runId: string, history: History): RunKeeper {
    const { cluster, journal } = history;
    return new RunKeeper(store, runId, { logEnds: logEnds(cluster), journalLength: journal.length, eventCount: cluster.eventCount, timeUs: cluster.nowUs });
  }

  /** Virtual time in µs up to which the run is kept. */
  get keptUntilUs(): number {
    return this.durableUs;
  }

  /** Keeps everything up to the present moment of a history that stands at its head. Rejects with a StorageError. */
  async commit(history: History): Promise<void> {
    const { cluster, journal } = history;
    const timeUs = cluster.nowUs;
    const commit = {
      durableTimeUs: timeUs,
      eventCount: cluster.eventCount,
      batches: this.newBatches(cluster),
      journal: journal.slice(this.journalLength),
    };
    this.journalLength = journal.length;
    this.logEnds = logEnds(cluster);
    this.askedUs = timeUs;
    const checkpoint = this.checkpointIfDue(cluster, journal.length);
    await this.store.commit(this.runId, commit);
    this.durableUs = Math.min(timeUs, this.askedUs);
    if (checkpoint) await this.store.saveCheckpoint(this.runId, checkpoint);
  }

  /**
   * Drops what is kept of a future that a fork has ended; nothing when the fork lies beyond what is kept. `fork` is the world as it was at
   * the fork, before anything else was done.
   */
  async truncate(fork: { readonly timeUs: number; readonly eventCount: number; readonly applied: number; readonly logEnds: Record<string, number> }): Promise<void> {
    if (fork.timeUs > this.askedUs) return;
    this.askedUs = fork.timeUs;
    const kept = Object.fromEntries(Object.entries(fork.logEnds).map(([name, end]) => [name, Math.min(end, this.logEnds[name] ?? 0)]));
    this.logEnds = kept;
    this.journalLength = Math.min(this.journalLength, fork.applied);
    this.checkpointEvents = Math.min(this.checkpointEvents, fork.eventCount - EVENTS_PER_KEPT_CHECKPOINT);
    this.durableUs = Math.min(this.durableUs, fork.timeUs);
    const partitionEnds = Object.fromEntries(Object.entries(kept).filter(([, end]) => end > 0));
    await this.store.truncate(this.runId, { durableTimeUs: fork.timeUs, eventCount: fork.eventCount, journalLength: fork.applied, partitionEnds });
  }

  async saveDocument(scenario: Scenario, nowMs: number): Promise<void> {
    await this.store.updateHeader(this.runId, { scenario, savedAtMs: nowMs });
  }

  private newBatches(cluster: Cluster): StoredBatch[] {
    const broker = brokerOf(cluster);
    const stored: StoredBatch[] = [];
    for (const log of broker.logs.values()) {
      const partition = logName(broker, log);
      for (const batch of batchesFrom(log, this.logEnds[partition] ?? 0)) {
        stored.push({ partition, baseOffset: batch.baseOffset, nextOffset: nextOffset(batch), bytes: encodeRecordBatch(batch), origin: batch.columns.origin });
      }
    }
    return stored;
  }

  private checkpointIfDue(cluster: Cluster, journalLength: number): Parameters<LogStore["saveCheckpoint"]>[1] | null {
    if (cluster.eventCount < this.checkpointEvents + EVENTS_PER_KEPT_CHECKPOINT) return null;
    this.checkpointEvents = cluster.eventCount;
    const state: DetachedCluster = detachLogs(cluster);
    const logs = Object.entries(state.logEnds).map(([partition, logEndOffset]) => ({ partition, logStartOffset: 0, logEndOffset }));
    return { timeUs: cluster.nowUs, eventCount: cluster.eventCount, journalLength, state, logs };
  }
}

/** By log name, where each log ends now. */
export function logEnds(cluster: Cluster): Record<string, number> {
  const broker = brokerOf(cluster);
  return Object.fromEntries([...broker.logs.values()].map((log) => [logName(broker, log), log.logEndOffset]));
}

export function failureReason(error: unknown): KeepingFailure {
  return error instanceof StorageError ? error.reason : "unknown";
}

