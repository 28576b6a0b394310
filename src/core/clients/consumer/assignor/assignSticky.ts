import type { AssignmentInput, AssignmentMember, AssignmentResult, LastAssignment, PartitionExplanation, PartitionReason } from "./assignor";
import { assignConstrained } from "./constrained";
import { assignGeneral } from "./general";
import { readStickyGroup } from "./stickyGroup";
import type { StickyMember, StickyPartition } from "./stickyGroup";
import { explainTopics } from "./subscribedTopics";

export type StickyRule = "constrained" | "general";

/** Where sticky and cooperative-sticky differ. */
interface StickyProtocol {
  /** Reads what a member says it had. */
  readonly lastAssignmentOf: (member: AssignmentMember) => LastAssignment;
  /** Whether a partition that now has its new owner must stay ungiven in this round. */
  readonly isWithheld: (partition: StickyPartition, rule: StickyRule) => boolean;
}

/** What sticky and cooperative-sticky share (`AbstractStickyAssignor`): balanced first, then kept. */
export function assignSticky(input: AssignmentInput, { lastAssignmentOf, isWithheld }: StickyProtocol): AssignmentResult {
  const group = readStickyGroup(input, lastAssignmentOf);
  const rule = group.topics.every(({ subscribers }) => subscribers.length === group.members.length) ? "constrained" : "general";
  if (rule === "constrained") assignConstrained(group);
  else assignGeneral(group);

  const withheld = new Set(group.partitions.filter((partition) => isWithheld(partition, rule)));
  const givenNow = ({ partitions }: StickyMember) =>
    partitions.filter((partition) => !withheld.has(partition)).map(({ topicPartition }) => topicPartition);
  return {
    assignment: new Map(group.members.map((member) => [member.memberId, givenNow(member)])),
    explanation: {
      rule,
      topics: explainTopics(group.topics),
      partitions: group.partitions.map((partition) => explain(partition, withheld.has(partition))),
    },
  };
}

function explain(partition: StickyPartition, withheld: boolean): PartitionExplanation {
  const { topicPartition, previous, owner } = partition;
  if (owner === null) throw new Error(`${topicPartition.topic}-${topicPartition.partition} has subscribers and no owner`);
  return {
    topicPartition,
    previousMemberId: previous?.memberId ?? null,
    targetMemberId: owner.memberId,
    reason: reasonOf(partition),
    withheld,
  };
}

function reasonOf({ previous, contested, owner, subscribers }: StickyPartition): PartitionReason {
  if (contested) return "contested";
  if (previous === null) return "unowned";
  if (previous === owner) return "kept";
  return subscribers.includes(previous) ? "balance" : "unsubscribed";
}
