/**
 * JoinGroup: a member asks for a place in the next generation.
 *
 * Version modelled: Kafka 4.0, JoinGroup v9 to a classic group (`GroupMetadataManager.classicGroupJoinToClassicGroup`); versions
 * below 4 join without a member id, versions below 9 know no skipAssignment.
 * Behaviour: a new dynamic member first gets its id with MEMBER_ID_REQUIRED (KIP-394); a known one starts a rebalance, or is parked
 * in the one under way, or gets the current generation where nothing changed. The answer of a parked JoinGroup comes with the end of
 * the join phase. A group is made by its first member, and at once written as an empty one.
 * Simplified: group types other than classic are not known; the reason is not kept.
 */
import type { JoinGroupRequest } from "../../../kafka/api/groups";
import { ErrorCode } from "../../../kafka/errors";
import type { RequestId } from "../../handlerResult";
import type { ClassicGroup, ClassicGroupMember } from "./classicGroup";
import {
  awaitingJoinCount,
  changeGroup,
  hasSameProtocols,
  newGroup,
  putMember,
  removeMember,
  staticMemberId,
  supportsProtocols,
  validateMember,
} from "./classicGroup";
import type { GroupCoordinatorConfig, GroupCoordinatorContext, GroupResult } from "../coordinatorState";
import { answerOnly, GroupChange, joinError, joinSuccess } from "./groupChange";
import { emptyGroupMetadataValue } from "./groupMetadata";
import { replaceStaticMember } from "./joinStaticMember";
import { completeJoinIfAllJoined, joinedMembers, rebalanceOrCompleteJoin } from "./rebalance";
import { heartbeatTimer } from "../timers";

/** How long a new member's parked JoinGroup keeps it in the group (`CLASSIC_GROUP_NEW_MEMBER_JOIN_TIMEOUT_MS`). */
const NEW_MEMBER_JOIN_TIMEOUT_MS = 300_000;

/** Answers, or parks the request in its member. Errors are in the answer's errorCode. */
export function joinGroup(context: GroupCoordinatorContext, request: JoinGroupRequest, requestId: RequestId): GroupResult {
  const { groupId, memberId } = request;
  const invalid = validateRequest(request, context.config);
  if (invalid !== ErrorCode.NONE) return answerOnly(requestId, joinError(memberId, invalid));

  const known = context.state.groups.get(groupId) ?? null;
  if (known === null && memberId !== "") return answerOnly(requestId, joinError(memberId, ErrorCode.UNKNOWN_MEMBER_ID));

  const change = new GroupChange(context, known ?? newGroup(groupId, context.nowMs), known);
  if (!hasRoomFor(change.group, memberId, context.config.groupMaxSize)) {
    change.group = removeMember(change.group, memberId);
    change.respond(requestId, joinError("", ErrorCode.GROUP_MAX_SIZE_REACHED));
    // The others may have waited for nobody but the one that is turned away.
    completeJoinIfAllJoined(change);
  } else if (change.group.state === "Dead") {
    change.respond(requestId, joinError(memberId, ErrorCode.COORDINATOR_NOT_AVAILABLE));
  } else if (!supportsProtocols(change.group, request.protocolType, request.protocols)) {
    change.respond(requestId, joinError(memberId, ErrorCode.INCONSISTENT_GROUP_PROTOCOL));
  } else if (memberId === "") {
    joinNewMember(change, context, request, requestId);
  } else if (change.group.pendingJoinMembers.has(memberId)) {
    joinPendingMember(change, request, requestId);
  } else {
    rejoinMember(change, request, requestId);
  }
  if (known === null && !change.hasRecords) change.write(emptyGroupMetadataValue(context.nowMs));
  return change.result();
}

function validateRequest(request: JoinGroupRequest, config: GroupCoordinatorConfig): number {
  if (request.groupId === "") return ErrorCode.INVALID_GROUP_ID;
  const { sessionTimeoutMs } = request;
  if (sessionTimeoutMs < config.groupMinSessionTimeoutMs || sessionTimeoutMs > config.groupMaxSessionTimeoutMs) {
    return ErrorCode.INVALID_SESSION_TIMEOUT;
  }
  return ErrorCode.NONE;
}

/** While members rejoin only those already parked count, so that a group over its limit sheds the last to come. */
function hasRoomFor(group: ClassicGroup, memberId: string, maxSize: number): boolean {
  const member = group.members.get(memberId);
  switch (group.state) {
    case "Empty":
    case "Dead":
      return true;
    case "PreparingRebalance":
      return (member !== undefined && member.awaitingJoin !== null) || awaitingJoinCount(group) < maxSize;
    case "CompletingRebalance":
    case "Stable":
      return member !== undefined || group.members.size < maxSize;
  }
}

function joinNewMember(change: GroupChange, context: GroupCoordinatorContext, request: JoinGroupRequest, requestId: RequestId): void {
  const instanceId = request.groupInstanceId;
  const memberId = context.newMemberId(instanceId ?? request.clientId);
  if (instanceId !== null) {
    const holder = staticMemberId(change.group, instanceId);
    if (holder === null) addMember(change, request, memberId, requestId);
    else replaceStaticMember(change, request, holder, memberId, requestId);
  } else if (request.version >= 4) {
    change.group = changeGroup(change.group, { pendingJoinMembers: new Set(change.group.pendingJoinMembers).add(memberId) });
    change.setTimer(heartbeatTimer(change.group.groupId, memberId), request.sessionTimeoutMs);
    change.respond(requestId, joinError(memberId, ErrorCode.MEMBER_ID_REQUIRED));
  } else {
    addMember(change, request, memberId, requestId);
  }
}

/** Only dynamic members are ever pending: Kafka throws where one comes back as a static member, and answers its unknown error. */
function joinPendingMember(change: GroupChange, request: JoinGroupRequest, requestId: RequestId): void {
  if (request.groupInstanceId === null) addMember(change, request, request.memberId, requestId);
  else change.respond(requestId, joinError("", ErrorCode.UNKNOWN_SERVER_ERROR));
}

function addMember(change: GroupChange, request: JoinGroupRequest, memberId: string, requestId: RequestId): void {
  const member: ClassicGroupMember = {
    memberId,
    groupInstanceId: request.groupInstanceId,
    clientId: request.clientId,
    sessionTimeoutMs: request.sessionTimeoutMs,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs,
    protocols: request.protocols,
    assignment: new Uint8Array(0),
    awaitingJoin: requestId,
    awaitingSync: null,
    isNew: true,
  };
  change.group = putMember(change.group, member, request.protocolType);
  const initial = change.group.initialRebalance;
  if (initial !== null) change.group = changeGroup(change.group, { initialRebalance: { ...initial, newMemberAdded: true } });
  change.keepAlive(member, NEW_MEMBER_JOIN_TIMEOUT_MS);
  rebalanceOrCompleteJoin(change);
}

function rejoinMember(change: GroupChange, request: JoinGroupRequest, requestId: RequestId): void {
  const { group } = change;
  const errorCode = validateMember(group, request.memberId, request.groupInstanceId);
  const member = group.members.get(request.memberId);
  if (errorCode !== ErrorCode.NONE || member === undefined) {
    change.respond(requestId, joinError(request.memberId, errorCode, null));
    return;
  }
  const isLeader = group.leaderId === member.memberId;
  // In Stable a leader rejoins because of something that its metadata need not show, such as new partitions.
  const nothingChanged =
    hasSameProtocols(member, request.protocols) && (group.state === "CompletingRebalance" || (group.state === "Stable" && !isLeader));
  if (nothingChanged) {
    change.respond(requestId, joinSuccess(group, member.memberId, isLeader ? joinedMembers(group) : []));
    return;
  }
  change.changeMember(member, {
    protocols: request.protocols,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs,
    sessionTimeoutMs: request.sessionTimeoutMs,
    awaitingJoin: requestId,
  });
  rebalanceOrCompleteJoin(change);
}
