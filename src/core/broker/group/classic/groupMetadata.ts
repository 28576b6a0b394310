/**
 * A classic group and its GroupMetadata record, both ways.
 *
 * Version modelled: Kafka 4.0, `GroupCoordinatorRecordHelpers.newGroupMetadataRecord` and `GroupMetadataManager.replay`.
 * Behaviour: a record rebuilds a group that is Stable, or Empty without members; a member then knows only the group's protocol.
 * Simplified: simulated clients have no address, so `clientHost` is always the loopback.
 */
import type { GroupMetadataValue } from "../../../kafka/coordinatorRecords";
import type { ClassicGroup, ClassicGroupMember } from "./classicGroup";
import { changeGroup, metadataUnder, newGroup } from "./classicGroup";
import { share } from "../../../sim/share";

const CLIENT_HOST = "/127.0.0.1";

export function groupMetadataValue(group: ClassicGroup): GroupMetadataValue {
  return {
    protocolType: group.protocolType ?? "",
    generation: group.generationId,
    protocol: group.protocolName,
    leader: group.leaderId,
    currentStateTimestamp: group.currentStateTimestampMs ?? -1,
    members: Array.from(group.members.values(), (member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: CLIENT_HOST,
      rebalanceTimeout: member.rebalanceTimeoutMs,
      sessionTimeout: member.sessionTimeoutMs,
      subscription: metadataUnder(member, group.protocolName),
      assignment: member.assignment,
    })),
  };
}

/** The record that makes a new group known before its first generation. (`newEmptyGroupMetadataRecord`) */
export function emptyGroupMetadataValue(nowMs: number): GroupMetadataValue {
  return { protocolType: "", generation: 0, protocol: null, leader: null, currentStateTimestamp: nowMs, members: [] };
}

export function groupFromMetadata(groupId: string, value: GroupMetadataValue): ClassicGroup {
  const members = new Map<string, ClassicGroupMember>();
  for (const member of value.members) {
    members.set(
      member.memberId,
      share({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        sessionTimeoutMs: member.sessionTimeout,
        rebalanceTimeoutMs: member.rebalanceTimeout,
        protocols: [{ name: value.protocol ?? "", metadata: member.subscription }],
        assignment: member.assignment,
        awaitingJoin: null,
        awaitingSync: null,
        isNew: false,
      }),
    );
  }
  const timestamp = value.currentStateTimestamp;
  return changeGroup(newGroup(groupId, timestamp === -1 ? null : timestamp), {
    state: members.size === 0 ? "Empty" : "Stable",
    generationId: value.generation,
    protocolType: value.protocolType === "" ? null : value.protocolType,
    protocolName: value.protocol,
    leaderId: value.leader,
    members,
    lastWritten: value,
  });
}
