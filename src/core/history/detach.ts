import { CONSUMER_OFFSETS_TOPIC, type Broker } from "../broker/broker";
import { appendStored, partitionLog, type PartitionLog } from "../broker/log/partitionLog";
import { nextOffset, type RecordBatch, type RecordOrigin } from "../kafka/recordBatch";
import { storedRecordBatch } from "../kafka/storedBatch";
import { itemAt } from "../sim/pagedList";
import { brokerOf, copyCluster, type Cluster } from "../world/cluster";

/** Raised whenever a world is kept in another shape: what was kept in an older one is made again from its commands. */
export const CHECKPOINT_FORM = 3;

/** A world without the bytes of its logs: what a checkpoint keeps beside the stored batches. */
export interface DetachedCluster {
  readonly form: typeof CHECKPOINT_FORM;
  readonly cluster: Cluster;
  /** By log name, how far each log goes in this state. */
  readonly logEnds: Readonly<Record<string, number>>;
}

/** A batch as it is stored: Kafka's bytes, and who sent its records. */
export interface StoredBytes {
  readonly bytes: Uint8Array;
  readonly origin: RecordOrigin | null;
}

/** The name under which a log is stored: a topic made again under its old name has another id, and so another log. */
export function logName(broker: Broker, { topic, partition }: PartitionLog): string {
  return `${topic}@${broker.metadata.topics.get(topic)?.topicId ?? ""}-${partition}`;
}

export function detachLogs(cluster: Cluster): DetachedCluster {
  const copy = copyCluster(cluster);
  const broker = brokerOf(copy);
  const logEnds: Record<string, number> = {};
  for (const [name, log] of broker.logs) {
    logEnds[logName(broker, log)] = log.logEndOffset;
    broker.logs.set(name, { ...partitionLog(log.topic, log.partition), leaderEpoch: log.leaderEpoch, logStartOffset: log.logStartOffset });
  }
  return { form: CHECKPOINT_FORM, cluster: copy, logEnds };
}

/** Batches by log name, in the order of their offsets; made once for all the worlds that they are put back into. */
export type StoredLogs = ReadonlyMap<string, readonly RecordBatch[]>;

/** The batches of stored bytes; their records are read when they are first looked at. Throws a RecordBatchError where a header is broken. */
export function storedLogs(stored: ReadonlyMap<string, readonly StoredBytes[]>): StoredLogs {
  return new Map(
    [...stored].map(([name, batches]) => {
      // Coordinator records are bytes in memory too; everything else is text wherever it can be.
      const text = !name.startsWith(`${CONSUMER_OFFSETS_TOPIC}@`);
      return [name, batches.map(({ bytes, origin }) => storedRecordBatch(bytes, origin, { text }))] as const;
    }),
  );
}

/** Whether a kept world has a shape that is not today's. */
export function isOfAnotherForm({ state }: { readonly state: unknown }): boolean {
  const { cluster, form } = (state ?? {}) as Partial<DetachedCluster>; // of whatever page
  return cluster !== undefined && form !== CHECKPOINT_FORM;
}

/** Puts the logs back, each up to where the state knew it. Throws when a batch is missing. */
export function attachLogs({ cluster, logEnds }: DetachedCluster, stored: StoredLogs): Cluster {
  const broker = brokerOf(cluster);
  for (const log of broker.logs.values()) {
    const name = logName(broker, log);
    const end = logEnds[name] ?? 0;
    for (const batch of stored.get(name) ?? []) {
      if (batch.baseOffset >= end) break;
      appendStored(log, batch);
    }
    if (log.logEndOffset !== end) throw new Error(`${name} ends at ${log.logEndOffset}, not at ${end}`);
    log.highWatermark = log.logEndOffset;
    log.lastStableOffset = log.highWatermark;
  }
  return cluster;
}

/** All batches of a log from an offset on. */
export function batchesFrom(log: PartitionLog, offset: number): RecordBatch[] {
  const batches: RecordBatch[] = [];
  for (let at = log.batches.length - 1; at >= 0; at--) {
    const batch = itemAt(log.batches, at);
    if (nextOffset(batch) <= offset) break;
    batches.push(batch);
  }
  return batches.reverse();
}
