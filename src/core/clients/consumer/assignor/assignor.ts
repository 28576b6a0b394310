import type { TopicPartition } from "../../../kafka/topicPartition";

/** Values of `partition.assignment.strategy` that are built into the Java client, by the assignors' own names. */
export type AssignorName = "range" | "roundrobin" | "sticky" | "cooperative-sticky";

/** One client-side assignor (`ConsumerPartitionAssignor`), without racks. The group's leader runs `assign`; every member runs the rest. */
export interface Assignor {
  readonly name: AssignorName;
  /**
   * The best that the assignor can do. A consumer rebalances cooperatively only if all its assignors can: with Kafka's default list,
   * range before cooperative-sticky, it is EAGER (`ConsumerCoordinator`, KIP-429).
   */
  readonly supportedProtocol: RebalanceProtocol;
  /** The bytes that a member adds to its subscription, or null. `last` is null before the member's first assignment. */
  readonly subscriptionUserData: (last: LastAssignment | null) => Uint8Array | null;
  readonly assign: (input: AssignmentInput) => AssignmentResult;
}

export type RebalanceProtocol = "EAGER" | "COOPERATIVE";

/** What a member was last given, and in which generation of its group. */
export interface LastAssignment {
  readonly partitions: readonly TopicPartition[];
  readonly generationId: number;
}

/** Everything that an assignment depends on: same input, same result. */
export interface AssignmentInput {
  /** Partition count by topic. Topics that nobody subscribes to, or with no partition, are left out of the assignment. */
  readonly partitionsPerTopic: ReadonlyMap<string, number>;
  readonly members: readonly AssignmentMember[];
}

/** A member of the group, with its decoded ConsumerProtocolSubscription. */
export interface AssignmentMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
  readonly ownedPartitions: readonly TopicPartition[];
  /** The generation in which the member owned its partitions, or -1. */
  readonly generationId: number;
  readonly userData: Uint8Array | null;
}

export interface AssignmentResult {
  /** What each member is given now, for every member, in the order of the input. */
  readonly assignment: ReadonlyMap<string, readonly TopicPartition[]>;
  readonly explanation: AssignmentExplanation;
}

/** Enough to say for every partition why it went where it went. */
export interface AssignmentExplanation {
  /** The rule used; for sticky, whether all subscriptions were equal (`constrained`) or not (`general`). */
  readonly rule: "range" | "roundrobin" | "constrained" | "general";
  /** The topics that were assigned, with their subscribers in the order in which the rule serves them. */
  readonly topics: readonly { readonly topic: string; readonly partitionCount: number; readonly memberIds: readonly string[] }[];
  /** Every partition of these topics. */
  readonly partitions: readonly PartitionExplanation[];
}

/**
 * - `dealt`: by position alone, without history (range, roundrobin)
 * - `unowned`: nobody had it
 * - `kept`: stays with its previous owner
 * - `balance`: moved to even out the members
 * - `unsubscribed`: its previous owner no longer subscribes to the topic
 * - `contested`: two members claimed it in the same generation, so neither claim counts
 */
export type PartitionReason = "dealt" | "unowned" | "kept" | "balance" | "unsubscribed" | "contested";

export interface PartitionExplanation {
  readonly topicPartition: TopicPartition;
  /** The member whose claim to own it counts, or null. */
  readonly previousMemberId: string | null;
  /** The member that is to have it in the end. */
  readonly targetMemberId: string;
  readonly reason: PartitionReason;
  /** Cooperative only: nobody gets it in this round, because its previous owner must first revoke it and rejoin. */
  readonly withheld: boolean;
}
