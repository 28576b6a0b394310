import { isBroker } from "../broker/broker";
import type { LogPlace } from "../broker/facts";
import { appendStored, partitionLog, type PartitionLog } from "../broker/log/partitionLog";
import type { RecordBatch, RecordOrigin } from "../kafka/records/recordBatch";
import { shareAgain, sharedMarks } from "../sim/share";
import type { TopicPartitionName } from "../kafka/topicPartition";
import { actorsOf, copyCluster, type Cluster } from "../world/cluster";

/** Raised whenever a world is kept in another shape: what was kept in an older one is made again from its commands. */
export const CHECKPOINT_FORM = 8;

/** A world without the bytes of its logs: what a checkpoint keeps beside the stored batches. */
export interface DetachedCluster {
  readonly form: typeof CHECKPOINT_FORM;
  readonly cluster: Cluster;
  /** By log name, how far each log goes in this state. */
  readonly logEnds: Readonly<Record<string, number>>;
  /** Which of its objects copies share: a store does not keep that by itself. */
  readonly shared: Uint32Array;
}

/** A batch as it is stored: Kafka's bytes, and who sent its records. */
export interface StoredBytes {
  readonly bytes: Uint8Array;
  readonly origin: RecordOrigin | null;
}

/** The name under which a log is stored: a topic made again under its old name has another id, and so another log. */
export function logName(nodeId: number, { topic, topicId, partition }: LogPlace): string {
  return `${nodeId === FIRST_NODE_ID ? "" : `${nodeId}/`}${topic}@${topicId}-${partition}`;
}

/** Runs that were kept when there was one broker named no broker. */
const FIRST_NODE_ID = 1;

/** Every log of a world by the name under which it is stored, as its broker has told it. */
export function* toldLogs({ watch: { actual } }: Cluster): Generator<readonly [string, PartitionLog]> {
  for (const [nodeId, logs] of actual.logs) for (const log of logs.values()) yield [logName(nodeId, log), log];
}

export function detachLogs(cluster: Cluster): DetachedCluster {
  const copy = copyCluster(cluster);
  const logEnds = Object.fromEntries([...toldLogs(copy)].map(([name, log]) => [name, log.logEndOffset]));
  for (const logs of logsIn(copy)) {
    for (const [name, log] of logs) logs.set(name, { ...partitionLog(log.topic, log.partition, log.topicId), leaderEpoch: log.leaderEpoch, logStartOffset: log.logStartOffset });
  }
  return { form: CHECKPOINT_FORM, cluster: copy, logEnds, shared: sharedMarks(copy) };
}

/** Where a world has its logs: each broker its own, and who listens to them what was told. */
function* logsIn(cluster: Cluster): Generator<Map<TopicPartitionName, PartitionLog>> {
  for (const [, { logs }] of actorsOf(cluster, isBroker)) yield logs;
  yield* cluster.watch.actual.logs.values();
}

/** Batches by log name, in the order of their offsets; made once for all the worlds that they are put back into. */
export type StoredLogs = ReadonlyMap<string, readonly RecordBatch[]>;

/** Whether a kept world has a shape that is not today's. */
export function isOfAnotherForm({ state }: { readonly state: unknown }): boolean {
  const { cluster, form } = (state ?? {}) as Partial<DetachedCluster>; // of whatever page
  return cluster !== undefined && form !== CHECKPOINT_FORM;
}

/** Puts the logs back, each up to where the state knew it. Throws when a batch is missing. */
export function attachLogs({ cluster, logEnds, shared }: DetachedCluster, stored: StoredLogs): Cluster {
  shareAgain(cluster, shared);
  for (const [, { nodeId, logs }] of actorsOf(cluster, isBroker)) {
    fill(nodeId, logs, logEnds, stored);
    // Who was told of them has the very same pages.
    for (const [name, told] of cluster.watch.actual.logs.get(nodeId) ?? []) shareLog(told, logs.get(name));
  }
  return cluster;
}

function fill(nodeId: number, logs: ReadonlyMap<TopicPartitionName, PartitionLog>, logEnds: DetachedCluster["logEnds"], stored: StoredLogs): void {
  for (const log of logs.values()) {
    const name = logName(nodeId, log);
    const end = logEnds[name] ?? 0;
    for (const batch of stored.get(name) ?? []) {
      if (batch.baseOffset >= end) break;
      appendStored(log, batch);
    }
    if (log.logEndOffset !== end) throw new Error(`${name} ends at ${log.logEndOffset}, not at ${end}`);
    log.highWatermark = log.logEndOffset;
    log.lastStableOffset = log.highWatermark;
  }
}

function shareLog(told: PartitionLog, log: PartitionLog | undefined): void {
  for (const page of log?.pages ?? []) told.pages.push(page);
  if (log) Object.assign(told, { logEndOffset: log.logEndOffset, highWatermark: log.highWatermark, lastStableOffset: log.lastStableOffset, batchCount: log.batchCount, recordCount: log.recordCount, sizeInBytes: log.sizeInBytes });
}
