import { makeRecordBatch } from "../../kafka/makeRecordBatch";
import type { RecordBatch } from "../../kafka/recordBatch";
import { contentSizeInBytes, RECORD_BATCH_OVERHEAD_BYTES, recordSizeWith } from "../../kafka/recordBatchCodec";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import type { Producer, ProducerBatch } from "./producer";
import { share } from "../../sim/share";

export interface NewRecord {
  readonly key: string | null;
  readonly value: string;
  readonly timestampMs: number;
  readonly sendNumber: number;
  /** Of key and value with their lengths. */
  readonly contentBytes: number;
}

export function newRecord(key: string | null, value: string, timestampMs: number, sendNumber: number): NewRecord {
  return { key, value, timestampMs, sendNumber, contentBytes: contentSizeInBytes(key, value) };
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
  add(batch, record, size);
  return size;
}

/** Whether buffer.memory has room for a new batch (`BufferPool.allocate`). */
export function hasMemoryFor(producer: Producer, record: NewRecord): boolean {
  return producer.bufferedBytes + allocationFor(producer, record) <= producer.config.bufferMemory;
}

/** Size in bytes of a batch of this record alone: what max.request.size and buffer.memory are compared with. */
export function aloneInBatch({ contentBytes }: NewRecord): number {
  return RECORD_BATCH_OVERHEAD_BYTES + recordSizeWith(0, 0, contentBytes);
}

/** Starts a batch with this record, however large it is; returns the bytes added. */
export function appendNewBatch(producer: Producer, topic: string, partition: number, nowUs: number, record: NewRecord): number {
  const batch = emptyBatch(topic, partition, nowUs, allocationFor(producer, record));
  const name = formatTopicPartition(topic, partition);
  const batches = producer.accumulator.get(name);
  if (batches) batches.push(batch);
  else producer.accumulator.set(name, [batch]);
  producer.bufferedBytes += batch.allocatedBytes;
  const size = sizeInBatch(batch, record);
  add(batch, record, size);
  return RECORD_BATCH_OVERHEAD_BYTES + size;
}

/** Whether a partition has no batch that still takes records (`RecordAccumulator.allBatchesFull`). */
export function allBatchesFull(producer: Producer, partition: TopicPartitionName): boolean {
  const last = producer.accumulator.get(partition)?.at(-1);
  return !last || isFull(producer, last);
}

/** When a batch may be sent, as a virtual time in µs: at once when it is full (as it is when another waits behind it) or `send()` waits for memory, else after linger.ms (`RecordAccumulator.batchReady`). */
export function readyAtUs(producer: Producer, batches: readonly ProducerBatch[]): number {
  const first = batches[0];
  if (!first) return Infinity;
  if (first.attempts > 0) return first.retryAtUs;
  const isReady = isFull(producer, first) || producer.closing || producer.blocked?.waitsFor === "memory";
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
    origin: share({ producerActor, sendNumbers: batch.sendNumbers }),
    sizeInBytes: batch.sizeInBytes,
  });
  return batch.sealed;
}

/** The records of a batch that was too large for its topic, in two batches that count as new (`RecordAccumulator.splitAndReenqueue`). */
export function split(batch: ProducerBatch): ProducerBatch[] {
  const middle = batch.keys.length >> 1;
  const halves = [emptyBatch(batch.topic, batch.partition, batch.createdUs, 0), emptyBatch(batch.topic, batch.partition, batch.createdUs, 0)] as const;
  batch.keys.forEach((key, index) => {
    const record = newRecord(key, batch.values[index] as string, batch.timestampsMs[index] as number, batch.sendNumbers[index] as number);
    const half = halves[index < middle ? 0 : 1];
    add(half, record, sizeInBatch(half, record));
  });
  for (const half of halves) half.closed = true;
  return [...halves];
}

function emptyBatch(topic: string, partition: number, createdUs: number, allocatedBytes: number): ProducerBatch {
  return {
    topic,
    partition,
    createdUs,
    keys: [],
    values: [],
    timestampsMs: [],
    sendNumbers: [],
    sizeInBytes: RECORD_BATCH_OVERHEAD_BYTES,
    allocatedBytes,
    closed: false,
    sealed: null,
    attempts: 0,
    retryAtUs: 0,
  };
}

/** A batch takes batch.size of the memory at once, however few records come. */
function allocationFor(producer: Producer, record: NewRecord): number {
  return Math.max(producer.config.batchSize, aloneInBatch(record));
}

export function isFull(producer: Producer, batch: ProducerBatch): boolean {
  return batch.closed || batch.sizeInBytes >= producer.config.batchSize;
}

function sizeInBatch(batch: ProducerBatch, { timestampMs, contentBytes }: NewRecord): number {
  return recordSizeWith(batch.keys.length, timestampMs - (batch.timestampsMs[0] ?? timestampMs), contentBytes);
}

function add(batch: ProducerBatch, record: NewRecord, size: number): void {
  batch.keys.push(record.key);
  batch.values.push(record.value);
  batch.timestampsMs.push(record.timestampMs);
  batch.sendNumbers.push(record.sendNumber);
  batch.sizeInBytes += size;
}
