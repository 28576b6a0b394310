/**
 * A static member (KIP-345) that comes back without its member id, as after a restart of its process.
 *
 * Version modelled: Kafka 4.0, `GroupMetadataManager.updateStaticMemberThenRebalanceOrCompleteJoin`.
 * Behaviour: it gets a new member id and the old one is fenced. A Stable group whose protocol stays the same does not rebalance: the
 * member keeps the assignment, and a leader is told to skip assigning (from version 9 on; before, it is told of the old leader).
 * Simplified: nothing.
 */
import type { JoinGroupRequest } from "../../../kafka/api/groups";
import { ErrorCode } from "../../../kafka/errors";
import type { RequestId } from "../../handlerResult";
import type { ClassicGroupMember } from "./classicGroup";
import { changeGroup, selectProtocol } from "./classicGroup";
import type { GroupChange } from "./groupChange";
import { joinError, joinSuccess, syncError } from "./groupChange";
import { completeJoinIfAllJoined, joinedMembers, prepareRebalance } from "./rebalance";
import { share } from "../../../sim/share";

const SKIP_ASSIGNMENT_VERSION = 9;

export function replaceStaticMember(
  change: GroupChange,
  request: JoinGroupRequest,
  oldMemberId: string,
  memberId: string,
  requestId: RequestId,
): void {
  const oldLeaderId = change.group.leaderId;
  const member = takeOver(change, request, oldMemberId, memberId, requestId);
  const { group } = change;
  if (group.state === "PreparingRebalance") {
    completeJoinIfAllJoined(change);
  } else if (group.state === "CompletingRebalance" || group.protocolName !== selectProtocol(group)) {
    // The leader may already be assigning partitions to the old member id.
    prepareRebalance(change);
  } else {
    change.changeMember(member, { awaitingJoin: null });
    change.write();
    const isLeader = group.leaderId === memberId;
    const answer =
      request.version >= SKIP_ASSIGNMENT_VERSION
        ? { ...joinSuccess(group, memberId, isLeader ? joinedMembers(group) : []), skipAssignment: isLeader }
        : { ...joinSuccess(group, memberId, []), leader: oldLeaderId ?? "" };
    change.respond(requestId, answer);
  }
}

/** Puts the new member id in the old one's place, with the request parked in it. */
function takeOver(
  change: GroupChange,
  request: JoinGroupRequest,
  oldMemberId: string,
  memberId: string,
  requestId: RequestId,
): ClassicGroupMember {
  const old = change.group.members.get(oldMemberId);
  if (old === undefined) throw new Error(`${oldMemberId} is not in ${request.groupId}`);
  if (old.awaitingJoin !== null) change.respond(old.awaitingJoin, joinError(oldMemberId, ErrorCode.FENCED_INSTANCE_ID, null));
  if (old.awaitingSync !== null) change.respond(old.awaitingSync, syncError(ErrorCode.FENCED_INSTANCE_ID));
  // Until the next answer the session is the old one's, as it was before the request.
  change.keepAlive({ ...old, memberId });
  const member: ClassicGroupMember = {
    ...old,
    memberId,
    sessionTimeoutMs: request.sessionTimeoutMs,
    rebalanceTimeoutMs: request.rebalanceTimeoutMs,
    protocols: request.protocols,
    awaitingJoin: requestId,
    awaitingSync: null,
    isNew: false,
  };
  const members = new Map(change.group.members);
  members.delete(oldMemberId);
  members.set(memberId, share(member));
  change.group = changeGroup(change.group, {
    members,
    leaderId: change.group.leaderId === oldMemberId ? memberId : change.group.leaderId,
  });
  return member;
}
