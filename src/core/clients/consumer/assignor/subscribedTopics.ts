import type { AssignmentExplanation, AssignmentInput, AssignmentMember } from "./assignor";

/** A topic that somebody subscribes to and that has partitions. */
export interface SubscribedTopic {
  readonly topic: string;
  readonly partitionCount: number;
  /** In the order of the input's members. */
  readonly subscribers: readonly AssignmentMember[];
}

/** The topics to assign, in the order of `partitionsPerTopic`; a topic without metadata is skipped (`AbstractPartitionAssignor.assign`). */
export function subscribedTopics({ partitionsPerTopic, members }: AssignmentInput): SubscribedTopic[] {
  const subscribersByTopic = new Map<string, AssignmentMember[]>();
  for (const [topic, partitionCount] of partitionsPerTopic) {
    if (partitionCount > 0) subscribersByTopic.set(topic, []);
  }
  for (const member of members) {
    for (const topic of new Set(member.topics)) subscribersByTopic.get(topic)?.push(member);
  }
  return [...subscribersByTopic]
    .filter(([, subscribers]) => subscribers.length > 0)
    .map(([topic, subscribers]) => ({ topic, subscribers, partitionCount: partitionsPerTopic.get(topic) ?? 0 }));
}

/** Static members first, by instance id, then the others by member id (`AbstractPartitionAssignor.MemberInfo`, KIP-345). */
export function sortMembers(members: readonly AssignmentMember[]): AssignmentMember[] {
  return members.toSorted(compareMembers);
}

export function explainTopics(topics: readonly SubscribedTopic[]): AssignmentExplanation["topics"] {
  return topics.map(({ topic, partitionCount, subscribers }) => ({
    topic,
    partitionCount,
    memberIds: subscribers.map((member) => member.memberId),
  }));
}

/** Code unit order, as Java's `String.compareTo`. */
export function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

function compareMembers(first: AssignmentMember, second: AssignmentMember): number {
  if (first.groupInstanceId !== null && second.groupInstanceId !== null) return compareText(first.groupInstanceId, second.groupInstanceId);
  if (first.groupInstanceId !== null) return -1;
  if (second.groupInstanceId !== null) return 1;
  return compareText(first.memberId, second.memberId);
}
