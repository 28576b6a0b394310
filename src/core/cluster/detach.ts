import { CONSUMER_OFFSETS_TOPIC, type Broker } from "../broker/broker";
import { appendStored, partitionLog, type PartitionLog } from "../broker/log/partitionLog";
import { decodeRecordBatch } from "../kafka/recordBatchCodec";
import { nextOffset, type RecordBatch, type RecordOrigin } from "../kafka/recordBatch";
import { itemAt } from "../sim/pagedList";
import { brokerOf, copyCluster, type Cluster } from "./cluster";

/** A world without the bytes of its logs: what a checkpoint keeps beside the stored batches. */
export interface DetachedCluster {
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
  return { cluster: copy, logEnds };
}

/** Puts the logs back from their stored bytes, each up to where the state knew it. Throws when bytes are missing or corrupt. */
export function attachLogs({ cluster, logEnds }: DetachedCluster, stored: ReadonlyMap<string, readonly StoredBytes[]>): Cluster {
  const broker = brokerOf(cluster);
  for (const log of broker.logs.values()) {
    const name = logName(broker, log);
    const end = logEnds[name] ?? 0;
    for (const entry of stored.get(name) ?? []) {
      const batch = storedBatch(log.topic, entry);
      if (batch.baseOffset < end) appendStored(log, batch);
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

/** Coordinator records are bytes in memory too; everything else is text wherever it can be. */
function storedBatch(topic: string, { bytes, origin }: StoredBytes): RecordBatch {
  const batch = decodeRecordBatch(bytes, 0, { text: topic !== CONSUMER_OFFSETS_TOPIC });
  return Object.freeze({ ...batch, columns: Object.freeze({ ...batch.columns, origin }) });
}
