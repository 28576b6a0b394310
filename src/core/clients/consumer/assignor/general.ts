import type { StickyGroup, StickyMember, StickyPartition } from "./stickyGroup";
import { give } from "./stickyGroup";

/**
 * The sticky rule when subscriptions differ (`AbstractStickyAssignor.GeneralAssignmentBuilder`): keep everything that is still subscribed
 * to, give the rest to whoever has least, then move single partitions until no move makes two members more even. Every move brings two
 * members that differ by two or more closer, so it ends, and the result is never less even than before.
 */
export function assignGeneral(group: StickyGroup): void {
  // Those with the fewest subscribers first, since they leave the least choice.
  const partitions = group.partitions.toSorted((first, second) => first.subscribers.length - second.subscribers.length);
  for (const partition of partitions) {
    if (partition.previous !== null && partition.subscribers.includes(partition.previous)) give(partition, partition.previous);
  }
  for (const partition of partitions) {
    if (partition.owner === null) give(partition, leastLoaded(partition.subscribers));
  }
  let moves: number;
  do {
    moves = 0;
    for (const partition of partitions) moves += evenOut(partition) ? 1 : 0;
  } while (moves > 0);
}

/** Moves this partition, or another in its place, from its owner to a member that has two fewer or less. Says whether it did. */
function evenOut(partition: StickyPartition): boolean {
  const { owner, former, subscribers } = partition;
  if (owner === null) return false;
  if (former !== null && subscribers.includes(former) && isTwoAhead(owner, former)) {
    give(partition, former);
    return true;
  }
  const receiver = leastLoaded(subscribers);
  if (!isTwoAhead(owner, receiver)) return false;
  give(leastMissed(partition, owner, receiver), receiver);
  return true;
}

/** This partition, unless the owner had it before and has got another one that would serve as well: then that goes, and this is kept. */
function leastMissed(partition: StickyPartition, owner: StickyMember, receiver: StickyMember): StickyPartition {
  if (partition.previous !== owner) return partition;
  return owner.partitions.find((other) => other.previous !== owner && other.subscribers.includes(receiver)) ?? partition;
}

function isTwoAhead(member: StickyMember, other: StickyMember): boolean {
  return member.partitions.length > other.partitions.length + 1;
}

function leastLoaded(members: readonly StickyMember[]): StickyMember {
  return members.reduce((least, member) => {
    const difference = member.partitions.length - least.partitions.length;
    return difference < 0 || (difference === 0 && member.memberId < least.memberId) ? member : least;
  });
}
