import type { ClusterSpec } from "../../src/core/world/spec";
import { orders } from "../../src/scenario/presets/orders";
import { oneBrokerConfigs, slowGroupConfigs, slowProducerConfigs } from "../../src/scenario/presets/slowedForTheEye";
import type { Scenario } from "../../src/scenario/scenario";
import { largeScenario } from "../../src/scenario/testScenario";

// Scenes for every commit: as documents of the first schema, which every later one opens, with every field named, and within the limits
// of the first commits, which are the lowest.

export type SceneDocument = Omit<Scenario, "schemaVersion"> & { readonly schemaVersion: 1 };

/** Of the second schema, which has queues. */
export type QueueDocument = Omit<SceneDocument, "schemaVersion"> & Pick<Scenario, "schemaVersion" | "amqp">;

/** What is read of a picture, by `window.topiq.image()` and by `npm run simulate -- --json`. */
export interface SceneImage {
  readonly clock: { readonly timeUs: number; readonly eventCount: number };
  readonly topics: Readonly<Record<string, { readonly recordCount: number }>>;
  readonly groups: Readonly<Record<string, { readonly processed: number }>>;
  /** Commits from before there were any have none. */
  readonly queues?: Readonly<Record<string, { readonly audit: { readonly processed: number } }>>;
}

/** Records stored in the scene's own topics. */
export function storedIn({ topics }: SceneImage): number {
  return Object.entries(topics).reduce((sum, [name, { recordCount }]) => (name.startsWith("__") ? sum : sum + recordCount), 0);
}

/** What counts as done of a busy world: stored, and processed by every group; or, of queues, processed from every one of them. */
export function doneIn(image: SceneImage): number {
  const queues = Object.values(image.queues ?? {});
  if (queues.length > 0) return Math.min(...queues.map(({ audit }) => audit.processed));
  return Math.min(storedIn(image), ...Object.values(image.groups).map(({ processed }) => processed));
}

/** The limits of the first commits. */
const MOST = { topics: 12, producers: 24, groups: 16, consumers: 64, recordsPerSecondPerProducer: 10_000 } as const;
const BUSY_TOPIC = "load";

/** Entities of the widest scene, each of them once a node of the canvas. */
export const WIDEST_NODES = MOST.topics + MOST.producers + MOST.groups + MOST.consumers;

/** Records in a batch of the busy world, about. */
export type BatchSize = 1 | 16;

/** A busy world: 4 producers, one topic of 12 partitions, 4 groups of 3 consumers that process at once. One broker, so RF 1. */
export function busySpec(recordsPerBatch: BatchSize): ClusterSpec {
  const isAlone = recordsPerBatch === 1;
  return {
    seed: 1,
    network: { latencyMs: 1, jitterMs: 0 },
    brokerConfigs: { ...oneBrokerConfigs, "group.initial.rebalance.delay.ms": 0 },
    topics: [{ name: BUSY_TOPIC, partitions: 12, configs: {} }],
    producers: numbered(4, (index) => ({
      clientId: `producer-${index}`,
      topics: [BUSY_TOPIC],
      source: { ratePerSecond: MOST.recordsPerSecondPerProducer, keys: isAlone ? { kind: "range", prefix: "key-", from: 1, to: 1000 } : { kind: "none" }, valueSizeInBytes: 90 },
      configs: { acks: "all", "enable.idempotence": false, "linger.ms": isAlone ? 0 : 20, "batch.size": isAlone ? 120 : 3200 },
    })),
    groups: numbered(4, (index) => ({ groupId: `group-${index}`, topics: [BUSY_TOPIC], configs: { "auto.offset.reset": "earliest" } })),
    consumers: numbered(12, (index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % 4}`, processing: { timeMs: 0 } })),
  };
}

export function busyScene(recordsPerBatch: BatchSize): SceneDocument {
  return documentOf({ ...orders, ...busySpec(recordsPerBatch), startMs: 0, speed: 1, layout: {}, labels: {} });
}

/**
 * The same work by queues: 4 publishers and a fanout exchange in place of the topic, 4 queues of 3 receivers in place of the groups. Only
 * commits that know queues open it.
 */
export function queueScene(): QueueDocument {
  const { producers, ...spec } = busySpec(1);
  return {
    ...documentOf({ ...orders, ...spec, topics: [], groups: [], consumers: [], producers: [], startMs: 0, speed: 1, layout: {}, labels: {} }),
    schemaVersion: 2,
    producers: producers.map((producer) => ({
      ...producer,
      topics: [],
      publishes: { targets: [{ exchange: BUSY_TOPIC, routingKey: "" }], confirms: false, mandatory: false, persistent: false, expirationMs: null, priority: null },
    })),
    amqp: {
      exchanges: [{ name: BUSY_TOPIC, type: "fanout", durable: true }],
      queues: numbered(4, (index) => ({ name: `queue-${index}`, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [{ exchange: BUSY_TOPIC, routingKey: "" }] })),
      receivers: numbered(12, (index) => ({ name: `receiver-${index}`, queue: `queue-${index % 4}`, prefetchCount: 100, noAck: false, priority: 0, processing: { timeMs: 0 } })),
    },
  };
}

/** As many nodes as every commit allows, and 60 lanes; each producer at this pace. */
export function widestScene(recordsPerSecond: number): SceneDocument {
  const topics = numbered(MOST.topics, (index) => ({ name: `topic-${index}`, partitions: 5, configs: {} }));
  return documentOf({
    ...orders,
    topics,
    producers: numbered(MOST.producers, (index) => ({
      clientId: `producer-${index}`,
      topics: [topics[index % MOST.topics]!.name],
      source: { ratePerSecond: recordsPerSecond, keys: { kind: "range", prefix: "user-", from: 1, to: 20 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    })),
    groups: numbered(MOST.groups, (index) => ({ groupId: `group-${index}`, topics: [topics[index % MOST.topics]!.name], configs: slowGroupConfigs })),
    consumers: numbered(MOST.consumers, (index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % MOST.groups}`, processing: { timeMs: 100 } })),
    startMs: 5000,
    layout: {},
    labels: {},
  });
}

/** A topology as people have it at work: 40 topics, 600 partitions, 20 services that write and 15 that read, of 4 instances each. Commits with lower limits refuse it. */
export function workScene(recordsPerSecond: number): SceneDocument {
  const topics = numbered(40, (index) => ({ name: `topic-${index}`, partitions: 15, configs: {} }));
  const named = (first: number, count: number): string[] => numbered(count, (index) => topics[(first + index) % topics.length]!.name);
  return documentOf({
    ...orders,
    topics,
    producers: numbered(20, (index) => ({
      clientId: `producer-${index}`,
      topics: named(index * 2, 2),
      source: { ratePerSecond: recordsPerSecond, keys: { kind: "range", prefix: "user-", from: 1, to: 1000 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    })),
    groups: numbered(15, (index) => ({ groupId: `group-${index}`, topics: named(index * 3, 4), configs: slowGroupConfigs })),
    consumers: numbered(60, (index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % 15}`, processing: { timeMs: 20 } })),
    startMs: 5000,
    layout: {},
    labels: {},
  });
}

/** The orders scene with so many groups of two consumers each. */
export function groupsScene(count: number): SceneDocument {
  return documentOf({
    ...orders,
    groups: numbered(count, (index) => ({ groupId: `group-${index}`, topics: ["orders"], configs: slowGroupConfigs })),
    consumers: numbered(count * 2, (index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % count}`, processing: { timeMs: 300 } })),
    labels: {},
  });
}

/** The orders scene with so many records a second in all, processed at once. */
export function fastScene(recordsPerSecond: number): SceneDocument {
  const each = MOST.recordsPerSecondPerProducer;
  return documentOf({
    ...orders,
    producers: numbered(Math.ceil(recordsPerSecond / each), (index) => ({
      clientId: `producer-${index}`,
      topics: ["orders"],
      source: { ratePerSecond: Math.min(each, recordsPerSecond), keys: { kind: "range", prefix: "user-", from: 1, to: 20 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    })),
    consumers: orders.consumers.map((consumer) => ({ ...consumer, processing: { timeMs: 0 } })),
    startMs: 5000,
    labels: {},
  });
}

/** The orders scene at 100 records a second. */
export function briskScene(): SceneDocument {
  return documentOf({
    ...orders,
    producers: orders.producers.map((producer) => ({ ...producer, source: { ...producer.source, ratePerSecond: 100 / orders.producers.length } })),
    consumers: orders.consumers.map((consumer) => ({ ...consumer, processing: { timeMs: 10 } })),
  });
}

/** The orders scene with 50 records a second of 100 kB each, from a virtual moment on: its log is full within a virtual minute. */
export function heavyScene(startMs: number): SceneDocument {
  return documentOf({
    ...orders,
    startMs,
    producers: orders.producers.map((producer) => ({ ...producer, source: { ...producer.source, ratePerSecond: 25, valueSizeInBytes: 100_000 }, configs: { ...producer.configs, "batch.size": 16_384 } })),
  });
}

export function ordersScene(): SceneDocument {
  return documentOf(orders);
}

/** 5 producers, 3 topics, 4 groups and 12 consumers. */
export function largeScene(): SceneDocument {
  return documentOf(largeScenario());
}

/** The fields of the first schema, one by one: what later ones add, the first would refuse. */
function documentOf(scenario: Scenario): SceneDocument {
  const { name, description, seed, network, brokerConfigs, topics, producers, groups, consumers, startMs, speed, verb, layout, labels } = scenario;
  return { schemaVersion: 1, name, description, seed, network, brokerConfigs, topics, producers, groups, consumers, startMs, speed, verb, layout, labels };
}

function numbered<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
