import { timer } from "../../sim/timer";
import { keyText, nextKeyNumber, nextPauseUs, nextValue } from "../../apps/recordSource";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { ClientContext } from "../client";
import { refreshMetadata } from "../topicMetadata";
import { aloneInBatch, appendNewBatch, hasMemoryFor, newRecord, tryAppend, type NewRecord } from "./accumulator";
import { hashKey, partitionForHash, stickyPartition, updateSticky } from "./partitioner";
import type { PartitionDecisionMade, Producer } from "./producer";
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
  while (producer.nextSendUs <= untilUs) sendNext(producer, context, producer.nextSendUs);
}

/** The application's next `send()`, at a virtual time in µs. */
function sendNext(producer: Producer, context: ClientContext, atUs: number): void {
  const key = keyText(producer.source.keys, nextKeyNumber(producer.source.keys, producer.random));
  const value = nextValue(producer.source, producer.sent, producer.random);
  producer.blocked = share({ key, value, topicIndex: 0, waitsFor: null });
  if (producer.hasOtherClients) context.made(key, value, producer.made);
  producer.made++;
  sendBlocked(producer, context, atUs);
}

/** Goes on with a `send()` that waited for metadata or for buffer memory, and with what the sender can do then. */
export function continueSend(producer: Producer, context: ClientContext): void {
  sendBlocked(producer, context, context.nowUs);
  runSender(producer, context);
}

function sendBlocked(producer: Producer, context: ClientContext, atUs: number): void {
  producer.nextSendUs = producer.blocked ? Infinity : producer.nextSendUs;
  while (producer.blocked) {
    const { key, value, topicIndex } = producer.blocked;
    const topic = producer.topics[topicIndex];
    if (topic === undefined) {
      producer.blocked = null;
      scheduleNext(producer, atUs);
      break;
    }
    const waitsFor = send(producer, context, topic, newRecord(key, value, Math.floor(atUs / 1000), producer.sent), atUs);
    if (waitsFor) {
      if (atUs !== context.nowUs) throw new Error(`send() waits for ${waitsFor}, and nobody was there at ${atUs}`);
      if (!producer.blocked.waitsFor) context.setTimer(MAX_BLOCK_TIMER, atUs + producer.config.maxBlockMs * 1000);
      producer.blocked = share({ ...producer.blocked, waitsFor });
      break;
    }
    context.cancelTimer(MAX_BLOCK_TIMER);
    producer.sent++;
    producer.blocked = share({ key, value, topicIndex: topicIndex + 1, waitsFor: null });
  }
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
  if (aloneInBatch(record) > Math.min(producer.config.maxRequestSize, producer.config.bufferMemory)) {
    producer.failed++;
    return null;
  }
  const isKeyed = record.key !== null && !producer.config.ignoreKeys;
  const isAppended = isKeyed ? appendKeyed(producer, topic, partitions, record, record.key, atUs) : appendSticky(producer, context, topic, partitions, record, atUs);
  return isAppended ? null : "memory";
}

function appendKeyed(producer: Producer, topic: string, partitions: number, record: NewRecord, key: string, atUs: number): boolean {
  const hash = hashKey(key);
  const partition = partitionForHash(hash, partitions);
  if (tryAppend(producer, formatTopicPartition(topic, partition), record) === 0) {
    if (!hasMemoryFor(producer, record)) return false;
    appendNewBatch(producer, topic, partition, atUs, record);
  }
  remember(producer, { topic, key, partition, partitions, hash, stickyBytes: null });
  return true;
}

/**
 * `RecordAccumulator.append` with the built-in partitioner. Whether to switch is looked at before the record is added, again when its batch
 * was closed for want of room, and after it was added.
 */
function appendSticky(producer: Producer, context: ClientContext, topic: string, partitions: number, record: NewRecord, atUs: number): boolean {
  const switchesAfter = (bytes: number): boolean => {
    const taken = stickyPartition(producer, topic, partitions).bytes + bytes;
    if (!updateSticky(producer, topic, partitions, bytes)) return false;
    context.tell({ type: "stickySwitched", topic, partition: stickyPartition(producer, topic, partitions).partition, bytes: taken });
    return true;
  };
  const tryHere = (): number => tryAppend(producer, formatTopicPartition(topic, stickyPartition(producer, topic, partitions).partition), record);
  switchesAfter(0);
  let added = tryHere();
  if (added === 0 && switchesAfter(0)) added = tryHere();
  const { partition, bytes } = stickyPartition(producer, topic, partitions);
  if (added === 0) {
    if (!hasMemoryFor(producer, record)) return false;
    added = appendNewBatch(producer, topic, partition, atUs, record);
  }
  remember(producer, { topic, key: record.key, partition, partitions, hash: null, stickyBytes: bytes + added });
  switchesAfter(added);
  return true;
}

function remember(producer: Producer, decision: PartitionDecisionMade): void {
  producer.decisions.push(share(decision));
  if (producer.decisions.length > 8) producer.decisions.shift();
}
