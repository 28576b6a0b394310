import { ByteReader, ByteWriter } from "../../../kafka/bytes";
import { groupByTopic, listTopicPartitions, readTopicPartitions, writeTopicPartitions } from "../../../kafka/consumerProtocol";
import type { AssignmentMember, Assignor, LastAssignment, PartitionExplanation } from "./assignor";
import { assignSticky } from "./assignSticky";

/**
 * Balanced first, then kept, under the eager protocol (`StickyAssignor`, KIP-54). Members give everything up before they join, so what they
 * had travels in the user data: version 1, the last assignment and its generation.
 */
export const stickyAssignor: Assignor = {
  name: "sticky",
  supportedProtocol: "EAGER",
  subscriptionUserData: (last) => (last === null ? null : encodeUserData(last)),
  assign: (input) => assignSticky(input, { lastAssignmentOf, isWithheld: () => false }),
};

/** False when two members exchanged partitions of one topic for nothing, each losing one to the other (`AbstractStickyAssignor.isSticky`). */
export function isSticky(partitions: readonly PartitionExplanation[]): boolean {
  const moves = partitions.filter(({ previousMemberId, targetMemberId }) => previousMemberId !== null && previousMemberId !== targetMemberId);
  return !moves.some((move) =>
    moves.some(
      (reverse) =>
        reverse.topicPartition.topic === move.topicPartition.topic &&
        reverse.previousMemberId === move.targetMemberId &&
        reverse.targetMemberId === move.previousMemberId,
    ),
  );
}

function encodeUserData({ partitions, generationId }: LastAssignment): Uint8Array {
  const writer = new ByteWriter();
  writeTopicPartitions(writer, groupByTopic(partitions));
  writer.int32(generationId);
  return writer.finish();
}

/** Version 0 has no generation. Bytes that are neither version count as no history, since another assignor may have written them. */
function lastAssignmentOf({ userData }: AssignmentMember): LastAssignment {
  if (userData === null) return { partitions: [], generationId: -1 };
  try {
    const reader = new ByteReader(userData);
    const partitions = listTopicPartitions(readTopicPartitions(reader));
    return { partitions, generationId: reader.remaining >= 4 ? reader.int32() : -1 };
  } catch (error) {
    if (error instanceof RangeError) return { partitions: [], generationId: -1 };
    throw error;
  }
}
