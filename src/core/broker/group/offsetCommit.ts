/**
 * OffsetCommit: a group's positions become records of `__consumer_offsets`.
 *
 * Version modelled: Kafka 4.0, OffsetCommit v9 to a classic or simple group (`OffsetMetadataManager.commitOffset`,
 * `ClassicGroup.validateOffsetCommit`).
 * Behaviour: any offset is stored, backwards too; it is the next offset to read. A member must name the current generation; its commit
 * also renews its session. Without generation and member id only an Empty or unknown group accepts commits.
 * Simplified: no retention time in the request (dropped in v5), no expiry of offsets. Whether the topic exists is the broker's check.
 */
import type { OffsetCommitRequest, OffsetCommitResponse } from "../../kafka/api/offsets";
import type { CoordinatorRecord } from "../../kafka/coordinatorRecords";
import { ErrorCode } from "../../kafka/errors";
import type { RequestId } from "../handlerResult";
import type { ClassicGroup } from "./classic/classicGroup";
import { validateMember } from "./classic/classicGroup";
import type { GroupCoordinatorContext, GroupResult } from "./coordinatorState";
import { heartbeatTimer } from "./timers";

type PartitionCommit = OffsetCommitRequest["topics"][number]["partitions"][number];

/** An error that concerns the whole request stands on each of its partitions. */
export function offsetCommit(context: GroupCoordinatorContext, request: OffsetCommitRequest, requestId: RequestId): GroupResult {
  const group = context.state.groups.get(request.groupId);
  const requestError = validateCommit(group, request);
  const errorOf = (partition: PartitionCommit): number => {
    if (requestError !== ErrorCode.NONE) return requestError;
    const tooLarge = (partition.committedMetadata ?? "").length > context.config.offsetMetadataMaxBytes;
    return tooLarge ? ErrorCode.OFFSET_METADATA_TOO_LARGE : ErrorCode.NONE;
  };
  const response: OffsetCommitResponse = {
    api: "OffsetCommit",
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((partition) => ({ partitionIndex: partition.partitionIndex, errorCode: errorOf(partition) })),
    })),
  };
  const records = request.topics.flatMap(({ name, partitions }) =>
    partitions
      .filter((partition) => errorOf(partition) === ErrorCode.NONE)
      .map((partition) => offsetRecord(request.groupId, name, partition, context.nowMs)),
  );
  const session = requestError === ErrorCode.NONE && group !== undefined ? renewedSession(context, group, request.memberId) : [];
  return { records, soft: [], responses: [{ to: requestId, response }], timers: session };
}

function validateCommit(group: ClassicGroup | undefined, request: OffsetCommitRequest): number {
  const { generationIdOrMemberEpoch: generationId, memberId, groupInstanceId } = request;
  if (group === undefined) {
    if (generationId < 0) return ErrorCode.NONE;
    return request.version >= 9 ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.ILLEGAL_GENERATION;
  }
  if (group.state === "Dead") return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  if (generationId < 0 && group.state === "Empty") return ErrorCode.NONE;
  const isMember = generationId >= 0 || memberId !== "" || groupInstanceId !== null;
  if (!isMember) return ErrorCode.UNKNOWN_MEMBER_ID;
  const errorCode = validateMember(group, memberId, groupInstanceId);
  if (errorCode !== ErrorCode.NONE) return errorCode;
  if (generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION;
  return group.state === "CompletingRebalance" ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
}

function renewedSession(context: GroupCoordinatorContext, group: ClassicGroup, memberId: string): GroupResult["timers"] {
  const member = group.members.get(memberId);
  if (member === undefined) return [];
  return [{ timer: heartbeatTimer(group.groupId, memberId), atMs: context.nowMs + member.sessionTimeoutMs }];
}

function offsetRecord(group: string, topic: string, partition: PartitionCommit, nowMs: number): CoordinatorRecord {
  return {
    type: "OffsetCommit",
    key: { group, topic, partition: partition.partitionIndex },
    value: {
      offset: partition.committedOffset,
      leaderEpoch: partition.committedLeaderEpoch,
      metadata: partition.committedMetadata ?? "",
      commitTimestamp: nowMs,
    },
  };
}
