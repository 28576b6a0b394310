/** ListOffsets, version 7: -1 latest, -2 earliest, or the first offset at a timestamp (FET-6). Simplified: no max-timestamp (-3) or tiered lookups. */
import type { ListOffsetsRequest } from "../../kafka/api/fetch";
import { ErrorCode } from "../../kafka/errors";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { ApiHandler } from "../broker";
import { offsetForTimestamp, type PartitionLog } from "../log/partitionLog";

const LATEST = -1;
const EARLIEST = -2;

export const listOffsets: ApiHandler<ListOffsetsRequest> = (broker, context, request, requestId) => {
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, timestamp }) => {
      const log = broker.logs.get(formatTopicPartition(name, partitionIndex));
      if (!log) return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, timestamp: -1, offset: -1 };
      return { partitionIndex, errorCode: ErrorCode.NONE, ...find(log, timestamp) };
    }),
  }));
  context.respond(requestId, { api: "ListOffsets", topics });
};

function find(log: PartitionLog, timestamp: number): { timestamp: number; offset: number } {
  if (timestamp === LATEST) return { timestamp: -1, offset: log.lastStableOffset };
  if (timestamp === EARLIEST) return { timestamp: -1, offset: log.logStartOffset };
  const found = offsetForTimestamp(log, timestamp);
  return found ? { timestamp: found.timestampMs, offset: found.offset } : { timestamp: -1, offset: -1 };
}
