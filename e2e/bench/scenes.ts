import type { ClusterSpec } from "../../src/core/world/spec";
import { clusterLimits } from "../../src/core/kafka/limits";
import { orders } from "../../src/scenario/presets/orders";
import { oneBrokerConfigs, slowGroupConfigs, slowProducerConfigs } from "../../src/scenario/presets/slowedForTheEye";
import type { Scenario } from "../../src/scenario/scenario";

/** Records in a batch of the busy world, about. */
export type BatchSize = 1 | 16;

/** A busy world: 4 producers, one topic of 12 partitions, 4 groups of 3 consumers that process at once. One broker, so RF 1. */
export function busySpec(recordsPerBatch: BatchSize): ClusterSpec {
  const isAlone = recordsPerBatch === 1;
  return {
    seed: 1,
    network: { latencyMs: 1, jitterMs: 0 },
    brokerConfigs: { ...oneBrokerConfigs, "group.initial.rebalance.delay.ms": 0 },
    topics: [{ name: "load", partitions: 12, configs: {} }],
    producers: numbered(4, (index) => ({
      clientId: `producer-${index}`,
      topics: ["load"],
      source: { ratePerSecond: clusterLimits.maxRecordsPerSecondPerProducer, keys: isAlone ? { kind: "range", prefix: "key-", from: 1, to: 1000 } : { kind: "none" }, valueSizeInBytes: 90 },
      configs: { acks: "all", "enable.idempotence": false, "linger.ms": isAlone ? 0 : 20, "batch.size": isAlone ? 120 : 3200 },
    })),
    groups: numbered(4, (index) => ({ groupId: `group-${index}`, topics: ["load"], configs: { "auto.offset.reset": "earliest" } })),
    consumers: numbered(12, (index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % 4}`, processing: { timeMs: 0 } })),
  };
}

export function busyScenario(recordsPerBatch: BatchSize): Scenario {
  return { ...orders, ...busySpec(recordsPerBatch), startMs: 0, speed: 1, layout: {}, labels: {} };
}

/** As many nodes as the limits allow, each producer at this pace. */
export function fullScenario(recordsPerSecond: number): Scenario {
  const { maxTopics, maxProducers, maxGroups, maxConsumers } = clusterLimits;
  const topics = numbered(maxTopics, (index) => ({ name: `topic-${index}`, partitions: 5, configs: {} }));
  return {
    ...orders,
    topics,
    producers: numbered(maxProducers, (index) => ({
      clientId: `producer-${index}`,
      topics: [topics[index % maxTopics]!.name],
      source: { ratePerSecond: recordsPerSecond, keys: { kind: "range", prefix: "user-", from: 1, to: 20 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    })),
    groups: numbered(maxGroups, (index) => ({ groupId: `group-${index}`, topics: [topics[index % maxTopics]!.name], configs: slowGroupConfigs })),
    consumers: numbered(maxConsumers, (index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % maxGroups}`, processing: { timeMs: 100 } })),
    startMs: 5000,
    layout: {},
    labels: {},
  };
}

/** The orders scene with so many groups of two consumers each. */
export function groupsScenario(count: number): Scenario {
  return {
    ...orders,
    groups: numbered(count, (index) => ({ groupId: `group-${index}`, topics: ["orders"], configs: slowGroupConfigs })),
    consumers: numbered(count * 2, (index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % count}`, processing: { timeMs: 300 } })),
    labels: {},
  };
}

/** The orders scene with so many records a second in all, processed at once. */
export function fastScenario(recordsPerSecond: number): Scenario {
  const each = clusterLimits.maxRecordsPerSecondPerProducer;
  return {
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
  };
}

function numbered<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
