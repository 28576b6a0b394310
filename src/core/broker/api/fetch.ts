/**
 * Fetch, version 12. Consumers pull: a Fetch that finds too little waits on the broker (in its "purgatory", `DelayedFetch`) until
 * fetch.min.bytes are there or fetch.max.wait.ms has passed (FET-1 to FET-5).
 * Simplified: no fetch sessions (a broker may always answer sessionless), no followers, read_uncommitted equals read_committed
 * while there are no transactions.
 */
import type { FetchPartitionResponse, FetchRequest } from "../../kafka/api/fetch";
import { intConfig } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import type { ApiHandler, Broker, BrokerContext } from "../broker";
import type { RequestId } from "../handlerResult";
import type { ParkedApi } from "../parkedApi";
import { park, type ParkedFetch } from "../purgatory";
import { readableBytes, readLog } from "../log/read";

export const fetch: ApiHandler<FetchRequest> = (broker, context, request, requestId) => {
  const { maxWaitMs, topics } = request;
  if (maxWaitMs <= 0 || topics.length === 0 || hasError(broker, request) || hasEnough(broker, request)) return answer(broker, context, requestId, request);
  park(broker.purgatory, context, { api: "Fetch", requestId, request, partitions: partitionNames(request), deadlineUs: context.nowUs + maxWaitMs * 1000 });
};

/** `DelayedFetch`: it waits for bytes, or for what is wrong with one of its partitions; late, it is answered with what there is. */
export const parkedFetch: ParkedApi<ParkedFetch> = {
  isDone: (broker, { request }, changed) => !broker.logs.has(changed) || hasEnough(broker, request) || hasError(broker, request),
  answer: (broker, context, { requestId, request }) => answer(broker, context, requestId, request),
};

function answer(broker: Broker, context: BrokerContext, requestId: RequestId, request: FetchRequest): void {
  let bytesLeft = Math.min(request.maxBytes, intConfig("broker", broker.configs, "fetch.max.bytes"));
  let isFirst = true;
  const responses = request.topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition, fetchOffset, partitionMaxBytes }): FetchPartitionResponse => {
      const log = broker.logs.get(formatTopicPartition(topic, partition));
      if (!log || !broker.metadata.topics.has(topic)) return unknownPartition(partition);
      const read = readLog(log, fetchOffset, Math.min(partitionMaxBytes, bytesLeft), isFirst);
      if (read.slices.length > 0) isFirst = false;
      bytesLeft = Math.max(0, bytesLeft - read.sizeInBytes);
      return {
        partitionIndex: partition,
        errorCode: read.errorCode,
        highWatermark: log.highWatermark,
        lastStableOffset: log.lastStableOffset,
        logStartOffset: log.logStartOffset,
        records: read.slices,
      };
    }),
  }));
  context.respond(requestId, { api: "Fetch", errorCode: ErrorCode.NONE, responses });
}

function unknownPartition(partitionIndex: number): FetchPartitionResponse {
  return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, highWatermark: -1, lastStableOffset: -1, logStartOffset: -1, records: [] };
}

function hasError(broker: Broker, { topics }: FetchRequest): boolean {
  for (const { topic, partitions } of topics) {
    for (const { partition, fetchOffset } of partitions) {
      const log = broker.logs.get(formatTopicPartition(topic, partition));
      if (!log || fetchOffset < log.logStartOffset || fetchOffset > log.logEndOffset) return true;
    }
  }
  return false;
}

function hasEnough(broker: Broker, { topics, minBytes }: FetchRequest): boolean {
  let bytes = 0;
  for (const { topic, partitions } of topics) {
    for (const { partition, fetchOffset, partitionMaxBytes } of partitions) {
      const log = broker.logs.get(formatTopicPartition(topic, partition));
      if (log && fetchOffset < log.highWatermark) bytes += Math.min(partitionMaxBytes, readableBytes(log, fetchOffset, minBytes - bytes));
      if (bytes >= minBytes) return true;
    }
  }
  return false;
}

function partitionNames({ topics }: FetchRequest): TopicPartitionName[] {
  const names: TopicPartitionName[] = [];
  for (const { topic, partitions } of topics) for (const { partition } of partitions) names.push(formatTopicPartition(topic, partition));
  return names;
}
