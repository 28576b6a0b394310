import { timer } from "../../sim/timer";
import { drawIn, nextDraw, nextKeyNumber, nextPauseUs } from "../../apps/recordSource";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { ClientContext } from "../client";
import { refreshMetadata } from "../topicMetadata";
import type { RecordSource } from "../../apps/program";
import { aloneInBatch, appendNewBatch, hasMemoryFor, tryAppend } from "./accumulator";
import { appendRun } from "./appendRun";
import { remember } from "./decisions";
import { keyTable } from "./keyTable";
import { contentBytesOf, type NewRecord, type RecordText, sizeOfText, textOf } from "./newRecord";
import { hashKey, partitionForHash, stickyPartition, updateSticky } from "./partitioner";
import type { BlockedSend, Producer, StickyPartition } from "./producer";
import { runSender } from "./sender";
import { share } from "../../sim/share";

export const MAX_BLOCK_TIMER = timer("max block");

/** Starts the application: it first sends after one pause. */
export function startApplication(producer: Producer, context: ClientContext): void {
  if (producer.topics.length > 0) refreshMetadata(producer, context, producer.topics);
  scheduleNext(producer, context.nowUs);
  runSender(producer, context);
}

/**
 * Does all that the application has done up to a virtual time in µs: every `send()` that is due, each as it was at its own moment. What is due
 * at a moment comes before whatever else reaches the producer then; and the sender is there before anything comes of it (`wake.ts`). So
 * whoever looks in between, at what was sent before this very moment, changes nothing.
 */
export function catchUp(producer: Producer, context: ClientContext, untilUs = context.nowUs): void {
  while (producer.nextSendUs <= untilUs) {
    appendRun(producer, untilUs);
    if (producer.nextSendUs <= untilUs) sendNext(producer, context, producer.nextSendUs);
  }
}

/** The application's next `send()`, at a virtual time in µs. */
function sendNext(producer: Producer, context: ClientContext, atUs: number): void {
  const { source, random } = producer;
  const keyNumber = nextKeyNumber(source.keys, random);
  const draw = nextDraw(random);
  if (producer.hasOtherClients) {
    const { key, value } = textOf(source, producer.sent, keyNumber, draw);
    context.made(key, value, producer.made);
  }
  producer.made++;
  sendFrom(producer, context, atUs, source, keyNumber, draw, null, 0);
}

/** Goes on with a `send()` that waited for metadata or for buffer memory, and with what the sender can do then. */
export function continueSend(producer: Producer, context: ClientContext): void {
  const { blocked } = producer;
  if (blocked) sendFrom(producer, context, context.nowUs, blocked.source, blocked.keyNumber, blocked.draw, blocked.text, blocked.topicIndex);
  const { bufferedBytes } = producer;
  runSender(producer, context);
  // What is not acknowledged, or has expired, has made room by being sent, or given up.
  if (producer.blocked?.waitsFor === "memory" && producer.bufferedBytes < bufferedBytes) continueSend(producer, context);
}

/** Sends a record to all of the topics from one on, as far as it can. */
function sendFrom(producer: Producer, context: ClientContext, atUs: number, source: RecordSource, keyNumber: number, draw: number, text: RecordText | null, firstTopic: number): void {
  const { topics } = producer;
  for (let topicIndex = firstTopic; topicIndex < topics.length; topicIndex++) {
    const sendNumber = producer.sent;
    const contentBytes = text ? sizeOfText(text) : contentBytesOf(source, keyNumber, sendNumber - topicIndex);
    const waitsFor = send(producer, context, topics[topicIndex] as string, { source, keyNumber, draw: drawIn(draw, topicIndex), text, timestampMs: Math.floor(atUs / 1000), sendNumber, contentBytes }, atUs);
    if (waitsFor) return block(producer, context, atUs, share({ source, keyNumber, draw, text, topicIndex, waitsFor }));
    producer.sent++;
    // The next topic is waited for anew.
    if (producer.blocked) {
      producer.blocked = null;
      context.cancelTimer(MAX_BLOCK_TIMER);
    }
  }
  producer.blocked = null;
  scheduleNext(producer, atUs);
}

function block(producer: Producer, context: ClientContext, atUs: number, blocked: BlockedSend): void {
  if (atUs !== context.nowUs) throw new Error(`send() waits for ${blocked.waitsFor}, and nobody was there at ${atUs}`);
  if (!producer.blocked?.waitsFor) context.setTimer(MAX_BLOCK_TIMER, atUs + producer.config.maxBlockMs * 1000);
  producer.blocked = blocked;
  producer.nextSendUs = Infinity;
}

/** max.block.ms has passed: `send()` throws a TimeoutException, and the application goes on with its next record. */
export function giveUpBlockedSend(producer: Producer, context: ClientContext): void {
  if (!producer.blocked) return;
  producer.sent++;
  producer.failed++;
  producer.blocked = null;
  scheduleNext(producer, context.nowUs);
  runSender(producer, context);
}

/** The application sends after one pause from then on, virtual µs, if it runs at all. */
export function scheduleNext(producer: Producer, fromUs: number): void {
  const mayRun = producer.source.ratePerSecond > 0 && (producer.topics.length > 0 || producer.hasOtherClients) && !producer.closing;
  producer.nextSendUs = mayRun ? fromUs + nextPauseUs(producer.source, producer.random) : Infinity;
}

/** One record to one topic (`KafkaProducer.doSend`). Returns what it must wait for, or null once it is in a batch, or refused as too large. */
function send(producer: Producer, context: ClientContext, topic: string, record: NewRecord, atUs: number): "metadata" | "memory" | null {
  const partitions = producer.metadata.topics.get(topic)?.length;
  if (partitions === undefined) {
    refreshMetadata(producer, context, producer.topics);
    return "metadata";
  }
  if (aloneInBatch(record.contentBytes) > Math.min(producer.config.maxRequestSize, producer.config.bufferMemory)) {
    producer.failed++;
    return null;
  }
  const hash = producer.config.ignoreKeys ? null : hashOf(record);
  const isAppended = hash !== null ? appendKeyed(producer, topic, partitions, record, hash, atUs) : appendSticky(producer, context, topic, partitions, record, atUs);
  return isAppended ? null : "memory";
}

function appendKeyed(producer: Producer, topic: string, partitions: number, record: NewRecord, hash: number, atUs: number): boolean {
  const partition = partitionForHash(hash, partitions);
  if (tryAppend(producer, formatTopicPartition(topic, partition), record) === 0) {
    if (!hasMemoryFor(producer, record)) return false;
    appendNewBatch(producer, topic, partition, atUs, record);
  }
  remember(producer, topic, record, partition, partitions, hash, 0);
  return true;
}

/**
 * `RecordAccumulator.append` with the built-in partitioner. Whether to switch is looked at before the record is added, again when its batch
 * was closed for want of room, and after it was added.
 */
function appendSticky(producer: Producer, context: ClientContext, topic: string, partitions: number, record: NewRecord, atUs: number): boolean {
  let sticky = stick(producer, context, topic, partitions, stickyPartition(producer, topic, partitions), 0);
  let added = tryAppend(producer, formatTopicPartition(topic, sticky.partition), record);
  if (added === 0) {
    const next = stick(producer, context, topic, partitions, sticky, 0);
    if (next !== sticky) added = tryAppend(producer, formatTopicPartition(topic, next.partition), record);
    sticky = next;
  }
  if (added === 0) {
    if (!hasMemoryFor(producer, record)) return false;
    added = appendNewBatch(producer, topic, sticky.partition, atUs, record);
  }
  remember(producer, topic, record, sticky.partition, partitions, null, sticky.bytes + added);
  stick(producer, context, topic, partitions, sticky, added);
  return true;
}

/** Takes note of what was added where records stick, and tells where they stick to another partition from then on. */
function stick(producer: Producer, context: ClientContext, topic: string, partitions: number, sticky: StickyPartition, bytes: number): StickyPartition {
  const next = updateSticky(producer, topic, partitions, sticky, bytes);
  if (next !== sticky) context.tell({ type: "stickySwitched", topic, partition: next.partition, bytes: sticky.bytes });
  return next;
}

/** Signed murmur2 of a record's key, or null. */
function hashOf({ source, keyNumber, text }: NewRecord): number | null {
  if (text) return text.key === null ? null : hashKey(text.key);
  return keyNumber < 0 ? null : (keyTable(source.keys).hashes[keyNumber] as number);
}
