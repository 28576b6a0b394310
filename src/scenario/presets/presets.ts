import type { Scenario } from "../scenario";
import { anotherWrites, caughtUp, everyGroupReads, morePartitions, someIdle, type SceneGoal } from "./goals";
import { cameBack, lateGotLess, lostAndTwice, mended, nobodyHoards, orderKept, poisonAside, readAgain, someLost, someOutlived, someTwice, workDone } from "./goalsOfFailure";
import { orders } from "./orders";

/** What a scene is about, in the order in which an introduction to Kafka tells it: its parts, the queue, pub/sub, both at once; beside RabbitMQ; and what happens when programs fail. */
export const sceneChapters = ["parts", "queue", "pubsub", "both", "rabbit", "failing"] as const;
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
  { id: "nightly-batch", chapter: "queue", level: "basic", goal: caughtUp, load: async () => (await import("./nightlyBatch")).nightlyBatch },
  {
    id: "more-consumers-than-partitions",
    chapter: "queue",
    level: "intermediate",
    goal: morePartitions,
    load: async () => (await import("./moreConsumersThanPartitions")).moreConsumersThanPartitions,
  },
  { id: "pubsub-two-groups", chapter: "pubsub", level: "basic", goal: everyGroupReads, load: async () => (await import("./pubsubTwoGroups")).pubsubTwoGroups },
  { id: "queue-and-pubsub", chapter: "both", level: "intermediate", goal: everyGroupReads, load: async () => (await import("./queueAndPubsub")).queueAndPubsub },
  { id: "topic-or-queue", chapter: "rabbit", level: "basic", goal: everyGroupReads, load: async () => (await import("./rabbit/topicOrQueue")).topicOrQueue },
  { id: "same-input", chapter: "rabbit", level: "basic", goal: cameBack, load: async () => (await import("./rabbit/sameInput")).sameInput },
  { id: "receiver-dies", chapter: "rabbit", level: "basic", goal: cameBack, load: async () => (await import("./rabbit/receiverDies")).receiverDies },
  { id: "asynchronous-work", chapter: "rabbit", level: "basic", goal: workDone, load: async () => (await import("./rabbit/asynchronousWork")).asynchronousWork },
  { id: "late-subscriber", chapter: "rabbit", level: "basic", goal: lateGotLess, load: async () => (await import("./rabbit/lateSubscriber")).lateSubscriber },
  { id: "replay", chapter: "rabbit", level: "basic", goal: readAgain, load: async () => (await import("./rabbit/replay")).replay },
  { id: "slow-receiver", chapter: "rabbit", level: "intermediate", goal: nobodyHoards, load: async () => (await import("./rabbit/slowReceiver")).slowReceiver },
  { id: "order-and-receivers", chapter: "rabbit", level: "intermediate", goal: orderKept, load: async () => (await import("./rabbit/orderAndReceivers")).orderAndReceivers },
  { id: "broker-killed", chapter: "rabbit", level: "intermediate", goal: someOutlived, load: async () => (await import("./rabbit/brokerKilled")).brokerKilled },
  { id: "exactly-once", chapter: "failing", level: "basic", goal: someTwice, load: async () => (await import("./failing/exactlyOnce")).exactlyOnce },
  { id: "at-most-at-least-once", chapter: "failing", level: "intermediate", goal: lostAndTwice, load: async () => (await import("./failing/atMostAtLeastOnce")).atMostAtLeastOnce },
  { id: "poison-record", chapter: "failing", level: "intermediate", goal: poisonAside, load: async () => (await import("./failing/poisonRecord")).poisonRecord },
  { id: "services-with-dead-letters", chapter: "failing", level: "intermediate", goal: mended, load: async () => (await import("./failing/servicesWithDeadLetters")).servicesWithDeadLetters },
  { id: "auto-commit-pool", chapter: "failing", level: "advanced", goal: someLost, load: async () => (await import("./failing/autoCommitPool")).autoCommitPool },
];
