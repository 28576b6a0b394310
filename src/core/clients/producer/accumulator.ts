import type { RecordSource } from "../../apps/program";
import { ROW, type SentBatch } from "../../kafka/records/madeBatch";
import { makeRecordBatch } from "../../kafka/records/makeRecordBatch";
import { RECORD_BATCH_OVERHEAD_BYTES } from "../../kafka/records/layout";
import { recordSizeWith } from "../../kafka/records/encodeRecordBatch";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import { guard, share } from "../../sim/share";
import type { NewRecord } from "./newRecord";
import { sizeOfText, textOf } from "./newRecord";
import type { Producer, ProducerBatch } from "./producer";

/** The batch of a partition that still takes records, or null. */
export function openBatch(producer: Producer, partition: TopicPartitionName): ProducerBatch | null {
  const batches = producer.accumulator.get(partition);
  const batch = batches?.[batches.length - 1];
  return batch && !batch.closed ? batch : null;
}

/** Adds a record to the open batch of its partition if it fits into batch.size; closes that batch and returns 0 if not, else returns the bytes added. */
export function tryAppend(producer: Producer, partition: TopicPartitionName, record: NewRecord): number {
  const batch = openBatch(producer, partition);
  if (!batch) return 0;
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

/** Size in bytes of a batch of one record that holds so much: what max.request.size and buffer.memory are compared with. */
export function aloneInBatch(contentBytes: number): number {
  return RECORD_BATCH_OVERHEAD_BYTES + recordSizeWith(0, 0, contentBytes);
}

/** Starts a batch with this record, however large it is; returns the bytes added. */
export function appendNewBatch(producer: Producer, topic: string, partition: number, nowUs: number, record: NewRecord): number {
  const batch = emptyBatch(topic, partition, nowUs, allocationFor(producer, record), record.source);
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

/** The batch as it goes into a request; closed from now on. What somebody has written stands beside what the source has made, and then all of it is written down. */
export function seal(producerActor: number, batch: ProducerBatch): SentBatch {
  if (batch.sealed) return batch.sealed;
  const { source, rows, texts, baseTimestampMs, maxTimestampMs, sizeInBytes } = batch;
  batch.closed = true;
  batch.sealed = texts ? written(producerActor, batch, texts) : guard({ source, producerActor, rows, baseTimestampMs, maxTimestampMs, sizeInBytes });
  return batch.sealed;
}

function written(producerActor: number, { source, rows, baseTimestampMs, sizeInBytes }: ProducerBatch, texts: NonNullable<ProducerBatch["texts"]>): SentBatch {
  const column = (at: number): number[] => rows.filter((_, index) => index % ROW === at);
  const sendNumbers = column(0);
  const timestampDeltasMs = column(3);
  const records = sendNumbers.map((sendNumber, index) => texts.get(index) ?? textOf(source, sendNumber, rows[index * ROW + 1] as number, rows[index * ROW + 2] as number));
  return makeRecordBatch({
    keys: records.map(({ key }) => key),
    values: records.map(({ value }) => value),
    baseTimestampMs,
    timestampDeltasMs: timestampDeltasMs.every((deltaMs) => deltaMs === 0) ? null : timestampDeltasMs,
    origin: share({ producerActor, sendNumbers }),
    sizeInBytes,
  });
}

/** The records of a batch that was too large for its topic, in two batches that count as new (`RecordAccumulator.splitAndReenqueue`). */
export function split(batch: ProducerBatch): ProducerBatch[] {
  const { topic, partition, createdUs, source, rows, texts } = batch;
  const count = recordsIn(batch);
  const halves = [emptyBatch(topic, partition, createdUs, 0, source), emptyBatch(topic, partition, createdUs, 0, source)] as const;
  for (let index = 0; index < count; index++) {
    const [sendNumber, keyNumber, draw, deltaMs] = [rows[index * ROW] as number, rows[index * ROW + 1] as number, rows[index * ROW + 2] as number, rows[index * ROW + 3] as number];
    const text = texts?.get(index) ?? null;
    const record: NewRecord = { source, keyNumber, draw, text, timestampMs: batch.baseTimestampMs + deltaMs, sendNumber, contentBytes: sizeOfText(text ?? textOf(source, sendNumber, keyNumber, draw)) };
    const half = halves[index < count >> 1 ? 0 : 1];
    add(half, record, sizeInBatch(half, record));
  }
  for (const half of halves) half.closed = true;
  return [...halves];
}

export function recordsIn({ rows }: ProducerBatch): number {
  return rows.length / ROW;
}

const NO_ROWS: number[] = [];

function emptyBatch(topic: string, partition: number, createdUs: number, allocatedBytes: number, source: RecordSource): ProducerBatch {
  return {
    topic,
    partition,
    createdUs,
    source,
    rows: NO_ROWS,
    texts: null,
    baseTimestampMs: 0,
    maxTimestampMs: 0,
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
  return Math.max(producer.config.batchSize, aloneInBatch(record.contentBytes));
}

export function isFull(producer: Producer, batch: ProducerBatch): boolean {
  return batch.closed || batch.sizeInBytes >= producer.config.batchSize;
}

function sizeInBatch(batch: ProducerBatch, { timestampMs, contentBytes }: NewRecord): number {
  const count = batch.rows.length / ROW;
  return recordSizeWith(count, count === 0 ? 0 : timestampMs - batch.baseTimestampMs, contentBytes);
}

function add(batch: ProducerBatch, record: NewRecord, size: number): void {
  const { rows } = batch;
  const { source, keyNumber, draw, timestampMs, sendNumber } = record;
  const isFirst = rows.length === 0;
  if (isFirst) batch.baseTimestampMs = timestampMs;
  // Its texts are those of another source, or nobody's.
  if (record.text || source !== batch.source) (batch.texts ??= new Map()).set(rows.length / ROW, record.text ?? textOf(source, sendNumber, keyNumber, draw));
  // Many batches have but one.
  if (isFirst) batch.rows = [sendNumber, keyNumber, draw, 0];
  else rows.push(sendNumber, keyNumber, draw, timestampMs - batch.baseTimestampMs);
  countRow(batch, timestampMs, size);
}

/** A record stands in the rows of a batch that takes so many bytes. */
export function countRow(batch: ProducerBatch, timestampMs: number, size: number): void {
  if (timestampMs > batch.maxTimestampMs) batch.maxTimestampMs = timestampMs;
  batch.sizeInBytes += size;
}
