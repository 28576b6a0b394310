import { formatTopicPartition } from "../../../kafka/topicPartition";
import type { TopicPartition, TopicPartitionName } from "../../../kafka/topicPartition";
import type { AssignmentInput, AssignmentMember, LastAssignment } from "./assignor";
import type { SubscribedTopic } from "./subscribedTopics";
import { compareText, subscribedTopics } from "./subscribedTopics";

/** The board on which the sticky rules play: they give every partition an owner, and look at who owned it before. */
export interface StickyGroup {
  /** In the order of the input. */
  readonly members: readonly StickyMember[];
  /** By name. */
  readonly topics: readonly SubscribedTopic[];
  /** By topic, then number. */
  readonly partitions: readonly StickyPartition[];
}

export interface StickyMember {
  readonly memberId: string;
  /** What it is given so far. */
  readonly partitions: StickyPartition[];
}

export interface StickyPartition {
  readonly topicPartition: TopicPartition;
  readonly subscribers: readonly StickyMember[];
  /** The member whose claim counts: the only one of the highest generation. */
  readonly previous: StickyMember | null;
  /** Several members claim it in the highest generation, so none of them counts. */
  readonly contested: boolean;
  /** Everybody who claims it, in whatever generation. */
  readonly claimants: readonly StickyMember[];
  /** Who claims it from an older generation than the highest: the second choice. */
  readonly former: StickyMember | null;
  owner: StickyMember | null;
}

interface Claim {
  readonly member: StickyMember;
  readonly generationId: number;
}

/**
 * Nothing is given yet. `lastAssignmentOf` reads what a member says it had. Claims to partitions that do not exist are ignored. Which claim
 * counts does not depend on the order of the members (with three claims, in `AbstractStickyAssignor.allSubscriptionsEqual`, it can).
 */
export function readStickyGroup(input: AssignmentInput, lastAssignmentOf: (member: AssignmentMember) => LastAssignment): StickyGroup {
  const members = new Map<string, StickyMember>(input.members.map(({ memberId }) => [memberId, { memberId, partitions: [] }]));
  const claims = new Map<TopicPartitionName, Claim[]>();
  for (const inputMember of input.members) {
    const member = members.get(inputMember.memberId);
    if (member !== undefined) addClaims(claims, member, lastAssignmentOf(inputMember));
  }
  const topics = subscribedTopics(input).toSorted((first, second) => compareText(first.topic, second.topic));
  const partitions = topics.flatMap(({ topic, partitionCount, subscribers }) => {
    const stickySubscribers = subscribers.flatMap(({ memberId }) => members.get(memberId) ?? []);
    return Array.from({ length: partitionCount }, (_, partition) => ({
      topicPartition: { topic, partition },
      subscribers: stickySubscribers,
      ...judgeClaims(claims.get(formatTopicPartition(topic, partition)) ?? []),
      owner: null,
    }));
  });
  return { members: [...members.values()], topics, partitions };
}

/** Makes `member` the owner, instead of the owner before. */
export function give(partition: StickyPartition, member: StickyMember): void {
  if (partition.owner !== null) partition.owner.partitions.splice(partition.owner.partitions.indexOf(partition), 1);
  partition.owner = member;
  member.partitions.push(partition);
}

function addClaims(claims: Map<TopicPartitionName, Claim[]>, member: StickyMember, { partitions, generationId }: LastAssignment): void {
  for (const name of new Set(partitions.map(({ topic, partition }) => formatTopicPartition(topic, partition)))) {
    const claim = { member, generationId };
    const others = claims.get(name);
    if (others === undefined) claims.set(name, [claim]);
    else others.push(claim);
  }
}

function judgeClaims(claims: readonly Claim[]): Pick<StickyPartition, "previous" | "contested" | "claimants" | "former"> {
  const newest = newestClaims(claims);
  const contested = newest.length > 1;
  return {
    previous: contested ? null : (newest[0]?.member ?? null),
    contested,
    claimants: claims.map(({ member }) => member),
    former: newestClaims(claims.filter((claim) => !newest.includes(claim)))[0]?.member ?? null,
  };
}

function newestClaims(claims: readonly Claim[]): Claim[] {
  const generationId = claims.reduce((highest, claim) => Math.max(highest, claim.generationId), -1);
  return claims.filter((claim) => claim.generationId === generationId);
}
