import { sendTimeUs, shortestPauseUs, valueSize } from "../../apps/recordSource";
import { RECORD_BATCH_OVERHEAD_BYTES } from "../../kafka/records/layout";
import { recordSizeWith, sizeOfBytes } from "../../kafka/records/encodeRecordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { isFull } from "./accumulator";
import { keyTable } from "./keyTable";
import type { Producer } from "./producer";

/**
 * When the sender must be there for what the application will have sent by then, virtual µs: no `send()` before that makes a batch ready for a
 * broker that takes requests, has to wait, or makes the sticky partition change. It may be too early, and then nothing is found, but never
 * too late. Everything between now and then, `catchUp` does in one go.
 */
export function wakeUs(producer: Producer, hasRoom: boolean): number {
  const { nextSendUs, config, source, random } = producer;
  if (nextSendUs === Infinity) return Infinity;
  if (needsEachSend(producer)) return nextSendUs;
  // A batch that the next record begins with; one that is there already is looked after.
  const waitsMs = hasRoom ? config.lingerMs : config.deliveryTimeoutMs;
  const beginsUs = Math.min(nextSendUs + waitsMs * 1000, nextSendUs + (recordsUntilBlocked(producer) - 1) * shortestPauseUs(source));
  const fills = hasRoom || !isKeyed(producer) ? recordsUntilFull(producer) : Infinity;
  // The times of records are drawn only as far as it matters.
  if (nextSendUs + (fills - 1) * shortestPauseUs(source) >= beginsUs) return beginsUs;
  return Math.min(beginsUs, sendTimeUs(source, random, nextSendUs, fills, beginsUs));
}

function needsEachSend({ hasOtherClients, topics, metadata, sticky, source, config }: Producer): boolean {
  if (hasOtherClients) return true;
  const isSticky = source.keys.kind === "none" || config.ignoreKeys;
  for (const topic of topics) {
    const partitions = metadata.topics.get(topic)?.length;
    if (partitions === undefined) return true;
    // The first choice of a partition is drawn between records.
    if (isSticky && (sticky.get(topic)?.partition ?? Infinity) >= partitions) return true;
  }
  return false;
}

function isKeyed({ source, config }: Producer): boolean {
  return source.keys.kind !== "none" && !config.ignoreKeys;
}

/** With which of the next records, counted from one, some batch may be full at the soonest, or the sticky partition another. */
function recordsUntilFull(producer: Producer): number {
  const { accumulator, config, topics, sticky } = producer;
  const most = mostRecordBytes(producer);
  let fullest = RECORD_BATCH_OVERHEAD_BYTES;
  for (const batches of accumulator.values()) {
    const last = batches[batches.length - 1];
    if (last && !isFull(producer, last) && last.sizeInBytes > fullest) fullest = last.sizeInBytes;
  }
  let records = Math.ceil((config.batchSize - fullest) / most);
  if (isKeyed(producer)) return Math.max(1, records);
  for (const topic of topics) {
    const { partition = 0, bytes = 0 } = sticky.get(topic) ?? {};
    const last = accumulator.get(formatTopicPartition(topic, partition))?.at(-1);
    const isOpen = last !== undefined && !isFull(producer, last);
    records = Math.min(records, bytes >= config.batchSize && !isOpen ? 1 : Math.ceil((config.batchSize * 2 - bytes) / (most + RECORD_BATCH_OVERHEAD_BYTES)));
  }
  return Math.max(1, records);
}

/** With which of the next records `send()` may find no memory for a new batch at the soonest. */
function recordsUntilBlocked(producer: Producer): number {
  const { config, bufferedBytes, topics } = producer;
  const allocation = Math.max(config.batchSize, RECORD_BATCH_OVERHEAD_BYTES + mostRecordBytes(producer));
  // With other configs there may be less memory than is in use.
  const batches = Math.max(0, Math.floor((config.bufferMemory - bufferedBytes) / allocation));
  return 1 + Math.floor(batches / Math.max(1, topics.length));
}

/** Of one of the next records in a batch, whatever stands there before it. */
function mostRecordBytes({ source, sent, config }: Producer): number {
  const value = valueSize(source, sent + MANY);
  // The times in a batch are no further apart than its records wait.
  return recordSizeWith(Math.ceil(config.batchSize / MIN_RECORD_BYTES), config.deliveryTimeoutMs, keyTable(source.keys).mostBytes + sizeOfBytes(value) + 1);
}

/** More records than one look ahead is about, so that their numbers have as many digits as they may get. */
const MANY = 1_000_000;
const MIN_RECORD_BYTES = 7;
