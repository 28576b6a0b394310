/**
 * The steps of a rebalance: from a change of members, through the join phase, to the next generation.
 *
 * Version modelled: Kafka 4.0, `GroupMetadataManager` (prepareRebalance, completeClassicGroupJoin and those around them).
 * Behaviour: a group that was Empty waits group.initial.rebalance.delay.ms, and again while members arrive; any other waits for all of
 * its members, at most for the longest of their rebalance timeouts. Dynamic members that did not rejoin by then are removed.
 * Simplified: nothing.
 */
import type { JoinGroupResponse } from "../../../kafka/api/groups";
import { ErrorCode } from "../../../kafka/errors";
import type { ClassicGroup, ClassicGroupMember } from "./classicGroup";
import {
  changeGroup,
  changeMembers,
  hasAllMembersJoined,
  metadataUnder,
  rebalanceTimeoutMs,
  removeMember,
  selectProtocol,
  transitionTo,
} from "./classicGroup";
import type { GroupChange } from "./groupChange";
import { joinError, joinSuccess, syncError } from "./groupChange";
import { heartbeatTimer, joinTimer, syncTimer } from "../timers";

const NO_ASSIGNMENT = new Uint8Array(0);

/** After members changed: starts a rebalance, or sees whether the one under way is complete. */
export function rebalanceOrCompleteJoin(change: GroupChange): void {
  if (change.group.state === "PreparingRebalance") completeJoinIfAllJoined(change);
  else prepareRebalance(change);
}

/** Ends the join phase if everyone is there, unless the group is in its initial delay. */
export function completeJoinIfAllJoined(change: GroupChange): void {
  const { group } = change;
  if (group.state !== "PreparingRebalance" || group.initialRebalance !== null || !hasAllMembersJoined(group)) return;
  completeJoin(change);
}

/** Asks every member to rejoin. Parked SyncGroups are answered REBALANCE_IN_PROGRESS. */
export function prepareRebalance(change: GroupChange): void {
  const { groupId, state } = change.group;
  if (state === "CompletingRebalance") cancelAssignment(change);
  change.cancelTimer(syncTimer(groupId));
  change.group = changeGroup(transitionTo(change.group, "PreparingRebalance", change.nowMs), { pendingSyncMembers: new Set() });
  if (state === "Empty") {
    const delayMs = change.config.groupInitialRebalanceDelayMs;
    const remainingMs = Math.max(rebalanceTimeoutMs(change.group) - delayMs, 0);
    change.group = changeGroup(change.group, { initialRebalance: { delayMs, remainingMs, newMemberAdded: false } });
    change.setTimer(joinTimer(groupId), delayMs);
  } else if (hasAllMembersJoined(change.group)) {
    completeJoin(change);
  } else {
    change.setTimer(joinTimer(groupId), rebalanceTimeoutMs(change.group));
  }
}

/** When a group's join timer fires: one more step of the initial delay if members arrived, or the end of the join phase. */
export function expireJoin(change: GroupChange): void {
  const { group, config } = change;
  if (group.state !== "PreparingRebalance") return;
  const initial = group.initialRebalance;
  if (initial === null || !initial.newMemberAdded || initial.remainingMs === 0) {
    completeJoin(change);
    return;
  }
  const delayMs = Math.min(config.groupInitialRebalanceDelayMs, initial.remainingMs);
  const remainingMs = Math.max(initial.remainingMs - initial.delayMs, 0);
  change.group = changeGroup(group, { initialRebalance: { delayMs, remainingMs, newMemberAdded: false } });
  change.setTimer(joinTimer(group.groupId), delayMs);
}

/** Removes a member whose session ended or who left. A parked JoinGroup is answered, so that a living client tries again. */
export function removeAnsweringJoin(change: GroupChange, member: ClassicGroupMember): void {
  if (member.awaitingJoin !== null) change.respond(member.awaitingJoin, joinError("", ErrorCode.UNKNOWN_MEMBER_ID));
  change.group = removeMember(change.group, member.memberId);
}

/** The leader's view of the generation: every member with its metadata under the chosen protocol. */
export function joinedMembers(group: ClassicGroup): JoinGroupResponse["members"] {
  return Array.from(group.members.values(), (member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    metadata: metadataUnder(member, group.protocolName),
  }));
}

/** Ends the join phase with those that are there: the next generation, or an Empty group. */
export function completeJoin(change: GroupChange): void {
  const { groupId } = change.group;
  change.cancelTimer(joinTimer(groupId));
  for (const member of change.group.members.values()) {
    if (member.awaitingJoin !== null || member.groupInstanceId !== null) continue;
    change.group = removeMember(change.group, member.memberId);
    change.cancelTimer(heartbeatTimer(groupId, member.memberId));
  }
  if (change.group.members.size === 0) {
    becomeEmpty(change);
    return;
  }
  const leaderId = joinedLeader(change.group);
  if (leaderId === null) {
    // Only static members are left and none of them rejoined: their sessions decide.
    change.setTimer(joinTimer(groupId), rebalanceTimeoutMs(change.group));
    return;
  }
  change.group = changeGroup(change.group, { leaderId });
  beginGeneration(change);
}

function beginGeneration(change: GroupChange): void {
  const group = changeGroup(transitionTo(change.group, "CompletingRebalance", change.nowMs), {
    generationId: change.group.generationId + 1,
    protocolName: selectProtocol(change.group),
    initialRebalance: null,
    pendingSyncMembers: new Set(change.group.members.keys()),
  });
  for (const member of group.members.values()) {
    const members = member.memberId === group.leaderId ? joinedMembers(group) : [];
    if (member.awaitingJoin !== null) change.respond(member.awaitingJoin, joinSuccess(group, member.memberId, members));
    change.keepAlive(member);
  }
  change.group = changeMembers(group, (member) => ({ ...member, awaitingJoin: null, isNew: false }));
  change.setTimer(syncTimer(group.groupId), rebalanceTimeoutMs(group));
}

function becomeEmpty(change: GroupChange): void {
  change.group = changeGroup(transitionTo(change.group, "Empty", change.nowMs), {
    generationId: change.group.generationId + 1,
    protocolName: null,
    initialRebalance: null,
    pendingSyncMembers: new Set(),
  });
  change.write();
}

/** The leader if it rejoined, else the first member that did, else null. */
function joinedLeader(group: ClassicGroup): string | null {
  const leader = group.leaderId === null ? undefined : group.members.get(group.leaderId);
  if (leader !== undefined && leader.awaitingJoin !== null) return leader.memberId;
  for (const member of group.members.values()) if (member.awaitingJoin !== null) return member.memberId;
  return null;
}

function cancelAssignment(change: GroupChange): void {
  change.group = changeMembers(change.group, (member) => ({ ...member, assignment: NO_ASSIGNMENT }));
  change.answerParkedSyncs(() => syncError(ErrorCode.REBALANCE_IN_PROGRESS));
}
