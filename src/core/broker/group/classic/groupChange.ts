import type { ApiResponse } from "../../../kafka/api/api";
import type { JoinGroupResponse, SyncGroupResponse } from "../../../kafka/api/groups";
import type { CoordinatorRecord, GroupMetadataValue } from "../../../kafka/coordinatorRecords";
import { ErrorCode } from "../../../kafka/errors";
import type { Timer } from "../../../sim/timer";
import type { RequestId } from "../../handlerResult";
import type { ClassicGroup, ClassicGroupMember } from "./classicGroup";
import { changeGroup, changeMembers } from "./classicGroup";
import type { GroupCoordinatorConfig, GroupCoordinatorContext, GroupResult } from "../coordinatorState";
import { groupMetadataValue } from "./groupMetadata";
import { heartbeatTimer } from "../timers";
import { share } from "../../../sim/share";

/**
 * Collects what one handler decides about one group, so that the steps of a rebalance can be functions that call each other.
 * It lives no longer than the handler; the group itself is replaced, never changed.
 */
export class GroupChange {
  group: ClassicGroup;
  readonly nowMs: number;
  readonly config: GroupCoordinatorConfig;
  private readonly before: ClassicGroup | null;
  private readonly records: CoordinatorRecord[] = [];
  private readonly responses: { to: RequestId; response: ApiResponse }[] = [];
  private readonly timers = new Map<Timer["key"], { readonly timer: Timer; readonly atMs: number | null }>();

  /** `before` is null for a group that this handler creates. */
  constructor(context: GroupCoordinatorContext, group: ClassicGroup, before: ClassicGroup | null = group) {
    this.group = group;
    this.nowMs = context.nowMs;
    this.config = context.config;
    this.before = before;
  }

  get hasRecords(): boolean {
    return this.records.length > 0;
  }

  respond(to: RequestId, response: ApiResponse): void {
    this.responses.push({ to, response });
  }

  setTimer(timer: Timer, delayMs: number): void {
    this.timers.set(timer.key, { timer, atMs: this.nowMs + delayMs });
  }

  cancelTimer(timer: Timer): void {
    this.timers.set(timer.key, { timer, atMs: null });
  }

  /** Starts a member's session anew. */
  keepAlive(member: ClassicGroupMember, delayMs = member.sessionTimeoutMs): void {
    this.setTimer(heartbeatTimer(this.group.groupId, member.memberId), delayMs);
  }

  changeMember(member: ClassicGroupMember, changes: Partial<ClassicGroupMember>): void {
    const members = new Map(this.group.members).set(member.memberId, share({ ...member, ...changes }));
    this.group = changeGroup(this.group, { members });
  }

  /** Answers every parked SyncGroup, which starts the member's session anew. */
  answerParkedSyncs(responseOf: (member: ClassicGroupMember) => SyncGroupResponse): void {
    for (const member of this.group.members.values()) {
      if (member.awaitingSync === null) continue;
      this.respond(member.awaitingSync, responseOf(member));
      this.keepAlive(member);
    }
    this.group = changeMembers(this.group, (member) => ({ ...member, awaitingSync: null }));
  }

  /** Appends the group's metadata as it is now, or the value given. */
  write(value: GroupMetadataValue = groupMetadataValue(this.group)): void {
    this.records.push({ type: "GroupMetadata", key: { group: this.group.groupId }, value });
    this.group = changeGroup(this.group, { lastWritten: value });
  }

  result(): GroupResult {
    return {
      records: this.records,
      soft: this.group === this.before ? [] : [{ groupId: this.group.groupId, group: this.group }],
      responses: this.responses,
      timers: [...this.timers.values()],
    };
  }
}

/** A result that only answers. */
export function answerOnly(to: RequestId, response: ApiResponse): GroupResult {
  return { records: [], soft: [], responses: [{ to, response }], timers: [] };
}

/** Field values of a JoinGroup error are the defaults of `JoinGroupResponseData`. */
export function joinError(memberId: string, errorCode: number, protocolName: string | null = ""): JoinGroupResponse {
  return {
    api: "JoinGroup",
    errorCode,
    generationId: -1,
    protocolType: null,
    protocolName,
    leader: "",
    skipAssignment: false,
    memberId,
    members: [],
  };
}

/** What a member is told of the group's generation; `members` is filled for the leader only. */
export function joinSuccess(group: ClassicGroup, memberId: string, members: JoinGroupResponse["members"]): JoinGroupResponse {
  return {
    api: "JoinGroup",
    errorCode: ErrorCode.NONE,
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leader: group.leaderId ?? "",
    skipAssignment: false,
    memberId,
    members,
  };
}

export function syncError(errorCode: number): SyncGroupResponse {
  return { api: "SyncGroup", errorCode, protocolType: null, protocolName: null, assignment: new Uint8Array(0) };
}
