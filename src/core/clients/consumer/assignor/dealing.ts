import type { TopicPartition } from "../../../kafka/topicPartition";
import type { AssignmentMember, AssignmentResult, PartitionExplanation } from "./assignor";
import type { SubscribedTopic } from "./subscribedTopics";
import { explainTopics } from "./subscribedTopics";

/** One partition put into one member's hand. */
export interface Dealt {
  readonly topicPartition: TopicPartition;
  readonly memberId: string;
}

/** The result of a rule that looks at positions only, never at what members had before. */
export function dealtResult(
  rule: "range" | "roundrobin",
  members: readonly AssignmentMember[],
  topics: readonly SubscribedTopic[],
  dealt: readonly Dealt[],
): AssignmentResult {
  const assignment = new Map<string, TopicPartition[]>(members.map((member) => [member.memberId, []]));
  for (const { topicPartition, memberId } of dealt) assignment.get(memberId)?.push(topicPartition);
  const partitions = dealt.map(explainDealt);
  return { assignment, explanation: { rule, topics: explainTopics(topics), partitions } };
}

function explainDealt({ topicPartition, memberId }: Dealt): PartitionExplanation {
  return { topicPartition, previousMemberId: null, targetMemberId: memberId, reason: "dealt", withheld: false };
}
