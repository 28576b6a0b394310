/**
 * SyncGroup: the leader brings the assignment of the generation, and each member fetches its own.
 *
 * Version modelled: Kafka 4.0, SyncGroup v5 to a classic group (`GroupMetadataManager.classicGroupSyncToClassicGroup`).
 * Behaviour: followers are parked until the leader's SyncGroup, which writes the group's metadata, makes it Stable and answers all.
 * A member that the leader left out gets an empty assignment.
 * Simplified: nothing.
 */
import type { SyncGroupRequest, SyncGroupResponse } from "../../../kafka/api/groups";
import { ErrorCode } from "../../../kafka/errors";
import type { RequestId } from "../../handlerResult";
import type { ClassicGroup, ClassicGroupMember } from "./classicGroup";
import { changeGroup, changeMembers, transitionTo, validateMember, without } from "./classicGroup";
import type { GroupCoordinatorContext, GroupResult } from "../coordinatorState";
import { answerOnly, GroupChange, syncError } from "./groupChange";
import { syncTimer } from "../timers";

const NO_ASSIGNMENT = new Uint8Array(0);

/** Answers, or parks the request in its member. Errors are in the answer's errorCode. */
export function syncGroup(context: GroupCoordinatorContext, request: SyncGroupRequest, requestId: RequestId): GroupResult {
  if (request.groupId === "") return answerOnly(requestId, syncError(ErrorCode.INVALID_GROUP_ID));
  const group = context.state.groups.get(request.groupId);
  if (group === undefined) return answerOnly(requestId, syncError(ErrorCode.UNKNOWN_MEMBER_ID));
  const errorCode = validateSync(group, request);
  const member = group.members.get(request.memberId);
  if (errorCode !== ErrorCode.NONE || member === undefined) return answerOnly(requestId, syncError(errorCode));

  const change = new GroupChange(context, group);
  noteSync(change, member.memberId);
  if (group.state === "Stable") {
    change.respond(requestId, syncSuccess(group, member));
    return change.result();
  }
  change.changeMember(member, { awaitingSync: requestId });
  if (group.leaderId === member.memberId) {
    storeAssignment(change, request.assignments);
    change.answerParkedSyncs((waiting) => syncSuccess(group, waiting));
  }
  return change.result();
}

function validateSync(group: ClassicGroup, request: SyncGroupRequest): number {
  if (group.state === "Empty") return ErrorCode.UNKNOWN_MEMBER_ID;
  if (group.state === "Dead") return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  const errorCode = validateMember(group, request.memberId, request.groupInstanceId);
  if (errorCode !== ErrorCode.NONE) return errorCode;
  if (request.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION;
  if (differs(request.protocolType, group.protocolType) || differs(request.protocolName, group.protocolName)) {
    return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
  }
  return group.state === "PreparingRebalance" ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
}

/** Requests before version 5 name no protocol. */
function differs(asked: string | null, known: string | null): boolean {
  return asked !== null && known !== null && asked !== known;
}

function noteSync(change: GroupChange, memberId: string): void {
  const pendingSyncMembers = without(change.group.pendingSyncMembers, memberId);
  change.group = changeGroup(change.group, { pendingSyncMembers });
  if (pendingSyncMembers.size === 0) change.cancelTimer(syncTimer(change.group.groupId));
}

function storeAssignment(change: GroupChange, assignments: SyncGroupRequest["assignments"]): void {
  const byMember = new Map(assignments.map(({ memberId, assignment }) => [memberId, assignment]));
  change.group = changeMembers(change.group, (member) => ({
    ...member,
    assignment: byMember.get(member.memberId) ?? NO_ASSIGNMENT,
  }));
  // Kafka's record is made before the group becomes Stable, so it has the time at which the join phase ended.
  change.write();
  change.group = transitionTo(change.group, "Stable", change.nowMs);
}

function syncSuccess({ protocolType, protocolName }: ClassicGroup, { assignment }: ClassicGroupMember): SyncGroupResponse {
  return { api: "SyncGroup", errorCode: ErrorCode.NONE, protocolType, protocolName, assignment };
}
