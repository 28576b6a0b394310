/**
 * Heartbeat: a member says that it lives, and hears of a rebalance.
 *
 * Version modelled: Kafka 4.0, Heartbeat v4 to a classic group (`GroupMetadataManager.classicGroupHeartbeatToClassicGroup`).
 * Behaviour: a valid heartbeat starts the session anew, also in a rebalance, where the answer is REBALANCE_IN_PROGRESS.
 * Simplified: nothing.
 */
import type { HeartbeatRequest } from "../../../kafka/api/groups";
import { ErrorCode } from "../../../kafka/errors";
import type { RequestId } from "../../handlerResult";
import type { ClassicGroup } from "./classicGroup";
import { validateMember } from "./classicGroup";
import type { GroupCoordinatorContext, GroupResult } from "../coordinatorState";
import { answerOnly, GroupChange } from "./groupChange";

export function heartbeat(context: GroupCoordinatorContext, request: HeartbeatRequest, requestId: RequestId): GroupResult {
  if (request.groupId === "") return answerOnly(requestId, { api: "Heartbeat", errorCode: ErrorCode.INVALID_GROUP_ID });
  const group = context.state.groups.get(request.groupId);
  const errorCode = group === undefined ? ErrorCode.UNKNOWN_MEMBER_ID : validateHeartbeat(group, request);
  const member = group?.members.get(request.memberId);
  if (errorCode !== ErrorCode.NONE || group === undefined || member === undefined) {
    return answerOnly(requestId, { api: "Heartbeat", errorCode });
  }
  const change = new GroupChange(context, group);
  change.keepAlive(member);
  const rebalancing = group.state === "PreparingRebalance";
  change.respond(requestId, { api: "Heartbeat", errorCode: rebalancing ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE });
  return change.result();
}

function validateHeartbeat(group: ClassicGroup, request: HeartbeatRequest): number {
  if (group.state === "Dead") return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  const errorCode = validateMember(group, request.memberId, request.groupInstanceId);
  if (errorCode !== ErrorCode.NONE) return errorCode;
  return request.generationId === group.generationId ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
}
