import type { RecordOrigin } from "../core/kafka/records/recordBatch";
import type { TopicPartitionName } from "../core/kafka/topicPartition";

/**
 * Where runs are kept: their logs' batches, their journal of commands and their newest checkpoint.
 *
 * Every write is one transaction: it is kept whole, or it leaves nothing. Writes take effect in the order in which they were called, also
 * when nobody waited for the one before. A promise resolves only after its transaction has completed; what it resolved for survives a
 * killed browser. It rejects with a `StorageError` when the storage failed, or when the run is not (or no longer) kept here ("lost"),
 * and with a plain `Error` when the caller broke an invariant named below.
 *
 * Who writes to a run owns it (`acquireRunLock`). Values handed over are copied, except batch bytes, which nobody changes anyway.
 */
export interface LogStore {
  /** All kept runs, the last saved first: what stands in their headers, whatever that is, and how far they are kept. */
  listRuns(): Promise<RunSummary[]>;
  /** Begins to keep a run, at virtual time 0 and with nothing in it. A `runId` is used once. */
  createRun(header: RunHeader): Promise<void>;
  /** What is kept of a run, its batches and earlier checkpoints aside, or null when there is no such run. */
  openRun(runId: string): Promise<SavedRun | null>;
  /** All kept checkpoints of a run, the oldest first: rewinding after a reload starts from them. */
  readCheckpoints(runId: string): Promise<Checkpoint[]>;
  /**
   * All kept batches of one partition in append order; none for an unknown partition. Their bytes are views on shared buffers: copy
   * before you transfer them.
   */
  readBatches(runId: string, partition: TopicPartitionName): Promise<StoredBatch[]>;
  /** Keeps what is new since the last commit. Neither its moment nor a partition's offsets may go back: that takes `truncate`. */
  commit(runId: string, commit: Commit): Promise<void>;
  /**
   * Keeps a run anew: in one transaction all that was kept of it but its header goes, and the commit is its whole journal and all its
   * batches. For a run whose derived data is broken, made again from its journal.
   */
  replace(runId: string, commit: Commit): Promise<void>;
  /**
   * Keeps a checkpoint beside those before, in place of one at the same event, and drops those at the events named. It may not lie beyond
   * what is committed.
   */
  saveCheckpoint(runId: string, checkpoint: Checkpoint, dropped?: readonly number[]): Promise<void>;
  /**
   * Drops the future after `to`, for a fork: its batches, its journal, and checkpoints taken in it. `to` may not lie beyond what is
   * committed.
   */
  truncate(runId: string, to: ForkPoint): Promise<void>;
  updateHeader(runId: string, changes: Partial<Omit<RunHeader, "runId">>): Promise<void>;
  /** Removes the run and all that is kept of it. A run that is not there is not an error. */
  deleteRun(runId: string): Promise<void>;
  /** What this site uses and may use, by the browser's own estimate, or null when there is none. */
  estimate(): Promise<StorageEstimateBytes | null>;
  /** Ends the use of this store; what was called before still completes, and later calls reject with "lost". */
  close(): void;
}

export interface RunHeader {
  readonly runId: string;
  /** Raised when the same scenario and commands would run differently: a saved journal replays only on its own version. */
  readonly engineVersion: number;
  /** The scenario document, checked by whoever opens it. */
  readonly scenario: unknown;
  readonly name: string;
  /** Wall clock. */
  readonly createdAtMs: number;
  /** Wall clock. */
  readonly savedAtMs: number;
  /** Somebody has worked on its document: it is not thrown away, though no command was given. Missing: not. */
  readonly isAuthored?: boolean;
  /** The engine has stopped in it: it is opened standing still, so that it is not run into the same again. Missing: not. */
  readonly hasStopped?: boolean;
  /** Where it was left, checked by whoever opens it. Missing: playing, at its end. */
  readonly left?: unknown;
}

/** Where somebody looks at a run. */
export interface Standing {
  /** Virtual µs; null at its end. */
  readonly timeUs: number | null;
  readonly playing: boolean;
  /** Virtual seconds a second. */
  readonly speed: number;
}

export interface RunSummary {
  readonly header: RunHeader;
  /** Null where it is not known. */
  readonly progress: RunProgress | null;
}

/** What one commit keeps: all partitions' new batches and the commands given since the commit before. */
export interface Commit {
  /** The virtual moment, in microseconds, up to which the run can be made again from what is kept. */
  readonly durableTimeUs: number;
  /** The number of events run up to that moment. */
  readonly eventCount: number;
  /** In append order. */
  readonly batches: readonly StoredBatch[];
  /** New journal entries; any values that the structured clone algorithm takes. */
  readonly journal: readonly unknown[];
}

/** A sealed batch of one log: Kafka's v2 bytes, and beside them who sent its records. */
export interface StoredBatch {
  /**
   * The log's name, such as `orders-3`. Within one name offsets only rise, so a topic that is made again under its old name needs
   * another name here.
   */
  readonly partition: TopicPartitionName;
  readonly baseOffset: number;
  readonly nextOffset: number;
  readonly bytes: Uint8Array;
  /** Null when no producer sent it, as in `__consumer_offsets`. */
  readonly origin: RecordOrigin | null;
}

/** How far a run is kept. */
export interface RunProgress {
  readonly durableTimeUs: number;
  readonly eventCount: number;
  readonly journalLength: number;
  /** By partition, the offset after its last kept batch. A partition of which nothing is kept is absent. */
  readonly partitionEnds: Readonly<Record<TopicPartitionName, number>>;
}

/** A moment to go back to: the same facts as `RunProgress`, true at that moment. A partition not named had no records yet. */
export type ForkPoint = RunProgress;

export interface Checkpoint {
  readonly timeUs: number;
  readonly eventCount: number;
  /** How many journal entries `state` has already seen; replay goes on from there. */
  readonly journalLength: number;
  /** Soft state, without log bytes; any value that the structured clone algorithm takes. */
  readonly state: unknown;
  readonly logs: readonly CheckpointLog[];
}

export interface CheckpointLog {
  readonly partition: TopicPartitionName;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
}

export interface SavedRun {
  readonly header: RunHeader;
  /** Null where it is not known. */
  readonly progress: RunProgress | null;
  /** Null where a command is missing. */
  readonly journal: readonly unknown[] | null;
  /** The newest. */
  readonly checkpoint: Checkpoint | null;
  /** At which event each kept checkpoint was taken, in order. */
  readonly rungs: readonly number[];
}

export interface StorageEstimateBytes {
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

/** The order of `listRuns`: the last saved first, those of the same moment by id. */
export function lastSavedFirst(runs: readonly RunSummary[]): RunSummary[] {
  return runs.toSorted(({ header: left }, { header: right }) => right.savedAtMs - left.savedAtMs || (left.runId < right.runId ? -1 : 1));
}
