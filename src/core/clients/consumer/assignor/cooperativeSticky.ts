import { ByteReader, ByteWriter } from "../../../kafka/bytes";
import type { AssignmentMember, Assignor, LastAssignment } from "./assignor";
import type { StickyRule } from "./assignSticky";
import { assignSticky } from "./assignSticky";
import type { StickyPartition } from "./stickyGroup";

/**
 * Sticky under the cooperative protocol (`CooperativeStickyAssignor`, KIP-429): members keep what they have while they join, so a partition
 * that is to change its owner is given to nobody in this round; its owner revokes it and rejoins, and the next round hands it over.
 */
export const cooperativeStickyAssignor: Assignor = {
  name: "cooperative-sticky",
  supportedProtocol: "COOPERATIVE",
  subscriptionUserData: (last) => encodeGeneration(last?.generationId ?? -1),
  assign: (input) => assignSticky(input, { lastAssignmentOf, isWithheld: isTransferringOwnership }),
};

/**
 * `partitionsTransferringOwnership`. As in Kafka the two rules differ about partitions with several claimants: the constrained one goes by
 * the claim that counts, and gives a contested partition to nobody; the general one lets any claimant have it.
 */
function isTransferringOwnership({ previous, contested, claimants, owner }: StickyPartition, rule: StickyRule): boolean {
  if (rule === "constrained") return contested || (previous !== null && previous !== owner);
  return claimants.length > 0 && owner !== null && !claimants.includes(owner);
}

/** Members below version 2 of the consumer protocol have their generation in the user data only. */
function lastAssignmentOf({ ownedPartitions, generationId, userData }: AssignmentMember): LastAssignment {
  return { partitions: ownedPartitions, generationId: generationId >= 0 ? generationId : decodeGeneration(userData) };
}

function encodeGeneration(generationId: number): Uint8Array {
  const writer = new ByteWriter(4);
  writer.int32(generationId);
  return writer.finish();
}

function decodeGeneration(userData: Uint8Array | null): number {
  return userData === null || userData.length < 4 ? -1 : new ByteReader(userData).int32();
}
