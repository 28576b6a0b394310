/**
 * One classic consumer group as an immutable value, and the questions and changes that need nothing but it.
 *
 * Version modelled: Kafka 4.0, `org.apache.kafka.coordinator.group.classic.ClassicGroup` and `ClassicGroupMember`.
 * Behaviour: every function that "changes" a group returns a new one, so that checkpoints can share the old.
 * Simplified: where Kafka follows the arbitrary order of a hash map (who leads next, ties in the vote for a protocol), the order here
 * is that in which members joined.
 */
import type { GroupMetadataValue } from "../../../kafka/coordinatorRecords";
import { ErrorCode } from "../../../kafka/errors";
import type { RequestId } from "../../handlerResult";
import { share } from "../../../sim/share";

export type ClassicGroupState = "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable" | "Dead";

export interface GroupProtocol {
  readonly name: string;
  readonly metadata: Uint8Array;
}

export interface ClassicGroupMember {
  readonly memberId: string;
  /** Set for a static member (KIP-345). */
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** In order of preference. After a recovery only the group's own protocol is known. */
  readonly protocols: readonly GroupProtocol[];
  readonly assignment: Uint8Array;
  /** The member's parked JoinGroup. */
  readonly awaitingJoin: RequestId | null;
  /** The member's parked SyncGroup. */
  readonly awaitingSync: RequestId | null;
  /** It has never been answered, so that a parked request does not keep it alive for ever. */
  readonly isNew: boolean;
}

/** The rebalance of a group that was Empty: it lasts a fixed delay, and longer while new members arrive. */
export interface InitialRebalance {
  readonly delayMs: number;
  readonly remainingMs: number;
  readonly newMemberAdded: boolean;
}

export interface ClassicGroup {
  readonly groupId: string;
  readonly state: ClassicGroupState;
  /** When it entered this state; null for a group known only from committed offsets. */
  readonly currentStateTimestampMs: number | null;
  readonly generationId: number;
  /** null for a group that never had a member. */
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leaderId: string | null;
  readonly members: ReadonlyMap<string, ClassicGroupMember>;
  /** Member ids given out with MEMBER_ID_REQUIRED that did not come back yet (KIP-394). */
  readonly pendingJoinMembers: ReadonlySet<string>;
  /** Members of this generation that did not send SyncGroup yet. */
  readonly pendingSyncMembers: ReadonlySet<string>;
  readonly initialRebalance: InitialRebalance | null;
  /** The group's last record in the log. While it rebalances the group is ahead of it. */
  readonly lastWritten: GroupMetadataValue | null;
}

export function newGroup(groupId: string, nowMs: number | null): ClassicGroup {
  return share({
    groupId,
    state: "Empty",
    currentStateTimestampMs: nowMs,
    generationId: 0,
    protocolType: null,
    protocolName: null,
    leaderId: null,
    members: new Map(),
    pendingJoinMembers: new Set<string>(),
    pendingSyncMembers: new Set<string>(),
    initialRebalance: null,
    lastWritten: null,
  });
}

export function changeGroup(group: ClassicGroup, changes: Partial<ClassicGroup>): ClassicGroup {
  return share({ ...group, ...changes });
}

export function transitionTo(group: ClassicGroup, state: ClassicGroupState, nowMs: number): ClassicGroup {
  return changeGroup(group, { state, currentStateTimestampMs: nowMs });
}

/** Puts a member in, or replaces the one of the same id. The first member leads, and sets the protocol type. */
export function putMember(group: ClassicGroup, member: ClassicGroupMember, protocolType: string): ClassicGroup {
  return changeGroup(group, {
    protocolType: group.members.size === 0 ? protocolType : group.protocolType,
    leaderId: group.leaderId ?? member.memberId,
    members: new Map(group.members).set(member.memberId, share(member)),
    pendingJoinMembers: without(group.pendingJoinMembers, member.memberId),
  });
}

/** Forgets a member or a pending member. The next in line leads if the leader goes. */
export function removeMember(group: ClassicGroup, memberId: string): ClassicGroup {
  const members = new Map(group.members);
  members.delete(memberId);
  const [first] = members.keys();
  return changeGroup(group, {
    members,
    leaderId: group.leaderId === memberId ? (first ?? null) : group.leaderId,
    pendingJoinMembers: without(group.pendingJoinMembers, memberId),
    pendingSyncMembers: without(group.pendingSyncMembers, memberId),
  });
}

export function changeMembers(group: ClassicGroup, change: (member: ClassicGroupMember) => ClassicGroupMember): ClassicGroup {
  const members = new Map<string, ClassicGroupMember>();
  for (const member of group.members.values()) members.set(member.memberId, share(change(member)));
  return changeGroup(group, { members });
}

export function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (!ids.has(id)) return ids;
  const rest = new Set(ids);
  rest.delete(id);
  return rest;
}

/** The member id that holds a group instance id, or null. */
export function staticMemberId(group: ClassicGroup, groupInstanceId: string): string | null {
  for (const member of group.members.values()) if (member.groupInstanceId === groupInstanceId) return member.memberId;
  return null;
}

/** Whether the group knows this member: NONE, UNKNOWN_MEMBER_ID, or FENCED_INSTANCE_ID. (`ClassicGroup.validateMember`) */
export function validateMember(group: ClassicGroup, memberId: string, groupInstanceId: string | null): number {
  if (groupInstanceId !== null) {
    const holder = staticMemberId(group, groupInstanceId);
    if (holder === null) return ErrorCode.UNKNOWN_MEMBER_ID;
    if (holder !== memberId) return ErrorCode.FENCED_INSTANCE_ID;
  }
  return group.members.has(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
}

/** Whether a member with these protocols may join: same type, and one protocol that all members support. */
export function supportsProtocols(group: ClassicGroup, protocolType: string, protocols: readonly GroupProtocol[]): boolean {
  if (group.state === "Empty") return protocolType !== "" && protocols.length > 0;
  return group.protocolType === protocolType && protocols.some((protocol) => isSupportedByAll(group, protocol.name));
}

/**
 * The protocol of the next generation: each member votes for the first in its list that all support, and most votes win. The group
 * must have members.
 */
export function selectProtocol(group: ClassicGroup): string {
  const votes = new Map<string, number>();
  for (const member of group.members.values()) {
    const vote = member.protocols.find((protocol) => isSupportedByAll(group, protocol.name));
    if (vote === undefined) throw new Error(`the members of ${group.groupId} have no protocol in common`);
    votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1);
  }
  let winner: string | null = null;
  for (const [name, count] of votes) if (winner === null || count > (votes.get(winner) ?? 0)) winner = name;
  if (winner === null) throw new Error(`${group.groupId} has no member to vote for a protocol`);
  return winner;
}

/** Whether a member rejoins with exactly what the group knows of it. */
export function hasSameProtocols(member: ClassicGroupMember, protocols: readonly GroupProtocol[]): boolean {
  return (
    member.protocols.length === protocols.length &&
    member.protocols.every((known, at) => {
      const other = protocols[at];
      return other !== undefined && known.name === other.name && sameBytes(known.metadata, other.metadata);
    })
  );
}

/** A member's metadata under the group's protocol. */
export function metadataUnder(member: ClassicGroupMember, protocolName: string | null): Uint8Array {
  const protocol = member.protocols.find(({ name }) => name === protocolName);
  if (protocol === undefined) throw new Error(`${member.memberId} does not support ${protocolName}`);
  return protocol.metadata;
}

/** The longest time that any member needs to rejoin, ms. */
export function rebalanceTimeoutMs(group: ClassicGroup): number {
  let longestMs = 0;
  for (const member of group.members.values()) longestMs = Math.max(longestMs, member.rebalanceTimeoutMs);
  return longestMs;
}

export function awaitingJoinCount(group: ClassicGroup): number {
  let count = 0;
  for (const member of group.members.values()) if (member.awaitingJoin !== null) count += 1;
  return count;
}

export function hasAllMembersJoined(group: ClassicGroup): boolean {
  return awaitingJoinCount(group) === group.members.size && group.pendingJoinMembers.size === 0;
}

function isSupportedByAll(group: ClassicGroup, protocolName: string): boolean {
  for (const member of group.members.values()) if (!member.protocols.some(({ name }) => name === protocolName)) return false;
  return true;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
