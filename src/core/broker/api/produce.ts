/**
 * Produce, version 12. Each partition gets exactly one batch, which is appended whole or not at all (PRD-1 to PRD-6).
 * Simplified: one replica, so acks=all is answered as soon as acks=1; no idempotence or transactions yet; batches are not compressed.
 */
import type { ProducePartitionResponse, ProduceRequest } from "../../kafka/api";
import { intConfig, stringConfig, type Configs } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { LOG_APPEND_TIME_BIT, recordTimestampMs, type RecordBatch } from "../../kafka/recordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { appendToLog, nowMs, type ApiHandler, type Broker, type BrokerContext } from "../broker";
import type { TopicMetadata } from "../metadata/metadataImage";
import { advanced } from "./fetch";

export const produce: ApiHandler<ProduceRequest> = (broker, context, request, requestId) => {
  const responses = request.topicData.map(({ name, partitionData }) => ({
    name,
    partitionResponses: partitionData.map(({ index, records }) => appendPartition(broker, context, request.acks, name, index, records)),
  }));
  // Answered before consumers are: a record's producer never learns of it later than its readers because of the order here.
  if (request.acks === 0) broker.requests.delete(requestId);
  else context.respond(requestId, { api: "Produce", responses });
  for (const { name, partitionResponses } of responses) {
    for (const { index, errorCode } of partitionResponses) if (errorCode === ErrorCode.NONE) advanced(broker, context, formatTopicPartition(name, index));
  }
};

function appendPartition(broker: Broker, context: BrokerContext, acks: number, name: string, index: number, records: RecordBatch): ProducePartitionResponse {
  const now = nowMs(context);
  const log = broker.logs.get(formatTopicPartition(name, index));
  const topic = broker.metadata.topics.get(name);
  const errorCode = acks < -1 || acks > 1 ? ErrorCode.INVALID_REQUIRED_ACKS : !log || !topic ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : validate(topic, now, records);
  if (errorCode !== ErrorCode.NONE || !log) return { index, errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
  const appendTime = topic !== undefined && isAppendTime(topic.configs);
  const stored = appendToLog(broker, log, appendTime ? withLogAppendTime(records, now) : records);
  context.stored(name, index, stored);
  return { index, errorCode, baseOffset: stored.baseOffset, logAppendTimeMs: appendTime ? now : -1, logStartOffset: log.logStartOffset };
}

/** `ProduceRequest.validateRecords`, `UnifiedLog.analyzeAndValidateRecords` and `LogValidator`, in their order. */
function validate({ configs }: TopicMetadata, now: number, batch: RecordBatch): number {
  if (batch.baseOffset !== 0 || (batch.attributes & 0x20) !== 0) return ErrorCode.INVALID_RECORD;
  if (batch.sizeInBytes > intConfig("topic", configs, "max.message.bytes")) return ErrorCode.MESSAGE_TOO_LARGE;
  if (stringConfig("topic", configs, "cleanup.policy").includes("compact") && batch.columns.keys.includes(null)) return ErrorCode.INVALID_RECORD;
  if (!isAppendTime(configs) && !areTimely(configs, now, batch)) return ErrorCode.INVALID_TIMESTAMP;
  return batch.sizeInBytes > intConfig("topic", configs, "segment.bytes") ? ErrorCode.RECORD_LIST_TOO_LARGE : ErrorCode.NONE;
}

function isAppendTime(configs: Configs): boolean {
  return stringConfig("topic", configs, "message.timestamp.type") === "LogAppendTime";
}

/** A producer's clock may not be too far from the broker's (KIP-937). */
function areTimely(configs: Configs, now: number, batch: RecordBatch): boolean {
  const earliestMs = now - intConfig("topic", configs, "message.timestamp.before.max.ms");
  const latestMs = now + intConfig("topic", configs, "message.timestamp.after.max.ms");
  for (let index = 0; index < batch.columns.count; index++) {
    const timestampMs = recordTimestampMs(batch, index);
    if (timestampMs < earliestMs || timestampMs > latestMs) return false;
  }
  return true;
}

function withLogAppendTime(batch: RecordBatch, now: number): RecordBatch {
  return { ...batch, attributes: batch.attributes | LOG_APPEND_TIME_BIT, maxTimestampMs: now };
}
