import { nextKey, nextPauseUs, nextValue } from "../../apps/recordSource";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { nowMs, type ClientContext } from "../client";
import { refreshMetadata } from "../topicMetadata";
import { allBatchesFull, appendNewBatch, tryAppend, type NewRecord } from "./accumulator";
import { hashKey, partitionForHash, stickyPartition, switchSticky, updateSticky } from "./partitioner";
import type { PartitionDecisionMade, Producer } from "./producer";
import { runSender } from "./sender";

export const APPLICATION_TIMER = "application";
export const MAX_BLOCK_TIMER = "max block";

/** Starts the application: it first sends after one pause. */
export function startApplication(producer: Producer, context: ClientContext): void {
  if (producer.topics.length > 0) refreshMetadata(producer.metadata, context, producer.topics);
  scheduleNext(producer, context);
}

/** The application's next `send()`. */
export function sendNext(producer: Producer, context: ClientContext): void {
  if (producer.closing || producer.blocked) return;
  const key = nextKey(producer.source.keys, producer.random);
  producer.blocked = Object.freeze({ key, value: nextValue(producer.source, producer.sent, producer.random), topicIndex: 0, sinceUs: context.nowUs });
  continueSend(producer, context);
}

/** Goes on with a `send()` that waited for metadata or for buffer memory. */
export function continueSend(producer: Producer, context: ClientContext): void {
  while (producer.blocked) {
    const { key, value, topicIndex, sinceUs } = producer.blocked;
    const topic = producer.topics[topicIndex];
    if (topic === undefined) {
      producer.blocked = null;
      context.cancelTimer(MAX_BLOCK_TIMER);
      scheduleNext(producer, context);
      break;
    }
    const partitions = producer.metadata.topics.get(topic)?.length;
    if (partitions === undefined || producer.bufferedBytes > producer.config.bufferMemory) {
      if (partitions === undefined) refreshMetadata(producer.metadata, context, producer.topics);
      context.setTimer(MAX_BLOCK_TIMER, sinceUs + producer.config.maxBlockMs * 1000);
      break;
    }
    appendRecord(producer, context, topic, partitions, { key, value, timestampMs: nowMs(context), sendNumber: producer.sent });
    producer.sent++;
    producer.blocked = Object.freeze({ ...producer.blocked, topicIndex: topicIndex + 1 });
  }
  runSender(producer, context);
}

/** max.block.ms has passed: `send()` throws a TimeoutException, and the application goes on with its next record. */
export function giveUpBlockedSend(producer: Producer, context: ClientContext): void {
  if (!producer.blocked) return;
  producer.sent++;
  producer.failed++;
  producer.blocked = null;
  scheduleNext(producer, context);
}

export function scheduleNext(producer: Producer, context: ClientContext): void {
  const mayRun = producer.source.ratePerSecond > 0 && producer.topics.length > 0 && !producer.closing;
  if (mayRun) context.setTimer(APPLICATION_TIMER, context.nowUs + nextPauseUs(producer.source, producer.random));
  else context.cancelTimer(APPLICATION_TIMER);
}

function appendRecord(producer: Producer, context: ClientContext, topic: string, partitions: number, record: NewRecord): void {
  if (record.key !== null && !producer.config.ignoreKeys) {
    const hash = hashKey(record.key);
    const partition = partitionForHash(hash, partitions);
    appendTo(producer, context, topic, partition, record);
    remember(producer, { topic, key: record.key, partition, partitions, hash, stickyBytes: null });
  } else appendSticky(producer, context, topic, partitions, record);
}

/** `RecordAccumulator.append` with the built-in partitioner: the switch is taken before a new batch is opened, and after each append. */
function appendSticky(producer: Producer, context: ClientContext, topic: string, partitions: number, record: NewRecord): void {
  let sticky = stickyPartition(producer, topic, partitions);
  let bytes = 0;
  const mustSwitch = (): boolean => sticky.bytes >= producer.config.batchSize && allBatchesFull(producer, formatTopicPartition(topic, sticky.partition));
  while (bytes === 0) {
    if (mustSwitch()) {
      sticky = switchSticky(producer, topic, partitions);
      context.observe({ type: "stickySwitched", topic, partition: sticky.partition, bytes: producer.config.batchSize });
    }
    bytes = tryAppend(producer, formatTopicPartition(topic, sticky.partition), record);
    // A batch that was closed for want of room counts as full now, so the switch is looked at once more.
    if (bytes === 0 && !mustSwitch()) bytes = appendNewBatch(producer, topic, sticky.partition, context.nowUs, record);
  }
  const { partition } = sticky;
  remember(producer, { topic, key: record.key, partition, partitions, hash: null, stickyBytes: sticky.bytes + bytes });
  if (updateSticky(producer, topic, partitions, bytes)) {
    context.observe({ type: "stickySwitched", topic, partition: stickyPartition(producer, topic, partitions).partition, bytes: sticky.bytes + bytes });
  }
}

function appendTo(producer: Producer, context: ClientContext, topic: string, partition: number, record: NewRecord): void {
  if (tryAppend(producer, formatTopicPartition(topic, partition), record) === 0) appendNewBatch(producer, topic, partition, context.nowUs, record);
}

function remember(producer: Producer, decision: PartitionDecisionMade): void {
  producer.decisions.push(Object.freeze(decision));
  if (producer.decisions.length > 8) producer.decisions.shift();
}
