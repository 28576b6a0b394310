import type { KeySource, Processing, RecordSource } from "../../apps/program";
import type { Configs } from "../../kafka/configs";
import { nextBelow, type RandomStream } from "../../sim/random";
import type { GroupSpec, ProducerSpec, TopicSpec } from "../../world/spec";

/** What random worlds are made of. Most values are usual ones, some lie at the edges. */

export function randomTopic(random: RandomStream, name: string): TopicSpec {
  return { name, partitions: pick(random, [1, 2, 3, 4, 6, 8, 30]), configs: topicConfigs(random) };
}

export function topicConfigs(random: RandomStream): Configs {
  return {
    "message.timestamp.type": pick(random, ["CreateTime", "CreateTime", "LogAppendTime"]),
    "max.message.bytes": pick(random, [1_048_588, 1_048_588, 1_048_588, 150]),
    "cleanup.policy": pick(random, ["delete", "delete", "delete", "compact"]),
  };
}

export function randomProducer(random: RandomStream, clientId: string, topics: readonly string[]): ProducerSpec {
  return { clientId, topics: someOf(random, topics), source: randomSource(random), configs: producerConfigs(random) };
}

export function randomSource(random: RandomStream): RecordSource {
  return { ratePerSecond: pick(random, [0, 1, 5, 20, 30]), keys: randomKeys(random), valueSizeInBytes: pick(random, [0, 0, 50, 300]) };
}

export function producerConfigs(random: RandomStream): Configs {
  return {
    acks: pick(random, ["all", "1", "0"]),
    "enable.idempotence": false,
    "linger.ms": pick(random, [0, 5, 300]),
    "batch.size": pick(random, [0, 200, 1000, 16384]),
    "buffer.memory": pick(random, [33_554_432, 33_554_432, 2000]),
    "max.block.ms": pick(random, [60_000, 400]),
    "max.request.size": pick(random, [1_048_576, 1_048_576, 300]),
    "request.timeout.ms": 1500,
    "delivery.timeout.ms": pick(random, [120_000, 2000]),
    retries: pick(random, [2_147_483_647, 2_147_483_647, 0]),
    "partitioner.ignore.keys": nextBelow(random, 8) === 0,
    "partitioner.adaptive.partitioning.enable": nextBelow(random, 4) > 0,
    "metadata.max.age.ms": 3000,
    "max.in.flight.requests.per.connection": pick(random, [1, 5]),
  };
}

export function randomGroup(random: RandomStream, groupId: string, topics: readonly string[]): GroupSpec {
  return { groupId, topics: someOf(random, topics), configs: groupConfigs(random) };
}

export function groupConfigs(random: RandomStream): Configs {
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

export function randomProcessing(random: RandomStream): Processing {
  return { timeMs: pick(random, [0, 1, 20, 200, 700]) };
}

function randomKeys(random: RandomStream): KeySource {
  const range = { prefix: "key-", from: 1, to: 1 + nextBelow(random, 12) };
  return pick<KeySource>(random, [{ kind: "none" }, { kind: "list", keys: ["a", "b", "키"] }, { kind: "range", ...range }, { kind: "skewed", ...range, hotPercent: 60 }]);
}

/** One name of a small pool. */
export function oneOf(random: RandomStream, prefix: string, count: number): string {
  return `${prefix}-${1 + nextBelow(random, count)}`;
}

export function pick<T>(random: RandomStream, choices: readonly T[]): T {
  return choices[nextBelow(random, choices.length)] as T;
}

export function pickName(random: RandomStream, entries: ReadonlyMap<string, unknown>): string | undefined {
  return entries.size === 0 ? undefined : pick(random, [...entries.keys()]);
}

export function someOf(random: RandomStream, choices: readonly string[]): string[] {
  return choices.filter(() => nextBelow(random, 3) > 0);
}
