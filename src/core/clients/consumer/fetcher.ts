import type { FetchRequest, FetchResponse } from "../../kafka/api/fetch";
import { groupByTopic } from "../../kafka/consumerProtocol";
import { ErrorCode, invalidatesMetadata } from "../../kafka/errors";
import { batchOfSlot, firstSlotOf, type RecordsSlice, timestampOfSlot } from "../../kafka/records/batchPage";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { delayIn } from "../../apps/attempt";
import { connection, type ClientContext } from "../client";
import { isReachable, reachableAtUs, sendRequest } from "../connections";
import { refreshMetadata } from "../topicMetadata";
import { topicsOf, type Consumer, type OwnedPartition, type RecordRange } from "./consumer";
import { resetOffsets } from "./offsets";
import { DUE_TIMER, RECONNECT_TIMER } from "./waiting";
import { guard } from "../../sim/share";

/** Records that a pool has not begun with: beyond it the application does not poll for more. */
const MOST_IN_POOL = 1000;

/** Sends one Fetch to every broker that has none in flight and leads a partition whose fetched records are used up (`AbstractFetch.prepareFetchRequests`). */
export function sendFetches(consumer: Consumer, context: ClientContext): void {
  const byNode = new Map<number, OwnedPartition[]>();
  for (const owned of consumer.partitions.values()) {
    if (owned.position === null || hasFetched(consumer, owned)) continue;
    const leader = consumer.metadata.topics.get(owned.topic)?.[owned.partition];
    if (leader === undefined) refreshMetadata(consumer, context, topicsOf(consumer));
    else if (!isReachable(consumer.connections, leader, context.nowUs)) context.setTimer(RECONNECT_TIMER, reachableAtUs(consumer.connections, leader));
    else if (!isFetching(consumer, leader)) {
      const together = byNode.get(leader);
      if (together) together.push(owned);
      else byNode.set(leader, [owned]);
    }
  }
  for (const [nodeId, partitions] of byNode) sendFetch(consumer, context, nodeId, partitions);
}

/** Keeps the answer's records until `poll()` takes them; what no longer fits the position is dropped. */
export function onFetchResponse(consumer: Consumer, context: ClientContext, requestId: number, response: FetchResponse): void {
  const request = consumer.fetches.get(requestId);
  if (!request) return;
  consumer.fetches.delete(requestId);
  const outOfRange: OwnedPartition[] = [];
  for (const { topic, partitions } of response.responses) {
    for (const { partitionIndex, errorCode, highWatermark, records } of partitions) {
      const owned = consumer.partitions.get(formatTopicPartition(topic, partitionIndex));
      const asked = request.partitions.find((part) => part.topic === topic && part.partition === partitionIndex);
      if (!owned || owned.position === null || owned.position !== asked?.fetchOffset) continue;
      if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) outOfRange.push(owned);
      else if (errorCode !== ErrorCode.NONE && invalidatesMetadata(errorCode)) refreshMetadata(consumer, context, topicsOf(consumer));
      else if (errorCode === ErrorCode.NONE) {
        owned.highWatermark = highWatermark;
        for (const slice of records) consumer.completedFetches.push(rangeFrom(topic, partitionIndex, slice, owned.position));
      }
    }
  }
  resetOffsets(consumer, context, outOfRange, "OffsetOutOfRangeException");
}

/** The answer to a Fetch will not come: its partitions are fetched again, from whoever leads them now. */
export function loseFetch(consumer: Consumer, context: ClientContext, requestId: number): void {
  if (consumer.fetches.delete(requestId)) refreshMetadata(consumer, context, topicsOf(consumer));
}

/**
 * What `poll()` returns: up to max.poll.records of what was fetched, oldest first; moves the positions past it. Returns whether there is any.
 * What the application does not want yet, for its delay is not over, stays behind, as in a partition that it has paused.
 */
export function takeRecords(consumer: Consumer, context: ClientContext): boolean {
  let wanted = Math.min(consumer.config.maxPollRecords, roomInPool(consumer));
  let taken = 0;
  for (let at = 0; at < consumer.completedFetches.length && wanted > 0; ) {
    const range = consumer.completedFetches[at] as RecordRange;
    const count = Math.min(wanted, countDue(consumer, context, range));
    if (count > 0) consumer.polled.push({ ...range, end: range.next + count });
    range.next += count;
    wanted -= count;
    taken += count;
    const isUsedUp = range.next === range.end;
    if (count > 0 || isUsedUp) movePosition(consumer, range, isUsedUp);
    if (isUsedUp) consumer.completedFetches.splice(at, 1);
    else at++;
  }
  return taken > 0;
}

/** How many more records the application takes: a pool takes what its workers will do in a while. */
function roomInPool({ processing, polled }: Consumer): number {
  if (!processing.workers) return Infinity;
  return Math.max(0, MOST_IN_POOL - polled.reduce((sum, { next, end }) => sum + end - next, 0));
}

/** Records of a range that need not wait any longer; looks again when the next one does not. */
function countDue({ processing }: Consumer, context: ClientContext, { topic, page, next, end }: RecordRange): number {
  const delayUs = delayIn(processing, topic) * 1000;
  if (delayUs === 0) return end - next;
  for (let slot = next; slot < end; slot++) {
    const dueUs = timestampOfSlot(page, batchOfSlot(page, slot), slot) * 1000 + delayUs;
    if (dueUs <= context.nowUs) continue;
    context.setTimer(DUE_TIMER, dueUs);
    return slot - next;
  }
  return end - next;
}

/** The partition is owned no more: what was fetched of it is dropped. */
export function dropPartition(consumer: Consumer, { topic, partition }: OwnedPartition): void {
  consumer.partitions.delete(formatTopicPartition(topic, partition));
  consumer.completedFetches = consumer.completedFetches.filter((range) => range.topic !== topic || range.partition !== partition);
}

function movePosition(consumer: Consumer, range: RecordRange, isUsedUp: boolean): void {
  const owned = consumer.partitions.get(formatTopicPartition(range.topic, range.partition));
  if (!owned) throw new Error(`records of ${range.topic}-${range.partition}, which is not owned`);
  owned.position = range.page.firstOffset + range.next;
  if (!isUsedUp) return;
  // To the end of the line, so that a broker that fills its answers with the first partitions starves none (`SubscriptionState.movePartitionToEnd`).
  const name = formatTopicPartition(range.topic, range.partition);
  consumer.partitions.delete(name);
  consumer.partitions.set(name, owned);
}

function sendFetch(consumer: Consumer, context: ClientContext, nodeId: number, partitions: readonly OwnedPartition[]): void {
  const { config } = consumer;
  const request: FetchRequest = {
    api: "Fetch",
    maxWaitMs: config.fetchMaxWaitMs,
    minBytes: config.fetchMinBytes,
    maxBytes: config.fetchMaxBytes,
    isolationLevel: config.isolationLevel,
    topics: groupByTopic(partitions).map(({ topic, partitions: indexes }) => ({
      topic,
      partitions: indexes.map((partition) => ({
        partition,
        currentLeaderEpoch: -1,
        fetchOffset: consumer.partitions.get(formatTopicPartition(topic, partition))?.position ?? 0,
        partitionMaxBytes: config.maxPartitionFetchBytes,
      })),
    })),
  };
  const requestId = sendRequest(consumer.connections, context, nodeId, connection.data, request, config.requestTimeoutMs);
  const asked = partitions.map(({ topic, partition, position }) => ({ topic, partition, fetchOffset: position ?? 0 }));
  consumer.fetches.set(requestId, guard({ nodeId, partitions: asked }));
}

/** Batches are fetched whole; records before the position are skipped. */
function rangeFrom(topic: string, partition: number, { page, from, to }: RecordsSlice, position: number): RecordRange {
  return { topic, partition, page, next: Math.max(firstSlotOf(page, from), position - page.firstOffset), end: firstSlotOf(page, to) };
}

function hasFetched(consumer: Consumer, { topic, partition }: OwnedPartition): boolean {
  return consumer.completedFetches.some((range) => range.topic === topic && range.partition === partition);
}

function isFetching(consumer: Consumer, nodeId: number): boolean {
  for (const request of consumer.fetches.values()) if (request.nodeId === nodeId) return true;
  return false;
}
