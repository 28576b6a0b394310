import type { AssignmentInput, AssignmentResult, Assignor } from "./assignor";
import type { Dealt } from "./dealing";
import { dealtResult } from "./dealing";
import type { SubscribedTopic } from "./subscribedTopics";
import { sortMembers, subscribedTopics } from "./subscribedTopics";

/** Each topic by itself is cut into one block per sorted subscriber, so the first members get more of every topic (`RangeAssignor`). */
export const rangeAssignor: Assignor = {
  name: "range",
  supportedProtocol: "EAGER",
  subscriptionUserData: () => null,
  assign: assignRange,
};

function assignRange({ partitionsPerTopic, members }: AssignmentInput): AssignmentResult {
  const topics = subscribedTopics({ partitionsPerTopic, members: sortMembers(members) });
  return dealtResult("range", members, topics, topics.flatMap(cutIntoBlocks));
}

function cutIntoBlocks({ topic, partitionCount, subscribers }: SubscribedTopic): Dealt[] {
  const size = Math.floor(partitionCount / subscribers.length);
  const largerBlocks = partitionCount % subscribers.length;
  let next = 0;
  return subscribers.flatMap(({ memberId }, index) => {
    const block: Dealt[] = [];
    for (const end = next + size + (index < largerBlocks ? 1 : 0); next < end; next++) {
      block.push({ topicPartition: { topic, partition: next }, memberId });
    }
    return block;
  });
}
