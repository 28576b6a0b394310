/**
 * FindCoordinator (version 4) and the group APIs, which the group coordinator of the group's partition decides (GRP-16); its runtime
 * appends, folds and answers. Whoever asks a broker that is not the coordinator is told so.
 */
import type { FindCoordinatorRequest } from "../../kafka/api/groups";
import type { OffsetCommitRequest } from "../../kafka/api/offsets";
import { intConfig } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { coordinatorPartition } from "../../kafka/javaHashCode";
import { nextUint32 } from "../../sim/random";
import type { Timer } from "../../sim/timer";
import type { ApiHandler, Broker, BrokerContext } from "../broker";
import { carryOut, load } from "../coordinators/runtime";
import type { Shard } from "../coordinators/shard";
import { handleGroupRequest, type GroupRequest } from "../group/coordinator";
import type { GroupCoordinatorContext, GroupCoordinatorState } from "../group/coordinatorState";
import { onTimer } from "../group/classic/expiry";
import { groupCoordinator } from "../group/groupCoordinator";
import { refusal } from "../group/refusal";
import { groupIdOfTimer } from "../group/timers";
import { createTopic } from "../metadata/createTopic";
import { appendMetadata } from "../metadata/metadataLog";
import { CONSUMER_OFFSETS_TOPIC } from "../../kafka/names";
import { nowMs } from "../../sim/nowMs";

type GroupShard = Shard<GroupCoordinatorState>;

/** Names the broker that coordinates each group: the leader of its partition (MET-7). The first time, `__consumer_offsets` is made. */
export const findCoordinator: ApiHandler<FindCoordinatorRequest> = (broker, context, request, requestId) => {
  const errorCode = ensureOffsetsTopic(broker, context);
  const nodeOf = (key: string): number => broker.metadata.topics.get(CONSUMER_OFFSETS_TOPIC)?.partitions[offsetsPartition(broker.configs, key)]?.leader ?? -1;
  context.respond(requestId, { api: "FindCoordinator", coordinators: request.coordinatorKeys.map((key) => ({ key, nodeId: nodeOf(key), errorCode })) });
};

export const groupApi: ApiHandler<GroupRequest> = (broker, context, request, requestId) => {
  const shard = shardOf(broker, request.groupId);
  if (!shard) context.respond(requestId, refusal(request, ErrorCode.NOT_COORDINATOR));
  else carryOut(broker, context, groupCoordinator, shard, handleGroupRequest(coordinatorContext(broker, context, shard), request, requestId));
};

/** Of topics that are not there the coordinator never hears (`KafkaApis.handleOffsetCommitRequest`): their offsets would outlive them. */
export const commitOffsets: ApiHandler<OffsetCommitRequest> = (broker, context, request, requestId) => {
  const topics = request.topics.filter(({ name }) => broker.metadata.topics.has(name));
  const unknown = request.topics
    .filter((topic) => !topics.includes(topic))
    .map(({ name, partitions }) => ({ name, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION })) }));
  if (topics.length === 0 && unknown.length > 0) return context.respond(requestId, { api: "OffsetCommit", topics: unknown });
  const shard = shardOf(broker, request.groupId);
  if (!shard) return context.respond(requestId, refusal(request, ErrorCode.NOT_COORDINATOR));
  const result = handleGroupRequest(coordinatorContext(broker, context, shard), { ...request, topics }, requestId);
  const responses = result.responses.map(({ to, response }) => ({ to, response: response.api === "OffsetCommit" ? { ...response, topics: [...response.topics, ...unknown] } : response }));
  carryOut(broker, context, groupCoordinator, shard, { ...result, responses });
};

export function onCoordinatorTimer(broker: Broker, context: BrokerContext, due: Timer): void {
  const shard = shardOf(broker, groupIdOfTimer(due));
  if (shard) carryOut(broker, context, groupCoordinator, shard, onTimer(coordinatorContext(broker, context, shard), due));
}

/** What the coordinator of a shard may see. */
export function coordinatorContext(broker: Broker, context: BrokerContext, { state }: GroupShard): GroupCoordinatorContext {
  const { configs } = broker;
  return {
    nowMs: nowMs(context),
    state,
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
export function offsetsPartition(brokerConfigs: Broker["configs"], groupId: string): number {
  return coordinatorPartition(groupId, intConfig("broker", brokerConfigs, "offsets.topic.num.partitions"));
}

function shardOf(broker: Broker, groupId: string): GroupShard | undefined {
  return broker.groupShards.get(offsetsPartition(broker.configs, groupId));
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
  const partitions = broker.metadata.topics.get(CONSUMER_OFFSETS_TOPIC)?.partitions ?? [];
  for (const [partition, { leader }] of partitions.entries()) if (leader === broker.nodeId) load(broker, context, groupCoordinator, partition);
  return errorCode === ErrorCode.NONE ? ErrorCode.NONE : ErrorCode.COORDINATOR_NOT_AVAILABLE;
}

function newUuid(broker: Broker): string {
  const hex = Array.from({ length: 4 }, () => nextUint32(broker.random).toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
