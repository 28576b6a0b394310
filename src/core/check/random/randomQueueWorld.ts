import type { Processing } from "../../apps/program";
import { queueCommands } from "../../world/commands/queue/queueCommands";
import { randomPublishes, randomQueue, randomReceiver } from "./randomQueues";
import { isAmqpBroker } from "../../queue/broker/amqpBroker";
import { cut, loseMessages } from "../../sim/network";
import { nextBelow, randomStream, type RandomStream } from "../../sim/random";
import type { Command } from "../../world/command";
import { randomCommandOf } from "./randomCommands";
import { actorsOf, type Cluster } from "../../world/cluster";
import { breakConnection } from "../../world/kernel/disconnect";
import { pick, pickName, randomProducer } from "./randomSpecs";
import type { ClusterSpec, ReceiverSpec } from "../../world/spec";
import { topologyOf, type Topology } from "../../world/topology";
import { names } from "./randomWorld";

/** A small random world with a RabbitMQ broker, and one topic that gets the same records. */
export function randomQueueSpec(seed: number): ClusterSpec {
  const random = randomStream(seed, "random world of queues");
  const exchanges = names("exchange", 1 + nextBelow(random, 2)).map((name) => ({ name, type: pick(random, ["direct", "fanout", "fanout"] as const), durable: nextBelow(random, 3) > 0 }));
  const wanted = topologyOf({ ...emptySpec(seed, random), amqp: { exchanges, queues: [], receivers: [] } });
  const queues = names("queue", 1 + nextBelow(random, 4)).map((name) => randomQueue(random, name, wanted));
  const programs = randomStream(seed, "random programs of queues");
  const receivers = names("receiver", 1 + nextBelow(random, 4)).map((name) => withProgram(programs, randomReceiver(random, name, pick(random, queues).name)));
  const amqp = { exchanges, queues, receivers };
  const topology = topologyOf({ ...emptySpec(seed, random), amqp });
  const producers = names("producer", 1 + nextBelow(random, 2)).map((clientId) => {
    const publishes = randomPublishes(random, topology);
    const producer = randomProducer(random, clientId, nextBelow(random, 2) === 0 ? ["topic-1"] : []);
    return publishes ? { ...producer, publishes } : producer;
  });
  return { ...emptySpec(seed, random), topics: [{ name: "topic-1", partitions: 2, configs: {} }], producers, amqp };
}

/** Some receivers acknowledge otherwise, or have handlers that fail; none ends with that, for a full queue without receivers refuses for ever. */
function withProgram(random: RandomStream, receiver: ReceiverSpec): ReceiverSpec {
  if (nextBelow(random, 2) === 0) return receiver;
  const processing: Processing = {
    ...receiver.processing,
    ...(nextBelow(random, 4) === 0 && { workers: pick(random, [1, 3]) }),
    settle: pick(random, ["before", "each"] as const),
    ...(nextBelow(random, 2) === 0 && { failure: { how: pick(random, ["throw", "throw", "crash"] as const), percent: pick(random, [5, 30]) } }),
    rescue: { retries: pick(random, [0, 2]), backoffMs: 50, giveUp: pick(random, ["skip", "requeue", "reject", "forward"] as const), topics: [receiver.queue === "queue-1" ? "queue-2" : "queue-1"] },
  };
  return { ...receiver, processing };
}

function emptySpec(seed: number, random: RandomStream): ClusterSpec {
  const network = { latencyMs: pick(random, [0, 1, 1, 5, 5, 100, 400]), jitterMs: pick(random, [0, 0, 3, 150]) };
  return { seed, network, brokerConfigs: { "offsets.topic.replication.factor": 1 }, topics: [], producers: [], groups: [], consumers: [] };
}

/** How often each is drawn. */
const weights: { readonly [Type in Command["type"]]?: number } = {
  addReceiver: 8,
  removeReceiver: 8,
  alterReceiver: 3,
  alterPublishes: 3,
  freezeReceiver: 2,
  stopAmqpBroker: 14,
  bindQueue: 2,
};
const types: readonly Command["type"][] = [...queueCommands.flatMap(({ type }) => Array.from({ length: weights[type] ?? 1 }, () => type)), "alterProducer", "addProducer", "removeProducer"];

/** What a person may do in one go to a world with queues. */
export function randomQueueCommands(topology: Topology, random: RandomStream): readonly Command[] {
  const { amqp } = topology;
  const drawn = {
    topology,
    topic: "topic-1",
    groupId: "none",
    producer: pickName(random, topology.producers) ?? "none",
    consumer: "none",
    form: pick(random, ["source", "topics", "processing"]),
    exchange: (amqp && pickName(random, amqp.exchanges)) ?? "none",
    queue: (amqp && pickName(random, amqp.queues)) ?? "none",
    receiver: (amqp && pickName(random, amqp.receivers)) ?? "none",
  };
  // A broker that is down is mostly brought up soon.
  const type = amqp && !amqp.isUp && nextBelow(random, 2) === 0 ? "startAmqpBroker" : pick(random, types);
  const command = randomCommandOf(type, random, drawn);
  return [command.type === "addReceiver" ? { ...command, receiver: withProgram(random, command.receiver) } : command];
}

/** Something goes wrong between a program and the RabbitMQ broker. */
export function randomQueueFault(cluster: Cluster, random: RandomStream): void {
  const [broker] = Array.from(actorsOf(cluster, isAmqpBroker), ([id]) => id);
  if (broker === undefined) return;
  const program = pick(random, [...cluster.actors.keys()].filter((id) => id !== broker));
  switch (nextBelow(random, 4)) {
    case 0:
    case 1:
      return breakConnection(cluster, program, broker, 0);
    case 2:
      return cut(cluster.network, program, broker, cluster.nowUs + pick(random, [50_000, 400_000, 2_000_000, 8_000_000]));
    default:
      return loseMessages(cluster.network, pick(random, [0, 0, 2, 20]));
  }
}
