import { nextBelow, randomStream, type RandomStream } from "../../sim/random";
import type { Command } from "../../world/command";
import { randomCommandOf } from "./randomCommands";
import { pick, pickName, randomGroup, randomProcessing, randomProducer, randomTopic } from "./randomSpecs";
import type { ClusterSpec } from "../../world/spec";
import type { Topology } from "../../world/topology";

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

/** Eighteen equal shares: the commands that they give, and where there are several forms of one, which. A share of a share is drawn again. */
const shares: readonly (readonly (readonly [type: Command["type"], form?: string])[])[] = [
  [["createTopic"]],
  [["createPartitions"]],
  [["alterProducer", "source"]],
  [["alterProducer", "configs"]],
  [["addGroup"]],
  [["alterGroup", "configs"]],
  [["addConsumer"]],
  [["addConsumer"]],
  [["addConsumer"]],
  [["removeConsumer"]],
  [["removeConsumer"]],
  [["moveConsumer"]],
  [["deliverAs"]],
  [["alterConsumer"]],
  [["deleteTopic"]],
  [["removeGroup"], ["alterTopicConfigs"]],
  [["alterProducer", "topics"], ["alterGroup", "topics"]],
  [["removeProducer"], ["addProducer"], ["addProducer"]],
];

/** One command. Names come from small pools, so that those of the dead are used again. */
export function randomCommand(topology: Topology, random: RandomStream): Command {
  const topic = pickName(random, topology.topics) ?? "none";
  const groupId = pickName(random, topology.groups) ?? "none";
  const producer = pickName(random, topology.producers) ?? "none";
  const consumer = pickName(random, topology.consumers) ?? "none";
  const share = pick(random, shares);
  const [type, form = ""] = share.length > 1 ? pick(random, share) : (share[0] as (typeof share)[number]);
  return randomCommandOf(type, random, { topology, topic, groupId, producer, consumer, form, exchange: "none", queue: "none", receiver: "none" });
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

/** `prefix-1`, `prefix-2` ... */
export function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}
