import type { FetchRequest, FetchResponse } from "../../kafka/api/fetch";
import { groupByTopic } from "../../kafka/consumerProtocol";
import { ErrorCode, invalidatesMetadata } from "../../kafka/errors";
import { nextOffset, recordOffset, type RecordBatch } from "../../kafka/recordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { connection, type ClientContext } from "../client";
import { isReachable, reachableAtUs, sendRequest } from "../connections";
import { refreshMetadata } from "../topicMetadata";
import type { Consumer, OwnedPartition, RecordRange } from "./consumer";
import { resetOffsets } from "./offsets";
import { RECONNECT_TIMER } from "./waiting";
import { share } from "../../sim/share";

/** Sends one Fetch to every broker that has none in flight and leads a partition whose fetched records are used up (`AbstractFetch.prepareFetchRequests`). */
export function sendFetches(consumer: Consumer, context: ClientContext): void {
  const byNode = new Map<number, OwnedPartition[]>();
  for (const owned of consumer.partitions.values()) {
    if (owned.position === null || hasFetched(consumer, owned)) continue;
    const leader = consumer.metadata.topics.get(owned.topic)?.[owned.partition];
    if (leader === undefined) refreshMetadata(consumer, context, consumer.topics);
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
      else if (errorCode !== ErrorCode.NONE && invalidatesMetadata(errorCode)) refreshMetadata(consumer, context, consumer.topics);
      else if (errorCode === ErrorCode.NONE) {
        owned.highWatermark = highWatermark;
        for (const batch of records) consumer.completedFetches.push(rangeFrom(topic, partitionIndex, batch, owned.position));
      }
    }
  }
  resetOffsets(consumer, context, outOfRange, "OffsetOutOfRangeException");
}

/** The answer to a Fetch will not come: its partitions are fetched again, from whoever leads them now. */
export function loseFetch(consumer: Consumer, context: ClientContext, requestId: number): void {
  if (consumer.fetches.delete(requestId)) refreshMetadata(consumer, context, consumer.topics);
}

/** What `poll()` returns: up to max.poll.records of what was fetched, oldest first; moves the positions past it. Returns whether there is any. */
export function takeRecords(consumer: Consumer): boolean {
  let wanted = consumer.config.maxPollRecords;
  let taken = 0;
  for (let first = consumer.completedFetches[0]; first && wanted > 0; first = consumer.completedFetches[0]) {
    const count = Math.min(wanted, first.end - first.next);
    if (count > 0) consumer.polled.push({ ...first, end: first.next + count });
    first.next += count;
    wanted -= count;
    taken += count;
    const isUsedUp = first.next === first.end;
    movePosition(consumer, first, isUsedUp);
    if (isUsedUp) consumer.completedFetches.shift();
  }
  return taken > 0;
}

/** The partition is owned no more: what was fetched of it is dropped. */
export function dropPartition(consumer: Consumer, { topic, partition }: OwnedPartition): void {
  consumer.partitions.delete(formatTopicPartition(topic, partition));
  consumer.completedFetches = consumer.completedFetches.filter((range) => range.topic !== topic || range.partition !== partition);
}

function movePosition(consumer: Consumer, range: RecordRange, isUsedUp: boolean): void {
  const owned = consumer.partitions.get(formatTopicPartition(range.topic, range.partition));
  if (!owned) throw new Error(`records of ${range.topic}-${range.partition}, which is not owned`);
  owned.position = isUsedUp ? nextOffset(range.batch) : recordOffset(range.batch, range.next);
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
  consumer.fetches.set(requestId, share({ nodeId, partitions: asked }));
}

/** A batch is fetched whole; its records before the position are skipped. */
function rangeFrom(topic: string, partition: number, batch: RecordBatch, position: number): RecordRange {
  let next = 0;
  while (next < batch.columns.count && recordOffset(batch, next) < position) next++;
  return { topic, partition, batch, next, end: batch.columns.count };
}

function hasFetched(consumer: Consumer, { topic, partition }: OwnedPartition): boolean {
  return consumer.completedFetches.some((range) => range.topic === topic && range.partition === partition);
}

function isFetching(consumer: Consumer, nodeId: number): boolean {
  for (const request of consumer.fetches.values()) if (request.nodeId === nodeId) return true;
  return false;
}
