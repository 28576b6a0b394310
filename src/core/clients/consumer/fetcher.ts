import type { FetchPartitionResponse, FetchRequest, FetchResponse } from "../../kafka/api/fetch";
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

/** Records that a pool has not begun with: beyond it the application does not poll for more. */
const MOST_IN_POOL = 1000;

/** Sends one Fetch to every broker that has none in flight and leads a partition whose fetched records are used up (`AbstractFetch.prepareFetchRequests`). */
export function sendFetches(consumer: Consumer, context: ClientContext): void {
  const asked: Asked[] = [];
  let topic: string | null = null;
  let leaders: readonly number[] | undefined;
  // That of the partition before, which mostly is this one's, too.
  let leader: number | undefined;
  let ofLeader: Asked | null = null;
  for (const owned of consumer.partitions.values()) {
    if (owned.position === null || hasFetched(consumer, owned)) continue;
    if (owned.topic !== topic) leaders = consumer.metadata.topics.get((topic = owned.topic));
    const ledBy = leaders?.[owned.partition];
    if (ledBy === undefined) {
      refreshMetadata(consumer, context, topicsOf(consumer));
      continue;
    }
    if (ledBy !== leader) ofLeader = askedOf(consumer, context, asked, (leader = ledBy));
    if (!ofLeader) continue;
    const { topics } = ofLeader;
    const last = topics[topics.length - 1];
    let ofTopic = last?.topic === owned.topic ? last : topics.find((one) => one.topic === owned.topic);
    if (!ofTopic) topics.push((ofTopic = { topic: owned.topic, partitions: [] }));
    ofTopic.partitions.push({ partition: owned.partition, currentLeaderEpoch: -1, fetchOffset: owned.position, partitionMaxBytes: consumer.config.maxPartitionFetchBytes });
  }
  for (const { nodeId, topics } of asked) sendFetch(consumer, context, nodeId, topics);
}

/** What a broker is asked for; null where it cannot be asked now. */
function askedOf(consumer: Consumer, context: ClientContext, asked: Asked[], nodeId: number): Asked | null {
  if (!isReachable(consumer.connections, nodeId, context.nowUs)) {
    context.setTimer(RECONNECT_TIMER, reachableAtUs(consumer.connections, nodeId));
    return null;
  }
  if (isFetching(consumer, nodeId)) return null;
  for (const known of asked) if (known.nodeId === nodeId) return known;
  const fresh: Asked = { nodeId, topics: [] };
  asked.push(fresh);
  return fresh;
}

interface Asked {
  readonly nodeId: number;
  readonly topics: { readonly topic: string; readonly partitions: FetchRequest["topics"][number]["partitions"][number][] }[];
}

/** Keeps the answer's records until `poll()` takes them; what no longer fits the position is dropped. Its partitions stand in the order of the request. */
export function onFetchResponse(consumer: Consumer, context: ClientContext, request: FetchRequest, response: FetchResponse): void {
  let outOfRange: OwnedPartition[] | null = null;
  for (let at = 0; at < response.responses.length; at++) {
    const { topic, partitions } = response.responses[at] as FetchResponse["responses"][number];
    const asked = request.topics[at]?.partitions ?? [];
    for (let index = 0; index < partitions.length; index++) {
      const { partitionIndex, errorCode, highWatermark, records } = partitions[index] as FetchPartitionResponse;
      const owned = consumer.partitions.get(formatTopicPartition(topic, partitionIndex));
      if (!owned || owned.position === null || owned.position !== asked[index]?.fetchOffset) continue;
      if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) (outOfRange ??= []).push(owned);
      else if (errorCode !== ErrorCode.NONE && invalidatesMetadata(errorCode)) refreshMetadata(consumer, context, topicsOf(consumer));
      else if (errorCode === ErrorCode.NONE) {
        owned.highWatermark = highWatermark;
        for (const slice of records) consumer.completedFetches.push(rangeFrom(topic, partitionIndex, slice, owned.position));
      }
    }
  }
  if (outOfRange) resetOffsets(consumer, context, outOfRange, "OffsetOutOfRangeException");
}

/** The answer to a Fetch will not come: its partitions are fetched again, from whoever leads them now. */
export function loseFetch(consumer: Consumer, context: ClientContext): void {
  refreshMetadata(consumer, context, topicsOf(consumer));
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
    if (isUsedUp) consumer.completedFetches.splice(at, 1);
    // What one Fetch gave of a partition may lie in several pages.
    if (count > 0 || isUsedUp) movePosition(consumer, range, isUsedUp && !isOfSame(consumer.completedFetches[at], range));
    if (!isUsedUp) at++;
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

function isOfSame(next: RecordRange | undefined, { topic, partition }: RecordRange): boolean {
  return next?.partition === partition && next.topic === topic;
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

function sendFetch({ config, connections }: Consumer, context: ClientContext, nodeId: number, topics: FetchRequest["topics"]): void {
  const { fetchMaxWaitMs: maxWaitMs, fetchMinBytes: minBytes, fetchMaxBytes: maxBytes, isolationLevel, requestTimeoutMs } = config;
  sendRequest(connections, context, nodeId, connection.data, { api: "Fetch", maxWaitMs, minBytes, maxBytes, isolationLevel, topics }, requestTimeoutMs);
}

/** Batches are fetched whole; records before the position are skipped. */
function rangeFrom(topic: string, partition: number, { page, from, to }: RecordsSlice, position: number): RecordRange {
  return { topic, partition, page, next: Math.max(firstSlotOf(page, from), position - page.firstOffset), end: firstSlotOf(page, to) };
}

function hasFetched({ completedFetches }: Consumer, { topic, partition }: OwnedPartition): boolean {
  for (const range of completedFetches) if (range.partition === partition && range.topic === topic) return true;
  return false;
}

function isFetching({ connections }: Consumer, nodeId: number): boolean {
  for (const { request, nodeId: of } of connections.inFlight) if (of === nodeId && request.api === "Fetch") return true;
  return false;
}
