import type { HeartbeatResponse, JoinGroupResponse, SyncGroupResponse } from "../../kafka/api/groups";
import {
  CONSUMER_PROTOCOL_VERSION,
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolAssignment,
  encodeConsumerProtocolSubscription,
  groupByTopic,
  listTopicPartitions,
} from "../../kafka/consumerProtocol";
import { ErrorCode, exceptionName } from "../../kafka/errors";
import { formatTopicPartition, type TopicPartition } from "../../kafka/topicPartition";
import type { ClientContext } from "../client";
import type { AssignorName } from "./assignor/assignor";
import { assignors } from "./assignor/assignors";
import { isBusy, type Consumer } from "./consumer";
import { dropPartition } from "./fetcher";
import { commit } from "./offsets";
import { backOff, failApplication, HEARTBEAT_TIMER, REJOIN_TIMER, sendToCoordinator, waitFor } from "./waiting";
import { share } from "../../sim/share";

/** Whether it stands still because it is to join again: an eager member reads nothing of what it may have to give up. */
export function standsStill(consumer: Consumer): boolean {
  return consumer.member.state === "preparing" && isEager(consumer);
}

/**
 * Before a (re)join: commits automatically if so set, then gives up partitions: all of them under an eager protocol, none yet under a
 * cooperative one (`ConsumerCoordinator.onJoinPrepare`, KIP-429). Returns false while the commit is under way, or to be tried again, for
 * up to max.poll.interval.ms: an eager member stands still for it, a cooperative one goes on with its records.
 */
export function prepareRejoin(consumer: Consumer, context: ClientContext): boolean {
  const { config, member } = consumer;
  if (member.state === "stable") member.preparingUntilUs = context.nowUs + config.maxPollIntervalMs * 1000;
  if (member.state === "stable" || member.commitAgainUs !== null) {
    if (context.nowUs < (member.commitAgainUs ?? 0)) return false;
    member.state = "preparing";
    member.commitAgainUs = null;
    const requestId = config.enableAutoCommit ? commit(consumer, context, isEager(consumer) ? "sync" : "async") : null;
    if (requestId !== null) {
      member.requestId = requestId;
      return false;
    }
  }
  if (isEager(consumer) || member.state === "unjoined") for (const owned of [...consumer.partitions.values()]) dropPartition(consumer, owned);
  return true;
}

export function beginRejoin(consumer: Consumer, context: ClientContext): void {
  const { config, member } = consumer;
  context.cancelTimer(HEARTBEAT_TIMER);
  if (member.state !== "joining") context.tell({ type: "joining", groupId: consumer.groupId });
  member.state = "joining";
  member.requestId = sendToCoordinator(consumer, context, {
    api: "JoinGroup",
    version: 9,
    clientId: consumer.clientId,
    groupId: consumer.groupId,
    sessionTimeoutMs: config.sessionTimeoutMs,
    rebalanceTimeoutMs: config.maxPollIntervalMs,
    memberId: member.memberId,
    groupInstanceId: null,
    protocolType: "consumer",
    protocols: config.assignors.map((name) => ({ name, metadata: subscription(consumer, name) })),
    reason: null,
  });
}

export function onJoinResponse(consumer: Consumer, context: ClientContext, response: JoinGroupResponse): void {
  const { member } = consumer;
  switch (response.errorCode) {
    case ErrorCode.NONE:
      member.memberId = response.memberId;
      member.generationId = response.generationId;
      member.protocolName = response.protocolName;
      member.isLeader = response.leader === response.memberId;
      member.state = "syncing";
      return syncGroup(consumer, context, member.isLeader ? assign(consumer, response) : []);
    case ErrorCode.MEMBER_ID_REQUIRED:
      member.memberId = response.memberId;
      return;
    case ErrorCode.UNKNOWN_MEMBER_ID:
      return losePartitions(consumer);
    case ErrorCode.INCONSISTENT_GROUP_PROTOCOL:
      // Ends the application, whose supervisor starts it again: until the last member with the group's old assignors has left.
      return backOff(consumer, context);
    default:
      return onGroupError(consumer, context, response.errorCode);
  }
}

export function onSyncResponse(consumer: Consumer, context: ClientContext, response: SyncGroupResponse): void {
  switch (response.errorCode) {
    case ErrorCode.NONE:
      consumer.member.assigned = assignedPartitions(response.assignment);
      break;
    case ErrorCode.REBALANCE_IN_PROGRESS:
      break;
    case ErrorCode.UNKNOWN_MEMBER_ID:
    case ErrorCode.ILLEGAL_GENERATION:
      return losePartitions(consumer);
    default:
      return onGroupError(consumer, context, response.errorCode);
  }
}

export function sendHeartbeat(consumer: Consumer, context: ClientContext): void {
  const { memberId, generationId } = consumer.member;
  if (generationId < 0) return;
  context.setTimer(HEARTBEAT_TIMER, context.nowUs + consumer.config.heartbeatIntervalMs * 1000);
  if (consumer.coordinator === null) return;
  sendToCoordinator(consumer, context, { api: "Heartbeat", groupId: consumer.groupId, generationId, memberId, groupInstanceId: null });
}

export function onHeartbeatResponse(consumer: Consumer, { errorCode }: HeartbeatResponse): void {
  if (isCoordinatorError(errorCode)) consumer.coordinator = null;
  if (consumer.member.state !== "stable" && consumer.member.state !== "preparing") return;
  if (errorCode === ErrorCode.REBALANCE_IN_PROGRESS) consumer.needsRejoin = true;
  else if (errorCode === ErrorCode.UNKNOWN_MEMBER_ID || errorCode === ErrorCode.ILLEGAL_GENERATION) losePartitions(consumer);
}

/** What a failed commit means for the membership (`OffsetCommitResponseHandler`). */
export function onCommitError(consumer: Consumer, context: ClientContext, errorCode: number): void {
  const { config, member } = consumer;
  if (isCoordinatorError(errorCode)) consumer.coordinator = null;
  if (errorCode === ErrorCode.REBALANCE_IN_PROGRESS) consumer.needsRejoin = true;
  else if (errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION && member.state === "preparing" && context.nowUs < member.preparingUntilUs) {
    // A topic that it owns is deleted. It is retriable, so the commit before joining is tried again, until it is there or the time is over.
    member.commitAgainUs = context.nowUs + config.retryBackoffMs * 1000;
    context.setTimer(REJOIN_TIMER, member.commitAgainUs);
  }
  else if (consumer.closing === null && (errorCode === ErrorCode.UNKNOWN_MEMBER_ID || errorCode === ErrorCode.ILLEGAL_GENERATION)) losePartitions(consumer);
}

/** The answer to JoinGroup, SyncGroup, or the commit before them will not come: the coordinator is looked for, and the member joins again. */
export function loseMembershipRequest(consumer: Consumer, context: ClientContext): void {
  const { config, member } = consumer;
  member.requestId = null;
  consumer.needsRejoin = true;
  if (member.state !== "preparing") return;
  member.commitAgainUs = context.nowUs + config.retryBackoffMs * 1000;
  context.setTimer(REJOIN_TIMER, member.commitAgainUs);
}

export function leaveGroup(consumer: Consumer, context: ClientContext): void {
  waitFor(consumer, "leave", sendLeave(consumer, context));
}

/** The application was too long with its records (max.poll.interval.ms): the member leaves, and joins again at its next poll. */
export function onPollIntervalExceeded(consumer: Consumer, context: ClientContext): void {
  if (consumer.member.memberId === "") return;
  context.tell({ type: "pollExceeded", groupId: consumer.groupId });
  if (consumer.coordinator !== null) sendLeave(consumer, context);
  forgetMembership(consumer);
}

/** The application ended with an error: on its way out it closes its consumer, which commits if it commits automatically, and leaves. */
export function endMembership(consumer: Consumer, context: ClientContext): void {
  const { member, config } = consumer;
  if (member.memberId === "") return;
  if (consumer.coordinator !== null) {
    if (config.enableAutoCommit && member.state === "stable") commit(consumer, context, "async");
    sendLeave(consumer, context);
  }
  losePartitions(consumer);
}

/** Someone else may own the partitions by now: they are dropped without a commit (`onPartitionsLost`), at the next poll joins anew. */
function losePartitions(consumer: Consumer): void {
  forgetMembership(consumer);
  if (!isBusy(consumer)) for (const owned of [...consumer.partitions.values()]) dropPartition(consumer, owned);
}

/** Partitions were added, or a topic came or went, since the leader's last assignment: it asks for a new one (`ConsumerCoordinator.rejoinNeededOrPending`). */
export function hasMetadataChanged(consumer: Consumer): boolean {
  const { isLeader, state, assignedFrom } = consumer.member;
  if (!isLeader || state !== "stable" || assignedFrom === null) return false;
  const { topics, metadata } = consumer;
  for (let at = 0; at < topics.length; at++) if ((metadata.topics.get(topics[at] as string)?.length ?? 0) !== assignedFrom[at]) return true;
  return false;
}

function isEager(consumer: Consumer): boolean {
  return consumer.config.assignors.some((name) => assignors[name].supportedProtocol === "EAGER");
}

function forgetMembership(consumer: Consumer): void {
  Object.assign(consumer.member, { memberId: "", generationId: -1, protocolName: null, isLeader: false, state: "unjoined", assignedFrom: null, requestId: null, assigned: null, commitAgainUs: null });
  consumer.needsRejoin = true;
}

function sendLeave(consumer: Consumer, context: ClientContext): number {
  context.cancelTimer(HEARTBEAT_TIMER);
  const members = [{ memberId: consumer.member.memberId, groupInstanceId: null, reason: null }];
  return sendToCoordinator(consumer, context, { api: "LeaveGroup", groupId: consumer.groupId, members });
}

function subscription(consumer: Consumer, assignor: AssignorName): Uint8Array {
  return encodeConsumerProtocolSubscription({
    version: CONSUMER_PROTOCOL_VERSION,
    topics: consumer.topics,
    userData: assignors[assignor].subscriptionUserData(consumer.member.lastAssignment),
    ownedPartitions: groupByTopic([...consumer.partitions.values()]),
    generationId: consumer.member.generationId,
    rackId: null,
  });
}

/** The group's leader runs the chosen assignor over all members' subscriptions. */
function assign(consumer: Consumer, { protocolName, members }: JoinGroupResponse): { memberId: string; assignment: Uint8Array }[] {
  const assignor = assignors[protocolName as AssignorName];
  consumer.member.assignedFrom = partitionCounts(consumer);
  const { assignment } = assignor.assign({
    partitionsPerTopic: new Map([...consumer.metadata.topics].map(([topic, leaders]) => [topic, leaders.length])),
    members: members.map(({ memberId, groupInstanceId, metadata }) => ({ ...decodeConsumerProtocolSubscription(metadata), memberId, groupInstanceId }))
      .map(({ ownedPartitions, ...rest }) => ({ ...rest, ownedPartitions: listTopicPartitions(ownedPartitions) })),
  });
  return [...assignment].map(([memberId, partitions]) => ({
    memberId,
    assignment: encodeConsumerProtocolAssignment({ version: CONSUMER_PROTOCOL_VERSION, assignedPartitions: groupByTopic(partitions), userData: null }),
  }));
}

function syncGroup(consumer: Consumer, context: ClientContext, assignments: { memberId: string; assignment: Uint8Array }[]): void {
  const { memberId, generationId, protocolName } = consumer.member;
  if (consumer.coordinator === null) return loseMembershipRequest(consumer, context);
  consumer.member.requestId = sendToCoordinator(consumer, context, {
    api: "SyncGroup",
    groupId: consumer.groupId,
    generationId,
    memberId,
    groupInstanceId: null,
    protocolType: "consumer",
    protocolName,
    assignments,
  });
}

/**
 * Takes over the assignment, if there is a new one (`ConsumerCoordinator.onJoinComplete`); only inside `poll()`, so never under a record
 * in work. A cooperative member that must give partitions up does so and joins again.
 */
export function completeJoin(consumer: Consumer, context: ClientContext): void {
  const { member } = consumer;
  const { assigned } = member;
  if (assigned === null) return;
  member.assigned = null;
  const names = new Set(assigned.map(({ topic, partition }) => formatTopicPartition(topic, partition)));
  const revoked = [...consumer.partitions.values()].filter(({ topic, partition }) => !names.has(formatTopicPartition(topic, partition)));
  for (const owned of revoked) dropPartition(consumer, owned);
  let gained = 0;
  for (const { topic, partition } of assigned) {
    const name = formatTopicPartition(topic, partition);
    if (consumer.partitions.has(name)) continue;
    consumer.partitions.set(name, { topic, partition, position: null, resetting: false, nextToProcess: null, highWatermark: -1 });
    gained++;
  }
  member.state = "stable";
  member.lastAssignment = share({ partitions: assigned, generationId: member.generationId });
  consumer.needsRejoin = revoked.length > 0 && !isEager(consumer);
  consumer.lastAutoCommitUs = context.nowUs;
  context.setTimer(HEARTBEAT_TIMER, context.nowUs + consumer.config.heartbeatIntervalMs * 1000);
  const { groupId } = consumer;
  context.tell({ type: "assigned", groupId, generationId: member.generationId, assignor: member.protocolName ?? "", partitions: assigned.length, gained });
}

/** A member that the leader left out gets no bytes: it owns nothing. */
function assignedPartitions(assignment: Uint8Array): TopicPartition[] {
  return assignment.length === 0 ? [] : listTopicPartitions(decodeConsumerProtocolAssignment(assignment).assignedPartitions);
}

function onGroupError(consumer: Consumer, context: ClientContext, errorCode: number): void {
  const isTransient = isCoordinatorError(errorCode);
  if (!isTransient && errorCode !== ErrorCode.REBALANCE_IN_PROGRESS) {
    return failApplication(consumer, context, exceptionName(errorCode));
  }
  if (isTransient) consumer.coordinator = null;
  backOff(consumer, context);
}

function isCoordinatorError(errorCode: number): boolean {
  return errorCode === ErrorCode.COORDINATOR_NOT_AVAILABLE || errorCode === ErrorCode.NOT_COORDINATOR || errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
}

function partitionCounts({ topics, metadata }: Consumer): readonly number[] {
  return share(topics.map((topic) => metadata.topics.get(topic)?.length ?? 0));
}
