import type { AssignmentInput, AssignmentMember, AssignmentResult, Assignor } from "./assignor";
import type { Dealt } from "./dealing";
import { dealtResult } from "./dealing";
import { compareText, sortMembers, subscribedTopics } from "./subscribedTopics";

/** All partitions, sorted by topic, are dealt to the sorted members in turn; who is not subscribed is passed over (`RoundRobinAssignor`). */
export const roundRobinAssignor: Assignor = {
  name: "roundrobin",
  supportedProtocol: "EAGER",
  subscriptionUserData: () => null,
  assign: assignRoundRobin,
};

function assignRoundRobin({ partitionsPerTopic, members }: AssignmentInput): AssignmentResult {
  const circle = sortMembers(members);
  const topics = subscribedTopics({ partitionsPerTopic, members: circle }).toSorted((first, second) =>
    compareText(first.topic, second.topic),
  );
  const dealt: Dealt[] = [];
  let turn = 0;
  for (const { topic, partitionCount, subscribers } of topics) {
    const subscribed = new Set(subscribers);
    for (let partition = 0; partition < partitionCount; partition++) {
      while (!subscribed.has(memberAt(circle, turn))) turn++;
      dealt.push({ topicPartition: { topic, partition }, memberId: memberAt(circle, turn).memberId });
      turn++;
    }
  }
  return dealtResult("roundrobin", members, topics, dealt);
}

function memberAt(circle: readonly AssignmentMember[], turn: number): AssignmentMember {
  // The remainder is always an index: a topic is only dealt when it has a subscriber, so the circle is not empty.
  return circle[turn % circle.length] as AssignmentMember;
}
