/**
 * Fetch, version 12. Consumers pull: a Fetch that finds too little waits on the broker (in its "purgatory", `DelayedFetch`) until
 * fetch.min.bytes are there or fetch.max.wait.ms has passed (FET-1 to FET-5).
 * Simplified: no fetch sessions (a broker may always answer sessionless), no followers, read_uncommitted equals read_committed
 * while there are no transactions.
 */
import type { FetchPartitionResponse, FetchRequest } from "../../kafka/api/fetch";
import { type Configs, intConfig } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import type { ApiHandler, Broker, BrokerContext } from "../broker";
import type { RequestId } from "../handlerResult";
import type { ParkedApi } from "../parkedApi";
import { park, type ParkedFetch } from "../purgatory";
import { readableBytes, readLog } from "../log/read";

export const fetch: ApiHandler<FetchRequest> = (broker, context, request, requestId) => {
  const { maxWaitMs, topics } = request;
  if (maxWaitMs <= 0 || topics.length === 0 || isSatisfied(broker, request)) return answer(broker, context, requestId, request);
  park(broker.purgatory, context, { api: "Fetch", requestId, request, partitions: partitionNames(request), deadlineUs: context.nowUs + maxWaitMs * 1000 });
};

/** `DelayedFetch`: it waits for bytes, or for what is wrong with one of its partitions; late, it is answered with what there is. */
export const parkedFetch: ParkedApi<ParkedFetch> = {
  isDone: (broker, { request }) => isSatisfied(broker, request),
  answer: (broker, context, { requestId, request }) => answer(broker, context, requestId, request),
};

function answer(broker: Broker, context: BrokerContext, requestId: RequestId, request: FetchRequest): void {
  let bytesLeft = Math.min(request.maxBytes, mostBytes(broker.configs));
  let isFirst = true;
  // Lists that grow would leave more garbage than all else that is made here.
  const responses = request.topics.map(({ topic, partitions: asked }) => {
    const isKnown = broker.metadata.topics.has(topic);
    const partitions = asked.map(({ partition, fetchOffset, partitionMaxBytes }): FetchPartitionResponse => {
      const log = isKnown ? broker.logs.get(formatTopicPartition(topic, partition)) : undefined;
      if (!log) return unknownPartition(partition);
      const { errorCode, slices, sizeInBytes } = readLog(log, fetchOffset, Math.min(partitionMaxBytes, bytesLeft), isFirst);
      if (slices.length > 0) isFirst = false;
      bytesLeft = Math.max(0, bytesLeft - sizeInBytes);
      return { partitionIndex: partition, errorCode, highWatermark: log.highWatermark, lastStableOffset: log.lastStableOffset, logStartOffset: log.logStartOffset, records: slices };
    });
    return { topic, partitions };
  });
  context.respond(requestId, { api: "Fetch", errorCode: ErrorCode.NONE, responses });
}

/** The broker's own fetch.max.bytes. What configs say belongs to no world. */
function mostBytes(configs: Configs): number {
  let bytes = mostBytesBy.get(configs);
  if (bytes === undefined) mostBytesBy.set(configs, (bytes = intConfig("broker", configs, "fetch.max.bytes")));
  return bytes;
}

const mostBytesBy = new WeakMap<Configs, number>();

function unknownPartition(partitionIndex: number): FetchPartitionResponse {
  return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, highWatermark: -1, lastStableOffset: -1, logStartOffset: -1, records: [] };
}

/** Whether there are enough bytes, or something is wrong with one of its partitions. */
function isSatisfied(broker: Broker, { topics, minBytes }: FetchRequest): boolean {
  let bytes = 0;
  for (const { topic, partitions } of topics) {
    for (const { partition, fetchOffset, partitionMaxBytes } of partitions) {
      const log = broker.logs.get(formatTopicPartition(topic, partition));
      if (!log || fetchOffset < log.logStartOffset || fetchOffset > log.logEndOffset) return true;
      if (fetchOffset < log.highWatermark) bytes += Math.min(partitionMaxBytes, readableBytes(log, fetchOffset, minBytes - bytes));
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
