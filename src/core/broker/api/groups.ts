/**
 * FindCoordinator (version 4) and the group APIs, which the group coordinator decides and this file carries out: append, fold, answer.
 * Simplified: one broker is the coordinator of every group, so there is no NOT_COORDINATOR and no loading.
 */
import type { FindCoordinatorRequest, OffsetCommitRequest } from "../../kafka/api";
import { intConfig } from "../../kafka/configs";
import { encodeCoordinatorRecord, type CoordinatorRecord } from "../../kafka/coordinatorRecords";
import { ErrorCode } from "../../kafka/errors";
import { coordinatorPartition } from "../../kafka/javaHashCode";
import { makeRecordBatch } from "../../kafka/makeRecordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { nextUint32 } from "../../sim/random";
import { appendToLog, CONSUMER_OFFSETS_TOPIC, nowMs, type ApiHandler, type Broker, type BrokerContext } from "../broker";
import { applySoft, handleGroupRequest, replay, type GroupRequest } from "../group/coordinator";
import type { GroupCoordinatorContext, GroupResult } from "../group/coordinatorState";
import { onTimer } from "../group/expiry";
import { createTopic } from "../metadata/createTopic";
import { appendMetadata } from "../metadata/metadataLog";
import { advanced } from "./fetch";

/** Names the broker that coordinates each group (MET-7); the first time, `__consumer_offsets` is made. */
export const findCoordinator: ApiHandler<FindCoordinatorRequest> = (broker, context, request, requestId) => {
  const errorCode = ensureOffsetsTopic(broker, context);
  const nodeId = errorCode === ErrorCode.NONE ? broker.nodeId : -1;
  context.respond(requestId, { api: "FindCoordinator", coordinators: request.coordinatorKeys.map((key) => ({ key, nodeId, errorCode })) });
};

export const groupApi: ApiHandler<GroupRequest> = (broker, context, request, requestId) => {
  if (request.api === "OffsetCommit") commitOffsets(broker, context, request, requestId);
  else applyGroupResult(broker, context, handleGroupRequest(coordinatorContext(broker, nowMs(context)), request, requestId));
};

/** Of topics that are not there the coordinator never hears (`KafkaApis.handleOffsetCommitRequest`): their offsets would outlive them. */
const commitOffsets: ApiHandler<OffsetCommitRequest> = (broker, context, request, requestId) => {
  const topics = request.topics.filter(({ name }) => broker.metadata.topics.has(name));
  const unknown = request.topics
    .filter((topic) => !topics.includes(topic))
    .map(({ name, partitions }) => ({ name, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION })) }));
  if (topics.length === 0 && unknown.length > 0) return context.respond(requestId, { api: "OffsetCommit", topics: unknown });
  const result = handleGroupRequest(coordinatorContext(broker, nowMs(context)), { ...request, topics }, requestId);
  const responses = result.responses.map(({ to, response }) => ({ to, response: response.api === "OffsetCommit" ? { ...response, topics: [...response.topics, ...unknown] } : response }));
  applyGroupResult(broker, context, { ...result, responses });
};

export function onCoordinatorTimer(broker: Broker, context: BrokerContext, name: string): void {
  applyGroupResult(broker, context, onTimer(coordinatorContext(broker, nowMs(context)), name));
}

/** Appends a result's records, folds them, applies its soft values, sets its timers, and only then answers. */
export function applyGroupResult(broker: Broker, context: BrokerContext, result: GroupResult): void {
  for (const partition of appendCoordinatorRecords(broker, context, result.records)) advanced(broker, context, formatTopicPartition(CONSUMER_OFFSETS_TOPIC, partition));
  for (const record of result.records) replay(broker.coordinator, record);
  for (const soft of result.soft) applySoft(broker.coordinator, soft);
  for (const { name, atMs } of result.timers) {
    if (atMs === null) context.cancelTimer(name);
    else context.setTimer(name, atMs * 1000);
  }
  for (const { to, response } of result.responses) context.respond(to, response);
}

export function coordinatorContext(broker: Broker, now: number): GroupCoordinatorContext {
  const { configs } = broker;
  return {
    nowMs: now,
    state: broker.coordinator,
    config: {
      groupInitialRebalanceDelayMs: intConfig("broker", configs, "group.initial.rebalance.delay.ms"),
      groupMinSessionTimeoutMs: intConfig("broker", configs, "group.min.session.timeout.ms"),
      groupMaxSessionTimeoutMs: intConfig("broker", configs, "group.max.session.timeout.ms"),
      groupMaxSize: intConfig("broker", configs, "group.max.size"),
      offsetMetadataMaxBytes: intConfig("broker", configs, "offset.metadata.max.bytes"),
    },
    newMemberId: (prefix) => `${prefix}-${newUuid(broker)}`,
  };
}

/** Partition of `__consumer_offsets` that holds the records of a group. */
export function offsetsPartition(broker: Broker, groupId: string): number {
  return coordinatorPartition(groupId, intConfig("broker", broker.configs, "offsets.topic.num.partitions"));
}

function appendCoordinatorRecords(broker: Broker, context: BrokerContext, records: readonly CoordinatorRecord[]): Set<number> {
  const byPartition = new Map<number, CoordinatorRecord[]>();
  for (const record of records) {
    const partition = offsetsPartition(broker, record.key.group);
    const together = byPartition.get(partition);
    if (together) together.push(record);
    else byPartition.set(partition, [record]);
  }
  for (const [partition, together] of byPartition) {
    const log = broker.logs.get(formatTopicPartition(CONSUMER_OFFSETS_TOPIC, partition));
    if (!log) throw new Error(`no log for __consumer_offsets-${partition}`);
    const encoded = together.map(encodeCoordinatorRecord);
    appendToLog(broker, log, makeRecordBatch({ keys: encoded.map(({ key }) => key), values: encoded.map(({ value }) => value), baseTimestampMs: nowMs(context) }));
  }
  return new Set(byPartition.keys());
}

function ensureOffsetsTopic(broker: Broker, context: BrokerContext): number {
  if (broker.metadata.topics.has(CONSUMER_OFFSETS_TOPIC)) return ErrorCode.NONE;
  const { errorCode, records } = createTopic(broker, {
    name: CONSUMER_OFFSETS_TOPIC,
    numPartitions: intConfig("broker", broker.configs, "offsets.topic.num.partitions"),
    replicationFactor: intConfig("broker", broker.configs, "offsets.topic.replication.factor"),
    configs: [{ name: "cleanup.policy", value: "compact" }],
  });
  appendMetadata(broker, context, records);
  return errorCode === ErrorCode.NONE ? ErrorCode.NONE : ErrorCode.COORDINATOR_NOT_AVAILABLE;
}

function newUuid(broker: Broker): string {
  const hex = Array.from({ length: 4 }, () => nextUint32(broker.random).toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
