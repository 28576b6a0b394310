/**
 * The coordinator stops being that of its groups: their partition of `__consumer_offsets` moves to another broker.
 *
 * Version modelled: Kafka 4.0, `GroupMetadataManager.onUnloaded`.
 * Behaviour: parked requests are answered NOT_COORDINATOR, so that their clients look for the new coordinator; groups become Dead.
 * Simplified: nothing.
 */
import type { ApiResponse } from "../../kafka/api";
import { ErrorCode } from "../../kafka/errors";
import type { RequestId } from "../handlerResult";
import { changeMembers, transitionTo } from "./classicGroup";
import type { GroupCoordinatorContext, GroupResult, GroupSoft } from "./coordinatorState";
import { joinError, syncError } from "./groupChange";

export function unload(context: GroupCoordinatorContext): GroupResult {
  const soft: GroupSoft[] = [];
  const responses: { to: RequestId; response: ApiResponse }[] = [];
  for (const group of context.state.groups.values()) {
    for (const { memberId, awaitingJoin, awaitingSync } of group.members.values()) {
      if (awaitingJoin !== null) responses.push({ to: awaitingJoin, response: joinError(memberId, ErrorCode.NOT_COORDINATOR) });
      if (awaitingSync !== null) responses.push({ to: awaitingSync, response: syncError(ErrorCode.NOT_COORDINATOR) });
    }
    const answered = changeMembers(group, (member) => ({ ...member, awaitingJoin: null, awaitingSync: null }));
    soft.push({ groupId: group.groupId, group: transitionTo(answered, "Dead", context.nowMs) });
  }
  return { records: [], soft, responses, timers: [] };
}
