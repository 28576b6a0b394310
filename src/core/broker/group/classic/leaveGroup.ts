/**
 * LeaveGroup: members go at once, without waiting for the end of their sessions.
 *
 * Version modelled: Kafka 4.0, LeaveGroup v5 to a classic group (`GroupMetadataManager.classicGroupLeaveToClassicGroup`, KIP-345 for
 * several members in one request and for removing a static member by its instance id alone).
 * Behaviour: each member has its own error; if one at least left, those that stay rebalance. The last one leaves an Empty group.
 * Simplified: the reason is not kept.
 */
import type { LeaveGroupRequest, LeaveGroupResponse } from "../../../kafka/api/groups";
import { ErrorCode } from "../../../kafka/errors";
import type { RequestId } from "../../handlerResult";
import { removeMember, staticMemberId, validateMember } from "./classicGroup";
import type { GroupCoordinatorContext, GroupResult } from "../coordinatorState";
import { answerOnly, GroupChange } from "./groupChange";
import { rebalanceOrCompleteJoin, removeAnsweringJoin } from "./rebalance";
import { heartbeatTimer } from "../timers";

type LeavingMember = LeaveGroupRequest["members"][number];

export function leaveGroup(context: GroupCoordinatorContext, request: LeaveGroupRequest, requestId: RequestId): GroupResult {
  if (request.groupId === "") return answerOnly(requestId, leaveResponse(ErrorCode.INVALID_GROUP_ID, []));
  const group = context.state.groups.get(request.groupId);
  if (group === undefined) {
    const unknown = request.members.map((member) => memberResponse(member, ErrorCode.UNKNOWN_MEMBER_ID));
    return answerOnly(requestId, leaveResponse(ErrorCode.NONE, unknown));
  }
  if (group.state === "Dead") return answerOnly(requestId, leaveResponse(ErrorCode.COORDINATOR_NOT_AVAILABLE, []));

  const change = new GroupChange(context, group);
  const responses = request.members.map((member) => memberResponse(member, leave(change, member)));
  const someoneLeft = responses.some(({ errorCode }) => errorCode === ErrorCode.NONE);
  if (someoneLeft && group.state !== "Empty") rebalanceOrCompleteJoin(change);
  change.respond(requestId, leaveResponse(ErrorCode.NONE, responses));
  return change.result();
}

function leave(change: GroupChange, leaving: LeavingMember): number {
  const { group } = change;
  if (group.pendingJoinMembers.has(leaving.memberId)) {
    change.group = removeMember(group, leaving.memberId);
    change.cancelTimer(heartbeatTimer(group.groupId, leaving.memberId));
    return ErrorCode.NONE;
  }
  // An administrator removes a static member by its instance id, not knowing the member id.
  const byInstance = leaving.memberId === "" && leaving.groupInstanceId !== null;
  const memberId = byInstance ? (staticMemberId(group, leaving.groupInstanceId) ?? "") : leaving.memberId;
  const errorCode = validateMember(group, memberId, leaving.groupInstanceId);
  const member = group.members.get(memberId);
  if (errorCode !== ErrorCode.NONE || member === undefined) return errorCode;
  change.cancelTimer(heartbeatTimer(group.groupId, memberId));
  removeAnsweringJoin(change, member);
  return ErrorCode.NONE;
}

function memberResponse({ memberId, groupInstanceId }: LeavingMember, errorCode: number): LeaveGroupResponse["members"][number] {
  return { memberId, groupInstanceId, errorCode };
}

function leaveResponse(errorCode: number, members: LeaveGroupResponse["members"]): LeaveGroupResponse {
  return { api: "LeaveGroup", errorCode, members };
}
