/**
 * Produce, version 12. Each partition gets exactly one batch, which is appended whole or not at all (PRD-1 to PRD-6).
 * Simplified: one replica, so that the high watermark follows at once; no idempotence or transactions yet; batches are not compressed.
 */
import type { ProducePartitionResponse, ProduceRequest, ProduceResponse } from "../../kafka/api/produce";
import { intConfig, stringConfig, type Configs } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { isMade, ROW, type SentBatch } from "../../kafka/records/madeBatch";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import { appendToLog, type ApiHandler, type Broker, type BrokerContext } from "../broker";
import { inSyncEnd } from "../log/partitionLog";
import type { TopicMetadata } from "../metadata/metadataImage";
import type { ParkedApi } from "../parkedApi";
import { park, type ParkedProduce } from "../purgatory";
import { nowMs } from "../../sim/nowMs";

export const produce: ApiHandler<ProduceRequest> = (broker, context, request, requestId) => {
  const { acks, timeoutMs, topicData } = request;
  const responses = topicData.map(({ name, partitionData }) => ({
    name,
    partitionResponses: partitionData.map(({ index, records }) => appendPartition(broker, context, acks, name, index, records)),
  }));
  const response = { api: "Produce", responses } as const;
  // Answered before consumers are: a record's producer never learns of it later than its readers because of the order here.
  if (acks === 0) return void broker.requests.delete(requestId);
  if (acks !== -1 || areInSync(broker, responses)) return context.respond(requestId, response);
  const ends = new Map(responses.flatMap(({ name, partitionResponses }) => partitionResponses.flatMap((one) => (one.errorCode === ErrorCode.NONE ? [endOf(broker, name, one.index)] : []))));
  park(broker.purgatory, context, { api: "Produce", requestId, response, ends, partitions: [...ends.keys()], deadlineUs: context.nowUs + timeoutMs * 1000 });
};

/** Whether all that are in sync have the records already. */
function areInSync(broker: Broker, responses: ProduceResponse["responses"]): boolean {
  for (const { name, partitionResponses } of responses) {
    for (const { index, errorCode } of partitionResponses) {
      const log = errorCode === ErrorCode.NONE ? broker.logs.get(formatTopicPartition(name, index)) : undefined;
      if (log && inSyncEnd(log) < log.logEndOffset) return false;
    }
  }
  return true;
}

/** `DelayedProduce`: with acks=all it waits until all that are in sync have the records. */
export const parkedProduce: ParkedApi<ParkedProduce> = {
  isDone: (broker, { ends }) => [...ends].every(([name, end]) => isPast(broker, name, end) !== false),
  answer: (broker, context, { requestId, response, ends }) => {
    const errorOf = (name: string, { index, errorCode }: ProducePartitionResponse): number => {
      const partition = formatTopicPartition(name, index);
      const past = ends.has(partition) ? isPast(broker, partition, ends.get(partition) ?? 0) : true;
      return past === null ? ErrorCode.NOT_LEADER_OR_FOLLOWER : past ? errorCode : ErrorCode.REQUEST_TIMED_OUT;
    };
    const responses = response.responses.map(({ name, partitionResponses }) => ({ name, partitionResponses: partitionResponses.map((one) => ({ ...one, errorCode: errorOf(name, one) })) }));
    context.respond(requestId, { api: "Produce", responses });
  },
};

/** Whether all that are in sync have a log up to an offset; null where it is not here any more. */
function isPast(broker: Broker, name: TopicPartitionName, end: number): boolean | null {
  const log = broker.logs.get(name);
  return log ? inSyncEnd(log) >= end : null;
}

function endOf(broker: Broker, topic: string, partition: number): readonly [TopicPartitionName, number] {
  const name = formatTopicPartition(topic, partition);
  return [name, broker.logs.get(name)?.logEndOffset ?? 0];
}

function appendPartition(broker: Broker, context: BrokerContext, acks: number, name: string, index: number, records: SentBatch): ProducePartitionResponse {
  const now = nowMs(context);
  const log = broker.logs.get(formatTopicPartition(name, index));
  const topic = broker.metadata.topics.get(name);
  const errorCode = acks < -1 || acks > 1 ? ErrorCode.INVALID_REQUIRED_ACKS : !log || !topic ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : validate(topic, now, records);
  if (errorCode !== ErrorCode.NONE || !log) return { index, errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
  const appendTime = topic !== undefined && rulesOf(topic.configs).isAppendTime;
  const baseOffset = appendToLog(broker, context, log, records, appendTime ? now : null);
  return { index, errorCode, baseOffset, logAppendTimeMs: appendTime ? now : -1, logStartOffset: log.logStartOffset };
}

/** `ProduceRequest.validateRecords`, `UnifiedLog.analyzeAndValidateRecords` and `LogValidator`, in their order. */
function validate({ configs }: TopicMetadata, now: number, batch: SentBatch): number {
  const { maxMessageBytes, isCompacted, isAppendTime, beforeMaxMs, afterMaxMs, segmentBytes } = rulesOf(configs);
  if (!isMade(batch) && (batch.baseOffset !== 0 || (batch.attributes & 0x20) !== 0)) return ErrorCode.INVALID_RECORD;
  if (batch.sizeInBytes > maxMessageBytes) return ErrorCode.MESSAGE_TOO_LARGE;
  if (isCompacted && lacksKey(batch)) return ErrorCode.INVALID_RECORD;
  // A producer's clock may not be too far from the broker's (KIP-937).
  if (!isAppendTime && (earliestMs(batch) < now - beforeMaxMs || batch.maxTimestampMs > now + afterMaxMs)) return ErrorCode.INVALID_TIMESTAMP;
  return batch.sizeInBytes > segmentBytes ? ErrorCode.RECORD_LIST_TOO_LARGE : ErrorCode.NONE;
}

/** What a topic's configs say of batches. */
interface ProduceRules {
  readonly maxMessageBytes: number;
  readonly isCompacted: boolean;
  readonly isAppendTime: boolean;
  readonly beforeMaxMs: number;
  readonly afterMaxMs: number;
  readonly segmentBytes: number;
}

/** They follow from the configs alone, and belong to no world. */
const rules = new WeakMap<Configs, ProduceRules>();

function rulesOf(configs: Configs): ProduceRules {
  const known = rules.get(configs);
  if (known) return known;
  const made = {
    maxMessageBytes: intConfig("topic", configs, "max.message.bytes"),
    isCompacted: stringConfig("topic", configs, "cleanup.policy").includes("compact"),
    isAppendTime: stringConfig("topic", configs, "message.timestamp.type") === "LogAppendTime",
    beforeMaxMs: intConfig("topic", configs, "message.timestamp.before.max.ms"),
    afterMaxMs: intConfig("topic", configs, "message.timestamp.after.max.ms"),
    segmentBytes: intConfig("topic", configs, "segment.bytes"),
  };
  rules.set(configs, made);
  return made;
}

/** Timestamp in ms of the earliest record; that of a producer's is its first. */
function earliestMs(batch: SentBatch): number {
  const deltasMs = isMade(batch) ? null : batch.columns.timestampDeltasMs;
  return batch.baseTimestampMs + (deltasMs ? Math.min(...deltasMs) : 0);
}

function lacksKey(batch: SentBatch): boolean {
  if (!isMade(batch)) return batch.columns.keys.includes(null);
  for (let row = 0; row < batch.rows.length; row += ROW) if ((batch.rows[row + 1] as number) < 0) return true;
  return false;
}
