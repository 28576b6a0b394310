import { nextBelow, type RandomStream } from "../../sim/random";
import type { Command } from "../../world/command";
import type { Topology } from "../../world/topology";
import { randomPublishes, randomQueue, randomReceiver } from "./randomQueues";
import { groupConfigs, oneOf, pick, producerConfigs, randomGroup, randomProcessing, randomProducer, randomSource, randomTopic, someOf, topicConfigs } from "./randomSpecs";

/** Names that were drawn of those that there are, or "none"; and which of its forms a command is to take. */
export interface Drawn {
  readonly topology: Topology;
  readonly topic: string;
  readonly groupId: string;
  readonly producer: string;
  readonly consumer: string;
  readonly form: string;
  readonly exchange: string;
  readonly queue: string;
  readonly receiver: string;
}

/** Some command of a type. What does not fit the world as it is may be drawn, too: it is refused and changes nothing. */
export function randomCommandOf<Type extends Command["type"]>(type: Type, random: RandomStream, drawn: Drawn): Extract<Command, { readonly type: Type }> {
  return draws[type](random, drawn);
}

const draws: { readonly [Type in Command["type"]]: (random: RandomStream, drawn: Drawn) => Extract<Command, { readonly type: Type }> } = {
  addConsumer: (random, { groupId }) => ({ type: "addConsumer", consumer: { clientId: oneOf(random, "consumer", 9), groupId, processing: randomProcessing(random) } }),
  addGroup: (random, { topology }) => ({ type: "addGroup", group: randomGroup(random, oneOf(random, "group", 5), [...topology.topics.keys()]) }),
  addProducer: (random, { topology }) => ({ type: "addProducer", producer: randomProducer(random, oneOf(random, "producer", 5), [...topology.topics.keys()]) }),
  alterConsumer: (random, { consumer }) => ({ type: "alterConsumer", clientId: consumer, processing: randomProcessing(random) }),
  alterGroup: (random, { topology, groupId, form }) => {
    if (form === "configs") return { type: "alterGroup", groupId, configs: groupConfigs(random) };
    return { type: "alterGroup", groupId, topics: someOf(random, [...topology.topics.keys()]) };
  },
  alterProducer: (random, { topology, producer, form }) => {
    if (form === "source") return { type: "alterProducer", clientId: producer, source: randomSource(random) };
    if (form === "configs") return { type: "alterProducer", clientId: producer, configs: producerConfigs(random) };
    return { type: "alterProducer", clientId: producer, topics: someOf(random, [...topology.topics.keys()]) };
  },
  alterTopicConfigs: (random, { topic }) => ({ type: "alterTopicConfigs", topic, configs: topicConfigs(random) }),
  createPartitions: (random, { topology, topic }) => ({ type: "createPartitions", topic, count: (topology.topics.get(topic)?.partitions ?? 1) + nextBelow(random, 4) }),
  createTopic: (random) => ({ type: "createTopic", topic: randomTopic(random, oneOf(random, "topic", 5)) }),
  deleteTopic: (_random, { topic }) => ({ type: "deleteTopic", topic }),
  deliverAs: (random) => ({ type: "deliverAs", mode: pick(random, ["queue", "pubsub", "mixed"]) }),
  moveConsumer: (_random, { consumer, groupId }) => ({ type: "moveConsumer", clientId: consumer, groupId }),
  removeConsumer: (random, { consumer }) => ({ type: "removeConsumer", clientId: consumer, how: pick(random, ["close", "crash"]) }),
  removeGroup: (_random, { groupId }) => ({ type: "removeGroup", groupId }),
  removeProducer: (_random, { producer }) => ({ type: "removeProducer", clientId: producer }),
  addReceiver: (random, { queue }) => ({ type: "addReceiver", receiver: randomReceiver(random, oneOf(random, "receiver", 6), queue) }),
  alterPublishes: (random, { topology, producer }) => ({ type: "alterPublishes", clientId: producer, publishes: randomPublishes(random, topology) }),
  alterReceiver: (random, { receiver, queue, form }) => {
    const { prefetchCount, noAck, priority, processing } = randomReceiver(random, receiver, queue);
    return form === "processing" ? { type: "alterReceiver", receiver, processing } : { type: "alterReceiver", receiver, settings: { prefetchCount, noAck, priority } };
  },
  bindQueue: (random, { queue, exchange }) => ({ type: "bindQueue", queue, exchange, routingKey: pick(random, ["", "a", queue]) }),
  unbindQueue: (random, { topology, queue }) => {
    const { bindings = [] } = topology.amqp?.queues.get(queue) ?? {};
    const { exchange, routingKey } = bindings.length > 0 ? pick(random, bindings) : { exchange: "none", routingKey: "" };
    return { type: "unbindQueue", queue, exchange, routingKey };
  },
  declareExchange: (random) => ({ type: "declareExchange", exchange: { name: oneOf(random, "exchange", 4), type: pick(random, ["direct", "fanout", "fanout"]), durable: pick(random, [true, false]) } }),
  declareQueue: (random, { topology }) => ({ type: "declareQueue", queue: randomQueue(random, oneOf(random, "queue", 5), topology) }),
  deleteExchange: (_random, { exchange }) => ({ type: "deleteExchange", exchange }),
  deleteQueue: (_random, { queue }) => ({ type: "deleteQueue", queue }),
  freezeReceiver: (random, { receiver }) => ({ type: "freezeReceiver", receiver, isFrozen: pick(random, [true, false]) }),
  purgeQueue: (_random, { queue }) => ({ type: "purgeQueue", queue }),
  redeclareQueue: (random, { topology, queue }) => ({ type: "redeclareQueue", queue: randomQueue(random, queue, topology) }),
  removeReceiver: (random, { receiver }) => ({ type: "removeReceiver", receiver, how: pick(random, ["close", "kill"]) }),
  stopAmqpBroker: (random) => ({ type: "stopAmqpBroker", how: pick(random, ["stop", "kill", "kill"]) }),
  startAmqpBroker: () => ({ type: "startAmqpBroker" }),
};
