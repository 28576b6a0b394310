import type { KeySource, Processing, RecordSource } from "../apps/program";
import type { Configs } from "../kafka/configs";
import { nextBelow, randomStream, type RandomStream } from "../sim/random";
import type { Command } from "../world/command";
import type { ClusterSpec, GroupSpec, ProducerSpec, TopicSpec } from "../world/spec";
import type { Topology } from "../world/topology";

/** A small random world for the seeded simulation: the same seed, the same world. Most values are usual ones, some lie at the edges. */
export function randomSpec(seed: number): ClusterSpec {
  const random = randomStream(seed, "random world");
  const topics = names("topic", 1 + nextBelow(random, 3)).map((name) => randomTopic(random, name));
  const groups = names("group", 1 + nextBelow(random, 3)).map((groupId) => randomGroup(random, groupId, topics.map(({ name }) => name)));
  return {
    seed,
    network: { latencyMs: pick(random, [0, 1, 5, 100, 400]), jitterMs: pick(random, [0, 0, 3, 150]) },
    brokerConfigs: {
      "offsets.topic.replication.factor": 1,
      "offsets.topic.num.partitions": pick(random, [1, 5, 50]),
      "group.initial.rebalance.delay.ms": pick(random, [0, 500, 3000]),
      "group.max.size": pick(random, [100, 100, 100, 2]),
    },
    topics,
    producers: names("producer", 1 + nextBelow(random, 3)).map((clientId) => randomProducer(random, clientId, topics.map(({ name }) => name))),
    groups,
    consumers: names("consumer", 1 + nextBelow(random, 6)).map((clientId) => ({ clientId, groupId: pick(random, groups).groupId, processing: randomProcessing(random) })),
  };
}

/**
 * What a person may do in one go: mostly one command; sometimes what was just taken away comes back under its name at once. What does not
 * fit the world as it is is refused and changes nothing.
 */
export function randomCommands(topology: Topology, random: RandomStream): readonly Command[] {
  const command = randomCommand(topology, random);
  return nextBelow(random, 3) === 0 ? [command] : [command, ...comeback(topology, command)];
}

/** One command. Names come from small pools, so that those of the dead are used again. */
export function randomCommand(topology: Topology, random: RandomStream): Command {
  const topics = [...topology.topics.keys()];
  const topic = pickName(random, topology.topics) ?? "none";
  const groupId = pickName(random, topology.groups) ?? "none";
  const producer = pickName(random, topology.producers) ?? "none";
  const consumer = pickName(random, topology.consumers) ?? "none";
  switch (nextBelow(random, 18)) {
    case 0:
      return { type: "createTopic", topic: randomTopic(random, oneOf(random, "topic", 5)) };
    case 1:
      return { type: "createPartitions", topic, count: (topology.topics.get(topic)?.partitions ?? 1) + nextBelow(random, 4) };
    case 2:
      return { type: "alterProducer", clientId: producer, source: randomSource(random) };
    case 3:
      return { type: "alterProducer", clientId: producer, configs: producerConfigs(random) };
    case 4:
      return { type: "addGroup", group: randomGroup(random, oneOf(random, "group", 5), topics) };
    case 5:
      return { type: "alterGroup", groupId, configs: groupConfigs(random) };
    case 6:
    case 7:
    case 8:
      return { type: "addConsumer", consumer: { clientId: oneOf(random, "consumer", 9), groupId, processing: randomProcessing(random) } };
    case 9:
    case 10:
      return { type: "removeConsumer", clientId: consumer, how: pick(random, ["close", "crash"]) };
    case 11:
      return { type: "moveConsumer", clientId: consumer, groupId };
    case 12:
      return { type: "deliverAs", mode: pick(random, ["queue", "pubsub", "mixed"]) };
    case 13:
      return { type: "alterConsumer", clientId: consumer, processing: randomProcessing(random) };
    case 14:
      return { type: "deleteTopic", topic };
    case 15:
      return nextBelow(random, 2) === 0 ? { type: "removeGroup", groupId } : { type: "alterTopicConfigs", topic, configs: topicConfigs(random) };
    case 16:
      return nextBelow(random, 2) === 0
        ? { type: "alterProducer", clientId: producer, topics: someOf(random, topics) }
        : { type: "alterGroup", groupId, topics: someOf(random, topics) };
    default:
      return nextBelow(random, 3) === 0
        ? { type: "removeProducer", clientId: producer }
        : { type: "addProducer", producer: randomProducer(random, oneOf(random, "producer", 5), topics) };
  }
}

/** The commands that put back what a command takes away, as it was. */
function comeback(topology: Topology, command: Command): Command[] {
  if (command.type === "removeConsumer") {
    const consumer = topology.consumers.get(command.clientId);
    return consumer ? [{ type: "addConsumer", consumer }] : [];
  }
  if (command.type === "removeProducer") {
    const producer = topology.producers.get(command.clientId);
    return producer ? [{ type: "addProducer", producer }] : [];
  }
  const topic = command.type === "deleteTopic" ? topology.topics.get(command.topic) : undefined;
  if (!topic) return [];
  return [{ type: "createTopic", topic }];
}

function randomTopic(random: RandomStream, name: string): TopicSpec {
  return { name, partitions: pick(random, [1, 2, 3, 4, 6, 8, 30]), configs: topicConfigs(random) };
}

function topicConfigs(random: RandomStream): Configs {
  return {
    "message.timestamp.type": pick(random, ["CreateTime", "CreateTime", "LogAppendTime"]),
    "max.message.bytes": pick(random, [1_048_588, 1_048_588, 1_048_588, 150]),
    "cleanup.policy": pick(random, ["delete", "delete", "delete", "compact"]),
  };
}

function randomProducer(random: RandomStream, clientId: string, topics: readonly string[]): ProducerSpec {
  return { clientId, topics: someOf(random, topics), source: randomSource(random), configs: producerConfigs(random) };
}

function randomSource(random: RandomStream): RecordSource {
  return { ratePerSecond: pick(random, [0, 1, 5, 20, 30]), keys: randomKeys(random), valueSizeInBytes: pick(random, [0, 0, 50, 300]) };
}

function producerConfigs(random: RandomStream): Configs {
  return {
    acks: pick(random, ["all", "1", "0"]),
    "enable.idempotence": false,
    "linger.ms": pick(random, [0, 5, 300]),
    "batch.size": pick(random, [0, 200, 1000, 16384]),
    "buffer.memory": pick(random, [33_554_432, 33_554_432, 2000]),
    "max.block.ms": pick(random, [60_000, 400]),
    "max.request.size": pick(random, [1_048_576, 1_048_576, 300]),
    "request.timeout.ms": 1000,
    "delivery.timeout.ms": pick(random, [120_000, 2000]),
    retries: pick(random, [2_147_483_647, 2_147_483_647, 0]),
    "partitioner.ignore.keys": nextBelow(random, 8) === 0,
    "partitioner.adaptive.partitioning.enable": nextBelow(random, 4) > 0,
    "metadata.max.age.ms": 3000,
    "max.in.flight.requests.per.connection": pick(random, [1, 5]),
  };
}

function randomGroup(random: RandomStream, groupId: string, topics: readonly string[]): GroupSpec {
  return { groupId, topics: someOf(random, topics), configs: groupConfigs(random) };
}

function groupConfigs(random: RandomStream): Configs {
  return {
    "partition.assignment.strategy": pick(random, ["range", "roundrobin", "sticky", "cooperative-sticky", "cooperative-sticky", "range,cooperative-sticky"]),
    "auto.offset.reset": pick(random, ["earliest", "earliest", "earliest", "latest", "latest", "none"]),
    "enable.auto.commit": nextBelow(random, 2) === 0,
    "auto.commit.interval.ms": pick(random, [200, 1000, 5000]),
    "max.poll.records": pick(random, [1, 4, 500]),
    "max.poll.interval.ms": pick(random, [300_000, 300_000, 300_000, 6000]),
    "session.timeout.ms": pick(random, [6000, 6000, 10_000]),
    "heartbeat.interval.ms": pick(random, [500, 2000]),
    "metadata.max.age.ms": 3000,
    "fetch.min.bytes": pick(random, [1, 1, 400]),
    "fetch.max.wait.ms": pick(random, [20, 200, 500]),
    "fetch.max.bytes": pick(random, [52_428_800, 52_428_800, 300]),
    "max.partition.fetch.bytes": pick(random, [1_048_576, 1_048_576, 100]),
    "isolation.level": pick(random, ["read_uncommitted", "read_committed"]),
  };
}

function randomProcessing(random: RandomStream): Processing {
  return { timeMs: pick(random, [0, 1, 20, 200, 700]) };
}

function randomKeys(random: RandomStream): KeySource {
  const range = { prefix: "key-", from: 1, to: 1 + nextBelow(random, 12) };
  return pick<KeySource>(random, [{ kind: "none" }, { kind: "list", keys: ["a", "b", "키"] }, { kind: "range", ...range }, { kind: "skewed", ...range, hotPercent: 60 }]);
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

/** One name of a small pool. */
function oneOf(random: RandomStream, prefix: string, count: number): string {
  return `${prefix}-${1 + nextBelow(random, count)}`;
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
