import type { Scenario } from "../scenario";
import { anotherWrites, cameBack, caughtUp, everyGroupReads, morePartitions, someIdle, type SceneGoal } from "./goals";
import { orders } from "./orders";

/** What a scene is about, in the order in which an introduction to Kafka tells it: its parts, the queue, pub/sub, both at once; beside RabbitMQ; and what happens when programs fail. */
export const sceneChapters = ["parts", "queue", "pubsub", "both", "rabbit"] as const;
export type SceneChapter = (typeof sceneChapters)[number];

export type SceneLevel = "basic" | "intermediate" | "advanced";

export interface Preset {
  /** Stands in addresses and in what a browser remembers, and never changes. */
  readonly id: string;
  readonly chapter: SceneChapter;
  readonly level: SceneLevel;
  /** Whether its lesson has been seen. */
  readonly goal: SceneGoal;
  readonly load: () => Promise<Scenario>;
}

/** The scenes that come with the page, in the order of the catalogue. */
export const presets: readonly Preset[] = [
  { id: "keys-and-order", chapter: "parts", level: "basic", goal: morePartitions, load: async () => (await import("./keysAndOrder")).keysAndOrder },
  { id: "sticky-partitioner", chapter: "parts", level: "advanced", goal: anotherWrites, load: async () => (await import("./stickyPartitioner")).stickyPartitioner },
  { id: "rebalance-protocols", chapter: "parts", level: "advanced", goal: morePartitions, load: async () => (await import("./rebalanceProtocols")).rebalanceProtocols },
  { id: "orders", chapter: "queue", level: "basic", goal: someIdle, load: async () => orders },
  { id: "slow-consumer", chapter: "queue", level: "basic", goal: caughtUp, load: async () => (await import("./slowConsumer")).slowConsumer },
  {
    id: "more-consumers-than-partitions",
    chapter: "queue",
    level: "intermediate",
    goal: morePartitions,
    load: async () => (await import("./moreConsumersThanPartitions")).moreConsumersThanPartitions,
  },
  { id: "pubsub-two-groups", chapter: "pubsub", level: "basic", goal: everyGroupReads, load: async () => (await import("./pubsubTwoGroups")).pubsubTwoGroups },
  { id: "queue-and-pubsub", chapter: "both", level: "intermediate", goal: everyGroupReads, load: async () => (await import("./queueAndPubsub")).queueAndPubsub },
  { id: "same-input", chapter: "rabbit", level: "basic", goal: cameBack, load: async () => (await import("./sameInput")).sameInput },
];

/** The scene on which the page opens: that one is here at once. */
export const firstPreset = "orders";
