/**
 * What happens when a group's timers fire.
 *
 * Version modelled: Kafka 4.0, `GroupMetadataManager` (expireClassicGroupMemberHeartbeat, expirePendingSync,
 * tryCompleteInitialRebalanceElseSchedule).
 * Behaviour: a session ends exactly sessionTimeoutMs after it was last renewed. A member with a parked request lives on without
 * heartbeats, unless it is new and was never answered.
 * Simplified: nothing.
 */
import type { Timer } from "../../../sim/timer";
import type { GroupCoordinatorContext, GroupResult } from "../coordinatorState";
import { EMPTY_RESULT } from "../coordinatorState";
import { hasAllMembersJoined, removeMember } from "./classicGroup";
import { GroupChange } from "./groupChange";
import { completeJoin, expireJoin, prepareRebalance, removeAnsweringJoin } from "./rebalance";
import { heartbeatTimer, timerTarget } from "../timers";

/** A timer has come. A timer whose group or member is gone does nothing. */
export function onTimer(context: GroupCoordinatorContext, due: Timer): GroupResult {
  const target = timerTarget(context.state.groups, due);
  if (target === null || target.group.state === "Dead") return EMPTY_RESULT;
  const change = new GroupChange(context, target.group);
  if (target.kind === "heartbeat") expireHeartbeat(change, target.memberId);
  else if (target.kind === "join") expireJoin(change);
  else expireSync(change);
  return change.result();
}

function expireHeartbeat(change: GroupChange, memberId: string): void {
  const member = change.group.members.get(memberId);
  if (member === undefined) {
    change.group = removeMember(change.group, memberId);
  } else {
    const isWaiting = member.awaitingJoin !== null || member.awaitingSync !== null;
    if (isWaiting && !member.isNew) return;
    removeAnsweringJoin(change, member);
  }
  const { state } = change.group;
  if (state === "Stable" || state === "CompletingRebalance") {
    if (member !== undefined) prepareRebalance(change);
  } else if (state === "PreparingRebalance" && hasAllMembersJoined(change.group)) {
    completeJoin(change);
  }
}

/** Removes the members that did not send SyncGroup in time, and has the others rejoin. */
function expireSync(change: GroupChange): void {
  const { groupId, state, pendingSyncMembers } = change.group;
  if ((state !== "CompletingRebalance" && state !== "Stable") || pendingSyncMembers.size === 0) return;
  for (const memberId of pendingSyncMembers) {
    change.group = removeMember(change.group, memberId);
    change.cancelTimer(heartbeatTimer(groupId, memberId));
  }
  prepareRebalance(change);
}
