/**
 * Removing committed offsets: of deleted topics, and on request.
 *
 * Version modelled: Kafka 4.0, `OffsetMetadataManager.onPartitionsDeleted` and `deleteOffsets` (OffsetDelete v0, KIP-496).
 * Behaviour: a tombstone for each offset that exists. On request, not while the group is subscribed to the topic.
 * Simplified: a group's topics are read from its members' subscriptions when asked, not remembered since the last generation.
 */
import type { CoordinatorRecord } from "../../kafka/coordinatorRecords";
import { decodeConsumerProtocolSubscription } from "../../kafka/consumerProtocol";
import { ErrorCode } from "../../kafka/errors";
import { formatTopicPartition, parseTopicPartition } from "../../kafka/topicPartition";
import type { ClassicGroup } from "./classic/classicGroup";
import type { GroupCoordinatorContext, GroupResult } from "./coordinatorState";
import { EMPTY_RESULT } from "./coordinatorState";

/** Forgets what every group committed for a topic that was deleted. */
export function deleteTopicOffsets(context: GroupCoordinatorContext, topic: string): GroupResult {
  const records: CoordinatorRecord[] = [];
  for (const [groupId, offsets] of context.state.offsets) {
    for (const name of offsets.keys()) {
      const committed = parseTopicPartition(name);
      if (committed.topic === topic) records.push(tombstone(groupId, topic, committed.partition));
    }
  }
  return { ...EMPTY_RESULT, records };
}

export interface DeletedOffsets {
  readonly errorCode: number;
  readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  readonly records: readonly CoordinatorRecord[];
}

/**
 * Forgets what one group committed for partitions of one topic: GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP for a group with members that are
 * not consumers, and GROUP_SUBSCRIBED_TO_TOPIC on each partition that its members read.
 */
export function deleteOffsets(
  context: GroupCoordinatorContext,
  groupId: string,
  topic: string,
  partitionIndexes: readonly number[],
): DeletedOffsets {
  const group = context.state.groups.get(groupId);
  const isRefused = group === undefined || group.state === "Dead";
  if (isRefused) return { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, partitions: [], records: [] };
  if (group.state !== "Empty" && group.protocolType !== "consumer") {
    return { errorCode: ErrorCode.NON_EMPTY_GROUP, partitions: [], records: [] };
  }
  const errorCode = isSubscribed(group, topic) ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE;
  const offsets = context.state.offsets.get(groupId);
  const existing = partitionIndexes.filter((index) => offsets?.has(formatTopicPartition(topic, index)));
  return {
    errorCode: ErrorCode.NONE,
    partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, errorCode })),
    records: errorCode === ErrorCode.NONE ? existing.map((index) => tombstone(groupId, topic, index)) : [],
  };
}

function isSubscribed(group: ClassicGroup, topic: string): boolean {
  for (const member of group.members.values()) {
    const metadata = member.protocols.find(({ name }) => name === group.protocolName)?.metadata;
    if (metadata !== undefined && decodeConsumerProtocolSubscription(metadata).topics.includes(topic)) return true;
  }
  return false;
}

function tombstone(group: string, topic: string, partition: number): CoordinatorRecord {
  return { type: "OffsetCommit", key: { group, topic, partition }, value: null };
}
