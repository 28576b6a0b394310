/**
 * Fetch, version 12. Consumers pull: a Fetch that finds too little waits on the broker (in its "purgatory", `DelayedFetch`) until
 * fetch.min.bytes are there or fetch.max.wait.ms has passed (FET-1 to FET-5).
 * Simplified: no fetch sessions (a broker may always answer sessionless), no followers, read_uncommitted equals read_committed
 * while there are no transactions.
 */
import type { FetchPartitionResponse, FetchRequest } from "../../kafka/api";
import { intConfig } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import type { ApiHandler, Broker, BrokerContext } from "../broker";
import type { RequestId } from "../handlerResult";
import { advanceHighWatermark } from "../log/partitionLog";
import { readableBytes, readLog } from "../log/read";

/** A request that waits for bytes. Frozen: what it waits for is read from the logs again each time. */
export interface ParkedFetch {
  readonly requestId: RequestId;
  readonly request: FetchRequest;
}

export const fetch: ApiHandler<FetchRequest> = (broker, context, request, requestId) => {
  if (request.maxWaitMs <= 0 || request.topics.length === 0 || hasError(broker, request) || hasEnough(broker, request)) {
    answer(broker, context, { requestId, request });
    return;
  }
  broker.parkedFetches.set(requestId, Object.freeze({ requestId, request }));
  for (const name of partitionNames(request)) waiting(broker, name).add(requestId);
  context.setTimer(fetchTimer(requestId), context.nowUs + request.maxWaitMs * 1000);
};

/** The log of a partition has grown, or the partition is gone: moves the high watermark and answers the fetches that now have enough. */
export function advanced(broker: Broker, context: BrokerContext, partition: TopicPartitionName): void {
  const log = broker.logs.get(partition);
  if (log) advanceHighWatermark(log);
  for (const requestId of [...(broker.fetchesByPartition.get(partition) ?? [])]) {
    const parked = broker.parkedFetches.get(requestId);
    if (parked && (!log || hasEnough(broker, parked.request))) unpark(broker, context, parked);
  }
}

/** fetch.max.wait.ms has passed: answers with what there is. */
export function onFetchTimer(broker: Broker, context: BrokerContext, requestId: RequestId): void {
  const parked = broker.parkedFetches.get(requestId);
  if (parked) unpark(broker, context, parked);
}

/** The client is gone: nobody waits any more. */
export function dropParkedFetch(broker: Broker, context: BrokerContext, requestId: RequestId): void {
  const parked = broker.parkedFetches.get(requestId);
  if (parked) remove(broker, context, parked);
}

function fetchTimer(requestId: RequestId): string {
  return `fetch ${requestId}`;
}

function unpark(broker: Broker, context: BrokerContext, parked: ParkedFetch): void {
  remove(broker, context, parked);
  answer(broker, context, parked);
}

function remove(broker: Broker, context: BrokerContext, { requestId, request }: ParkedFetch): void {
  broker.parkedFetches.delete(requestId);
  for (const name of partitionNames(request)) {
    const requests = waiting(broker, name);
    requests.delete(requestId);
    if (requests.size === 0) broker.fetchesByPartition.delete(name);
  }
  context.cancelTimer(fetchTimer(requestId));
}

function answer(broker: Broker, context: BrokerContext, { requestId, request }: ParkedFetch): void {
  let bytesLeft = Math.min(request.maxBytes, intConfig("broker", broker.configs, "fetch.max.bytes"));
  let isFirst = true;
  const responses = request.topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition, fetchOffset, partitionMaxBytes }): FetchPartitionResponse => {
      const log = broker.logs.get(formatTopicPartition(topic, partition));
      if (!log || !broker.metadata.topics.has(topic)) return unknownPartition(partition);
      const read = readLog(log, fetchOffset, Math.min(partitionMaxBytes, bytesLeft), isFirst);
      if (read.batches.length > 0) isFirst = false;
      bytesLeft = Math.max(0, bytesLeft - read.sizeInBytes);
      return {
        partitionIndex: partition,
        errorCode: read.errorCode,
        highWatermark: log.highWatermark,
        lastStableOffset: log.lastStableOffset,
        logStartOffset: log.logStartOffset,
        records: read.batches,
      };
    }),
  }));
  context.respond(requestId, { api: "Fetch", errorCode: ErrorCode.NONE, responses });
}

function unknownPartition(partitionIndex: number): FetchPartitionResponse {
  return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, highWatermark: -1, lastStableOffset: -1, logStartOffset: -1, records: [] };
}

function hasError(broker: Broker, request: FetchRequest): boolean {
  return request.topics.some(({ topic, partitions }) =>
    partitions.some(({ partition, fetchOffset }) => {
      const log = broker.logs.get(formatTopicPartition(topic, partition));
      return !log || fetchOffset < log.logStartOffset || fetchOffset > log.logEndOffset;
    }),
  );
}

function hasEnough(broker: Broker, request: FetchRequest): boolean {
  let bytes = 0;
  for (const { topic, partitions } of request.topics) {
    for (const { partition, fetchOffset, partitionMaxBytes } of partitions) {
      const log = broker.logs.get(formatTopicPartition(topic, partition));
      if (log) bytes += Math.min(partitionMaxBytes, readableBytes(log, fetchOffset, request.minBytes - bytes));
      if (bytes >= request.minBytes) return true;
    }
  }
  return false;
}

function* partitionNames(request: FetchRequest): Generator<TopicPartitionName> {
  for (const { topic, partitions } of request.topics) for (const { partition } of partitions) yield formatTopicPartition(topic, partition);
}

function waiting(broker: Broker, name: TopicPartitionName): Set<RequestId> {
  let requests = broker.fetchesByPartition.get(name);
  if (!requests) broker.fetchesByPartition.set(name, (requests = new Set()));
  return requests;
}
