import type { StickyGroup, StickyMember } from "./stickyGroup";
import { give } from "./stickyGroup";
import { compareText } from "./subscribedTopics";

/**
 * The sticky rule when all subscriptions are equal (`AbstractStickyAssignor.ConstrainedAssignmentBuilder`): nobody differs by more than one
 * partition, and within that everybody keeps as much as possible.
 */
export function assignConstrained({ members, partitions }: StickyGroup): void {
  const quota = Math.floor(partitions.length / members.length);
  let largerShares = partitions.length % members.length;
  for (const member of members) {
    // By number before topic, so that a member with too much keeps some of every topic.
    const owned = partitions
      .filter((partition) => partition.previous === member)
      .toSorted((first, second) => first.topicPartition.partition - second.topicPartition.partition);
    const share = owned.length > quota && largerShares > 0 ? quota + 1 : quota;
    if (share > quota) largerShares--;
    for (const partition of owned.slice(0, share)) give(partition, member);
  }
  const receivers = receivingOrder(members, quota);
  partitions
    .filter((partition) => partition.owner === null)
    .forEach((partition, index) => {
      const receiver = receivers[index];
      if (receiver === undefined) throw new Error("more partitions are left than the members' shares add up to");
      give(partition, receiver);
    });
}

/** In turns by member id: first everybody below the quota up to it, then one more for each that has just the quota. */
function receivingOrder(members: readonly StickyMember[], quota: number): StickyMember[] {
  const sorted = members.toSorted((first, second) => compareText(first.memberId, second.memberId));
  const order: StickyMember[] = [];
  const atQuota = sorted.filter((member) => member.partitions.length === quota);
  let hungry = sorted.filter((member) => member.partitions.length < quota);
  for (let round = 1; hungry.length > 0; round++) {
    order.push(...hungry);
    atQuota.push(...hungry.filter((member) => member.partitions.length + round === quota));
    hungry = hungry.filter((member) => member.partitions.length + round < quota);
  }
  return [...order, ...atQuota];
}
