/**
 * The coordinator stops being that of its groups: their partition of `__consumer_offsets` moves to another broker.
 *
 * Version modelled: Kafka 4.0, `GroupMetadataManager.onUnloaded`.
 * Behaviour: parked requests are answered NOT_COORDINATOR, so that their clients look for the new coordinator; groups become Dead.
 * Simplified: nothing.
 */
import type { ApiResponse } from "../../kafka/api/api";
import { ErrorCode } from "../../kafka/errors";
import type { Timer } from "../../sim/timer";
import type { RequestId } from "../handlerResult";
import { changeMembers, transitionTo } from "./classic/classicGroup";
import type { GroupCoordinatorState, GroupResult, GroupSoft } from "./coordinatorState";
import { joinError, syncError } from "./classic/groupChange";
import { heartbeatTimer, joinTimer, syncTimer } from "./timers";

/** What is left to do for the groups of a state at a virtual time in ms: answers, and the timers that nobody waits for any more. */
export function unload(state: GroupCoordinatorState, nowMs: number): GroupResult {
  const soft: GroupSoft[] = [];
  const responses: { to: RequestId; response: ApiResponse }[] = [];
  const cancelled: Timer[] = [];
  for (const group of state.groups.values()) {
    for (const { memberId, awaitingJoin, awaitingSync } of group.members.values()) {
      if (awaitingJoin !== null) responses.push({ to: awaitingJoin, response: joinError(memberId, ErrorCode.NOT_COORDINATOR) });
      if (awaitingSync !== null) responses.push({ to: awaitingSync, response: syncError(ErrorCode.NOT_COORDINATOR) });
    }
    const memberIds = [...group.members.keys(), ...group.pendingJoinMembers];
    cancelled.push(joinTimer(group.groupId), syncTimer(group.groupId), ...memberIds.map((memberId) => heartbeatTimer(group.groupId, memberId)));
    const answered = changeMembers(group, (member) => ({ ...member, awaitingJoin: null, awaitingSync: null }));
    soft.push({ groupId: group.groupId, group: transitionTo(answered, "Dead", nowMs) });
  }
  return { records: [], soft, responses, timers: cancelled.map((timer) => ({ timer, atMs: null })) };
}
