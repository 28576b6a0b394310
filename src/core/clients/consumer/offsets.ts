import type { ListOffsetsResponse } from "../../kafka/api/fetch";
import type { OffsetCommitResponse, OffsetFetchResponse } from "../../kafka/api/offsets";
import { groupByTopic } from "../../kafka/consumerProtocol";
import { ErrorCode } from "../../kafka/errors";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { connection, type ClientContext } from "../client";
import { sendRequest } from "../connections";
import type { Consumer, OwnedPartition } from "./consumer";
import { AUTO_COMMIT_TIMER, backOff, failApplication, sendToCoordinator, waitFor } from "./waiting";

/** What a commit says of a partition; null is nothing. */
export type OffsetOf = (owned: OwnedPartition) => number | null;

const positionOf: OffsetOf = ({ position }) => position;

/**
 * Commits the positions of all owned partitions, what `poll()` has returned so far, or other offsets of them (`commitSync`, `commitAsync`).
 * A synchronous commit is waited for. Returns the request's id, or null where there was nothing to commit.
 */
export function commit(consumer: Consumer, context: ClientContext, mode: "sync" | "async", offsetOf: OffsetOf = positionOf): number | null {
  const owned = [...consumer.partitions.values()].filter((each) => offsetOf(each) !== null);
  if (owned.length === 0) return null;
  if (consumer.coordinator === null) {
    consumer.owesCommit ||= mode === "sync";
    return null;
  }
  const { memberId, generationId } = consumer.member;
  const requestId = sendToCoordinator(consumer, context, {
    api: "OffsetCommit",
    version: 9,
    groupId: consumer.groupId,
    generationIdOrMemberEpoch: generationId,
    memberId,
    groupInstanceId: null,
    topics: groupByTopic(owned).map(({ topic, partitions }) => ({
      name: topic,
      partitions: partitions.map((partitionIndex) => ({
        partitionIndex,
        committedOffset: offsetOf(consumer.partitions.get(formatTopicPartition(topic, partitionIndex)) as OwnedPartition) ?? -1, // one of them
        committedLeaderEpoch: -1,
        committedMetadata: "",
      })),
    })),
  });
  if (mode === "sync") waitFor(consumer, "commit", requestId);
  return requestId;
}

/** Commits inside `poll()` when auto.commit.interval.ms has passed, and looks again after that time. */
export function autoCommit(consumer: Consumer, context: ClientContext): void {
  const { enableAutoCommit, autoCommitIntervalMs } = consumer.config;
  if (!enableAutoCommit || consumer.member.state !== "stable") return;
  // An interval of 0 means with every poll(); here that is every ms, since each answer to a commit would bring the next.
  const intervalUs = Math.max(1, autoCommitIntervalMs) * 1000;
  if (context.nowUs >= consumer.lastAutoCommitUs + intervalUs) {
    consumer.lastAutoCommitUs = context.nowUs;
    commit(consumer, context, "async");
  }
  context.setTimer(AUTO_COMMIT_TIMER, consumer.lastAutoCommitUs + intervalUs);
}

/** The error of a commit, or NONE. Whether the member must rejoin for it, membership decides. */
export function onCommitResponse(consumer: Consumer, context: ClientContext, response: OffsetCommitResponse): number {
  for (const { partitions } of response.topics) for (const { errorCode } of partitions) if (errorCode !== ErrorCode.NONE) return errorCode;
  consumer.lastCommitUs = context.nowUs;
  return ErrorCode.NONE;
}

export function hasUnknownPositions(consumer: Consumer): boolean {
  for (const owned of consumer.partitions.values()) if (isUnknown(owned)) return true;
  return false;
}

/** Asks for the committed offsets of the partitions that have no position. */
export function fetchCommittedOffsets(consumer: Consumer, context: ClientContext): void {
  const unknown = [...consumer.partitions.values()].filter(isUnknown);
  const requestId = sendToCoordinator(consumer, context, {
    api: "OffsetFetch",
    groupId: consumer.groupId,
    topics: groupByTopic(unknown).map(({ topic, partitions }) => ({ name: topic, partitionIndexes: partitions })),
    requireStable: true,
  });
  waitFor(consumer, "fetchOffsets", requestId);
}

/** A committed offset becomes the position; where there is none, auto.offset.reset decides. */
export function onOffsetFetchResponse(consumer: Consumer, context: ClientContext, response: OffsetFetchResponse): void {
  if (response.errorCode !== ErrorCode.NONE) return onCoordinatorError(consumer, context);
  const uncommitted: OwnedPartition[] = [];
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, committedOffset } of partitions) {
      const owned = consumer.partitions.get(formatTopicPartition(name, partitionIndex));
      if (!owned || owned.position !== null) continue;
      if (committedOffset >= 0) setPosition(consumer, context, owned, committedOffset, "committed");
      else uncommitted.push(owned);
    }
  }
  resetOffsets(consumer, context, uncommitted, "NoOffsetForPartitionException");
}

/** Why a position is asked for anew: there is no committed offset, or it lies outside the log (`OffsetFetcher`, `SubscriptionState`). */
type ResetException = "NoOffsetForPartitionException" | "OffsetOutOfRangeException";

/** Looks up the start or the end of partitions, as auto.offset.reset says; `none` ends the application with the exception. */
export function resetOffsets(consumer: Consumer, context: ClientContext, partitions: readonly OwnedPartition[], exception: ResetException): void {
  const { autoOffsetReset } = consumer.config;
  if (partitions.length === 0) return;
  if (autoOffsetReset === "none") {
    return failApplication(consumer, context, exception);
  }
  const timestamp = autoOffsetReset === "earliest" ? -2 : -1;
  for (const owned of partitions) {
    owned.position = null;
    owned.resetting = true;
  }
  const topics = groupByTopic(partitions).map(({ topic, partitions: indexes }) => ({
    name: topic,
    partitions: indexes.map((partitionIndex) => ({ partitionIndex, timestamp })),
  }));
  const nodeId = consumer.metadata.topics.get((partitions[0] as OwnedPartition).topic)?.[0] ?? (consumer.coordinator as number);
  sendRequest(consumer.connections, context, nodeId, connection.data, { api: "ListOffsets", isolationLevel: consumer.config.isolationLevel, topics }, consumer.config.requestTimeoutMs);
}

/** The answer will not come: the positions are asked for anew. */
export function loseListOffsets(consumer: Consumer): void {
  for (const owned of consumer.partitions.values()) owned.resetting = false;
}

/** Whoever was asked is not the coordinator, or not yet: it is looked for again. */
function onCoordinatorError(consumer: Consumer, context: ClientContext): void {
  consumer.coordinator = null;
  backOff(consumer, context);
}

export function onListOffsetsResponse(consumer: Consumer, context: ClientContext, response: ListOffsetsResponse): void {
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode, offset } of partitions) {
      const owned = consumer.partitions.get(formatTopicPartition(name, partitionIndex));
      if (!owned?.resetting) continue;
      owned.resetting = false;
      if (errorCode === ErrorCode.NONE) setPosition(consumer, context, owned, offset, "reset");
    }
  }
}

function setPosition(consumer: Consumer, context: ClientContext, owned: OwnedPartition, offset: number, from: "committed" | "reset"): void {
  owned.position = offset;
  owned.nextToProcess = offset;
  const { topic, partition } = owned;
  context.tell({ type: "positioned", groupId: consumer.groupId, memberId: consumer.member.memberId, topic, partition, offset, from });
}

function isUnknown(owned: OwnedPartition): boolean {
  return owned.position === null && !owned.resetting;
}
