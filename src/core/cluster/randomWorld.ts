import type { KeySource } from "../apps/program";
import type { Configs } from "../kafka/configs";
import { nextBelow, randomStream, type RandomStream } from "../sim/random";
import type { Command } from "./command";
import type { ClusterSpec } from "./spec";
import type { Topology } from "./topology";

/** A small random world for the seeded simulation: the same seed, the same world. */
export function randomSpec(seed: number): ClusterSpec {
  const random = randomStream(seed, "random world");
  const topics = names("topic", 1 + nextBelow(random, 3)).map((name) => ({ name, partitions: 1 + nextBelow(random, 6), configs: {} }));
  const groups = names("group", 1 + nextBelow(random, 3)).map((groupId) => ({ groupId, topics: someOf(random, topics.map(({ name }) => name)), configs: groupConfigs(random) }));
  return {
    seed,
    network: { latencyMs: pick(random, [0, 1, 5, 100, 400]), jitterMs: pick(random, [0, 0, 3, 150]) },
    brokerConfigs: { "offsets.topic.replication.factor": 1, "offsets.topic.num.partitions": 5, "group.initial.rebalance.delay.ms": pick(random, [0, 500, 3000]) },
    topics,
    producers: names("producer", 1 + nextBelow(random, 3)).map((clientId) => ({
      clientId,
      topics: someOf(random, topics.map(({ name }) => name)),
      source: { ratePerSecond: pick(random, [0, 1, 5, 20]), keys: randomKeys(random), valueSizeInBytes: pick(random, [0, 50, 300]) },
      configs: producerConfigs(random),
    })),
    groups,
    consumers: names("consumer", 1 + nextBelow(random, 5)).map((clientId) => ({
      clientId,
      groupId: pick(random, groups).groupId,
      processing: { timeMs: pick(random, [0, 1, 30, 250]) },
    })),
  };
}

/** A command that may or may not fit the world as it is; what does not fit is refused and changes nothing. */
export function randomCommand(topology: Topology, random: RandomStream): Command {
  const serial = nextBelow(random, 1000);
  const topic = pickName(random, topology.topics) ?? "none";
  const groupId = pickName(random, topology.groups) ?? "none";
  const producer = pickName(random, topology.producers) ?? "none";
  const consumer = pickName(random, topology.consumers) ?? "none";
  switch (nextBelow(random, 14)) {
    case 0:
      return { type: "createTopic", topic: { name: `topic-${serial}`, partitions: 1 + nextBelow(random, 4), configs: {} } };
    case 1:
      return { type: "createPartitions", topic, count: (topology.topics.get(topic)?.partitions ?? 1) + nextBelow(random, 3) };
    case 2:
      return { type: "alterProducer", clientId: producer, source: { ratePerSecond: pick(random, [0, 2, 30]), keys: randomKeys(random), valueSizeInBytes: 0 } };
    case 3:
      return { type: "alterProducer", clientId: producer, configs: producerConfigs(random) };
    case 4:
      return { type: "addGroup", group: { groupId: `group-${serial}`, topics: someOf(random, [...topology.topics.keys()]), configs: groupConfigs(random) } };
    case 5:
      return { type: "alterGroup", groupId, configs: groupConfigs(random) };
    case 6:
    case 7:
      return { type: "addConsumer", consumer: { clientId: `consumer-${serial}`, groupId, processing: { timeMs: pick(random, [0, 20, 200]) } } };
    case 8:
      return { type: "removeConsumer", clientId: consumer, how: pick(random, ["close", "crash"]) };
    case 9:
      return { type: "moveConsumer", clientId: consumer, groupId };
    case 10:
      return { type: "deliverAs", mode: pick(random, ["queue", "pubsub"]) };
    case 11:
      return { type: "alterConsumer", clientId: consumer, processing: { timeMs: pick(random, [0, 5, 500]) } };
    case 12:
      return nextBelow(random, 4) === 0 ? { type: "deleteTopic", topic } : { type: "alterGroup", groupId, topics: someOf(random, [...topology.topics.keys()]) };
    default:
      return nextBelow(random, 3) === 0
        ? { type: "removeProducer", clientId: producer }
        : { type: "addProducer", producer: { clientId: `producer-${serial}`, topics: someOf(random, [...topology.topics.keys()]), source: { ratePerSecond: 3, keys: randomKeys(random), valueSizeInBytes: 0 }, configs: {} } };
  }
}

function groupConfigs(random: RandomStream): Configs {
  return {
    "partition.assignment.strategy": pick(random, ["range", "roundrobin", "sticky", "cooperative-sticky", "range,cooperative-sticky"]),
    "auto.offset.reset": pick(random, ["earliest", "latest"]),
    "enable.auto.commit": nextBelow(random, 2) === 0,
    "auto.commit.interval.ms": pick(random, [200, 1000, 5000]),
    "max.poll.records": pick(random, [1, 4, 500]),
    "session.timeout.ms": 6000,
    "heartbeat.interval.ms": pick(random, [500, 2000]),
    "metadata.max.age.ms": 3000,
    "fetch.min.bytes": pick(random, [1, 1, 400]),
  };
}

function producerConfigs(random: RandomStream): Configs {
  return {
    acks: pick(random, ["all", "1", "0"]),
    "enable.idempotence": false,
    "linger.ms": pick(random, [0, 5, 300]),
    "batch.size": pick(random, [200, 1000, 16384]),
    "metadata.max.age.ms": 3000,
    "max.in.flight.requests.per.connection": pick(random, [1, 5]),
  };
}

function randomKeys(random: RandomStream): KeySource {
  const range = { prefix: "key-", from: 1, to: 1 + nextBelow(random, 12) };
  return pick<KeySource>(random, [{ kind: "none" }, { kind: "list", keys: ["a", "b", "키"] }, { kind: "range", ...range }, { kind: "skewed", ...range, hotPercent: 60 }]);
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

function pick<T>(random: RandomStream, choices: readonly T[]): T {
  return choices[nextBelow(random, choices.length)] as T;
}

function pickName(random: RandomStream, entries: ReadonlyMap<string, unknown>): string | undefined {
  return entries.size === 0 ? undefined : pick(random, [...entries.keys()]);
}

function someOf(random: RandomStream, choices: readonly string[]): string[] {
  return choices.filter(() => nextBelow(random, 3) > 0);
}
