import type { Command, StampedCommand } from "../../../src/core/world/command";
import type { ProducerSpec } from "../../../src/core/world/spec";
import type { Configs } from "../../../src/core/kafka/configs";
import { nextBelow, nextUint32, randomStream, type RandomStream } from "../../../src/core/sim/random";
import { orders } from "../../../src/scenario/presets/orders";
import { slowGroupConfigs, slowProducerConfigs } from "../../../src/scenario/presets/slowedForTheEye";
import type { Scenario, SharedScenario } from "../../../src/scenario/scenario";
import { distinct, many, number, pick, text } from "./oddValues";
import { randomAmqp, randomProcessing, randomPublishes, randomQueueCommand } from "./randomQueues";

/** Scenarios and runs of all shapes and of the oddest names, from a seed; all of them are valid. */
export function randomShared(seed: number): SharedScenario {
  const random = randomStream(seed, "shared");
  const scenario = randomScenario(random);
  if (seed % 3 === 0) return { scenario, run: null };
  let timeUs = 0;
  let eventCount = 0;
  const journal = many(random, 40, (): StampedCommand => {
    timeUs += nextBelow(random, 3_000_000_000);
    eventCount += nextBelow(random, 5000);
    return { timeUs, eventCount, command: randomCommand(random) };
  });
  return { scenario, run: { engineVersion: 1 + nextBelow(random, 9), timeUs: timeUs + nextBelow(random, 9), eventCount, journal } };
}

function randomScenario(random: RandomStream): Scenario {
  const topicNames = distinct(many(random, 12, (at) => oddName(random, `${"a-Z_9."[at % 6]}topic${at}`, `${at}`)), String);
  const topics = topicNames.map((name) => ({ name, partitions: 1 + nextBelow(random, 64), configs: pick(random, topicConfigs) }));
  const some = (): string[] => topicNames.filter(() => nextBelow(random, 2) === 0);
  const groups = many(random, 16, (at) => ({ groupId: oddName(random, `${text(random)}g${at}`, `${at}`), topics: some(), configs: pick(random, groupConfigs) }));
  const producers = many(random, 24, (at) => ({ ...randomProducer(random, oddName(random, `p${at}`, `${99 - at}`)), topics: some() }));
  const consumers = groups.length === 0 ? [] : many(random, 64, (at) => ({ clientId: `${text(random)}c${at}`, groupId: pick(random, groups).groupId, processing: pick(random, [{ timeMs: number(random, 600_000) }, randomProcessing(random)]) }));
  const entity = (): string => `${pick(random, ["producer", "topic", "group", "consumer", "exchange", "queue", "receiver"])}:${pick(random, [`${text(random)}x`, "__proto__", "7"])}`;
  return {
    schemaVersion: 2,
    name: pick(random, [text(random), { en: text(random), ko: text(random) }]),
    description: { en: text(random), ko: text(random) },
    seed: pick(random, [1, nextUint32(random)]),
    network: pick(random, [orders.network, { latencyMs: nextBelow(random, 5001), jitterMs: nextBelow(random, 5001) }]),
    brokerConfigs: pick(random, [{}, { "offsets.topic.replication.factor": 1 }, orders.brokerConfigs, { "message.max.bytes": null }]),
    topics,
    producers: distinct(producers, ({ clientId }) => clientId),
    groups: distinct(groups, ({ groupId }) => groupId),
    consumers,
    startMs: number(random, 600_000),
    speed: pick(random, [0.1, 1, 2.5, 100]),
    verb: pick(random, ["addConsumer", "addGroup", "addPartition", "addProducer", "speedUpConsumer", "switchMode"]),
    layout: Object.fromEntries(many(random, 40, () => [entity(), { x: number(random, 4000) - 2000, y: number(random, 900) }])),
    labels: Object.fromEntries(many(random, 40, () => [entity(), pick(random, [text(random), { en: text(random), ko: text(random) }])])),
    ...(nextBelow(random, 2) === 0 && { amqp: randomAmqp(random) }),
  };
}

function randomCommand(random: RandomStream): Command {
  const clientId = `${text(random)}k`;
  const configs = pick(random, groupConfigs);
  return pick<Command>(random, [
    { type: "createTopic", topic: { name: "new.topic", partitions: 1 + nextBelow(random, 64), configs: pick(random, topicConfigs) } },
    { type: "deleteTopic", topic: "t" },
    { type: "createPartitions", topic: "t", count: 1 + nextBelow(random, 64) },
    { type: "alterTopicConfigs", topic: "t", configs: pick(random, topicConfigs) },
    { type: "addProducer", producer: randomProducer(random, clientId) },
    { type: "removeProducer", clientId },
    { type: "alterProducer", clientId },
    { type: "alterProducer", clientId, topics: ["t"], source: randomProducer(random, "").source },
    { type: "alterProducer", clientId, topics: [], source: { ratePerSecond: number(random, 100) } },
    { type: "alterProducer", clientId, configs: { acks: "0", "linger.ms": null } },
    { type: "addGroup", group: { groupId: clientId, topics: [], configs } },
    { type: "removeGroup", groupId: clientId },
    { type: "alterGroup", groupId: clientId, topics: [] },
    { type: "alterGroup", groupId: clientId, configs },
    { type: "addConsumer", consumer: { clientId, groupId: "g", processing: { timeMs: number(random, 1000) } } },
    { type: "removeConsumer", clientId, how: pick(random, ["close", "crash"]) },
    { type: "moveConsumer", clientId, groupId: "g" },
    { type: "alterConsumer", clientId, processing: { timeMs: 0 } },
    { type: "deliverAs", mode: pick(random, ["queue", "pubsub"]) },
    randomQueueCommand(random),
    randomQueueCommand(random),
    { type: "alterConsumer", clientId, processing: randomProcessing(random) },
  ]);
}

function randomProducer(random: RandomStream, clientId: string): ProducerSpec {
  const keys = pick<ProducerSpec["source"]["keys"]>(random, [
    { kind: "none" },
    { kind: "list", keys: ["", ...many(random, 30, () => text(random))] },
    { kind: "range", prefix: text(random), from: pick(random, [-5, 1]), to: 1 + nextBelow(random, 900) },
    { kind: "skewed", prefix: "", from: 0, to: 999, hotPercent: nextBelow(random, 101) },
  ]);
  const source = { ratePerSecond: pick(random, [1, number(random, 10_000)]), keys, valueSizeInBytes: pick(random, [0, nextBelow(random, 1_000_001)]) };
  return { clientId, topics: [], source, configs: pick(random, producerConfigs), ...(nextBelow(random, 3) === 0 && { publishes: randomPublishes(random) }) };
}

const topicConfigs: readonly Configs[] = [{}, { "retention.ms": null }, { "cleanup.policy": "compact,delete", "retention.bytes": -1 }, { "message.timestamp.before.max.ms": Number.MAX_SAFE_INTEGER }];
const groupConfigs: readonly Configs[] = [{}, slowGroupConfigs, { "enable.auto.commit": false, "group.protocol": null }];
const producerConfigs: readonly Configs[] = [{}, slowProducerConfigs, { acks: "all", "enable.idempotence": true, "linger.ms": null }];

/** Mostly the first; sometimes one that objects have already, or that they would put in another order. */
function oddName(random: RandomStream, usual: string, numeral: string): string {
  return pick(random, [usual, usual, usual, numeral, "__proto__", "constructor"]);
}
