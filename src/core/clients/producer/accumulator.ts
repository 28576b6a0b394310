import { makeRecordBatch } from "../../kafka/makeRecordBatch";
import type { RecordBatch } from "../../kafka/recordBatch";
import { RECORD_BATCH_OVERHEAD_BYTES, recordSizeInBytes } from "../../kafka/recordBatchCodec";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import type { Producer } from "./producer";

/** One batch on its way (`ProducerBatch`). While it is open, records are added; `sealed` once it was drained into a request. */
export interface ProducerBatch {
  readonly topic: string;
  readonly partition: number;
  readonly createdUs: number;
  readonly keys: (string | null)[];
  readonly values: string[];
  readonly timestampsMs: number[];
  readonly sendNumbers: number[];
  sizeInBytes: number;
  /** No more records fit, or it was drained. */
  closed: boolean;
  sealed: RecordBatch | null;
  attempts: number;
  /** Not sent again before this virtual time in µs. */
  retryAtUs: number;
}

export interface NewRecord {
  readonly key: string | null;
  readonly value: string;
  readonly timestampMs: number;
  readonly sendNumber: number;
}

/** Adds a record to the open batch of its partition if it fits into batch.size; closes that batch and returns 0 if not, else returns the bytes added. */
export function tryAppend(producer: Producer, partition: TopicPartitionName, record: NewRecord): number {
  const batch = producer.accumulator.get(partition)?.at(-1);
  if (!batch || batch.closed) return 0;
  const size = sizeInBatch(batch, record);
  if (batch.sizeInBytes + size > producer.config.batchSize) {
    batch.closed = true;
    return 0;
  }
  add(producer, batch, record, size);
  return size;
}

/** Starts a batch with this record, however large it is; returns the bytes added. */
export function appendNewBatch(producer: Producer, topic: string, partition: number, nowUs: number, record: NewRecord): number {
  const batch: ProducerBatch = {
    topic,
    partition,
    createdUs: nowUs,
    keys: [],
    values: [],
    timestampsMs: [],
    sendNumbers: [],
    sizeInBytes: RECORD_BATCH_OVERHEAD_BYTES,
    closed: false,
    sealed: null,
    attempts: 0,
    retryAtUs: 0,
  };
  const name = formatTopicPartition(topic, partition);
  const batches = producer.accumulator.get(name);
  if (batches) batches.push(batch);
  else producer.accumulator.set(name, [batch]);
  producer.bufferedBytes += RECORD_BATCH_OVERHEAD_BYTES;
  const size = sizeInBatch(batch, record);
  add(producer, batch, record, size);
  return RECORD_BATCH_OVERHEAD_BYTES + size;
}

/** Whether a partition has no batch that still takes records (`RecordAccumulator.allBatchesFull`). */
export function allBatchesFull(producer: Producer, partition: TopicPartitionName): boolean {
  const last = producer.accumulator.get(partition)?.at(-1);
  return !last || isFull(producer, last);
}

/** When a batch may be sent, as a virtual time in µs: at once when it is full or another waits behind it, else after linger.ms (`RecordAccumulator.ready`). */
export function readyAtUs(producer: Producer, batches: readonly ProducerBatch[]): number {
  const first = batches[0];
  if (!first) return Infinity;
  if (first.attempts > 0) return first.retryAtUs;
  const isReady = batches.length > 1 || isFull(producer, first) || producer.closing || producer.blocked !== null;
  return isReady ? first.createdUs : first.createdUs + producer.config.lingerMs * 1000;
}

/** The batch as it goes into a request; closed from now on. */
export function seal(producerActor: number, batch: ProducerBatch): RecordBatch {
  if (batch.sealed) return batch.sealed;
  const baseTimestampMs = batch.timestampsMs[0] as number;
  const isOneMoment = batch.timestampsMs.every((timestampMs) => timestampMs === baseTimestampMs);
  batch.closed = true;
  batch.sealed = makeRecordBatch({
    keys: batch.keys,
    values: batch.values,
    baseTimestampMs,
    timestampDeltasMs: isOneMoment ? null : batch.timestampsMs.map((timestampMs) => timestampMs - baseTimestampMs),
    origin: Object.freeze({ producerActor, sendNumbers: batch.sendNumbers }),
  });
  return batch.sealed;
}

function isFull(producer: Producer, batch: ProducerBatch): boolean {
  return batch.closed || batch.sizeInBytes >= producer.config.batchSize;
}

function sizeInBatch(batch: ProducerBatch, { key, value, timestampMs }: NewRecord): number {
  return recordSizeInBytes(batch.keys.length, timestampMs - (batch.timestampsMs[0] ?? timestampMs), key, value);
}

function add(producer: Producer, batch: ProducerBatch, record: NewRecord, size: number): void {
  batch.keys.push(record.key);
  batch.values.push(record.value);
  batch.timestampsMs.push(record.timestampMs);
  batch.sendNumbers.push(record.sendNumber);
  batch.sizeInBytes += size;
  producer.bufferedBytes += size;
}
