/**
 * The group coordinator: which handler answers which request, and how records and soft values become state.
 *
 * Version modelled: Kafka 4.0, `GroupCoordinatorShard` with classic groups only.
 * Behaviour: handlers only read. The caller appends a result's records, folds them with `replay`, applies its soft values with
 * `applySoft` (they are newer than the records), and then answers. After a crash the state is the fold of the log, and `load` gives
 * every member a fresh session.
 * Simplified: no offset or group expiry, no other group types.
 */
import type { ApiRequest } from "../../kafka/api/api";
import type { CoordinatorRecord } from "../../kafka/coordinatorRecords";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { Timer } from "../../sim/timer";
import type { RequestId } from "../handlerResult";
import { newGroup } from "./classic/classicGroup";
import type { GroupCoordinatorContext, GroupCoordinatorState, GroupResult, GroupSoft } from "./coordinatorState";
import { groupFromMetadata } from "./classic/groupMetadata";
import { heartbeat } from "./classic/heartbeat";
import { joinGroup } from "./classic/joinGroup";
import { leaveGroup } from "./classic/leaveGroup";
import { offsetCommit } from "./offsetCommit";
import { offsetFetch } from "./offsetFetch";
import { syncGroup } from "./classic/syncGroup";
import { heartbeatTimer } from "./timers";

export type GroupRequest = Extract<
  ApiRequest,
  { api: "JoinGroup" | "SyncGroup" | "Heartbeat" | "LeaveGroup" | "OffsetCommit" | "OffsetFetch" }
>;

export function handleGroupRequest(context: GroupCoordinatorContext, request: GroupRequest, requestId: RequestId): GroupResult {
  switch (request.api) {
    case "JoinGroup":
      return joinGroup(context, request, requestId);
    case "SyncGroup":
      return syncGroup(context, request, requestId);
    case "Heartbeat":
      return heartbeat(context, request, requestId);
    case "LeaveGroup":
      return leaveGroup(context, request, requestId);
    case "OffsetCommit":
      return offsetCommit(context, request, requestId);
    case "OffsetFetch":
      return offsetFetch(context, request, requestId);
  }
}

/** Folds one record into the state, live and on recovery alike. A committed offset makes its group known if nothing else did. */
export function replay(state: GroupCoordinatorState, record: CoordinatorRecord): void {
  const groupId = record.key.group;
  if (record.type === "GroupMetadata") {
    if (record.value === null) state.groups.delete(groupId);
    else state.groups.set(groupId, groupFromMetadata(groupId, record.value));
    return;
  }
  const name = formatTopicPartition(record.key.topic, record.key.partition);
  const offsets = state.offsets.get(groupId);
  if (record.value === null) {
    offsets?.delete(name);
    if (offsets?.size === 0) state.offsets.delete(groupId);
    return;
  }
  if (offsets === undefined) state.offsets.set(groupId, new Map([[name, record.value]]));
  else offsets.set(name, record.value);
  if (!state.groups.has(groupId)) state.groups.set(groupId, newGroup(groupId, null));
}

export function applySoft(state: GroupCoordinatorState, soft: GroupSoft): void {
  if (soft.group === null) state.groups.delete(soft.groupId);
  else state.groups.set(soft.groupId, soft.group);
}

/** After the log was replayed: the session timers to set. (`GroupMetadataManager.onLoaded`) */
export function load(state: GroupCoordinatorState, nowMs: number): { timer: Timer; atMs: number }[] {
  return Array.from(state.groups.values()).flatMap((group) =>
    Array.from(group.members.values(), (member) => ({
      timer: heartbeatTimer(group.groupId, member.memberId),
      atMs: nowMs + member.sessionTimeoutMs,
    })),
  );
}
