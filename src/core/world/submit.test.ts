import { worldDigest } from "./worldDigest";
import { describe, expect, it } from "vitest";
import { clusterLimits } from "../kafka/limits";

import type { Command } from "./command";
import type { CommandProblem } from "./commandKind";
import { projectCluster } from "../picture/project";
import { submit } from "./submit";
import { groupWorld, numbered, TestWorld, onlyBroker } from "./testWorld";

const source = { ratePerSecond: 1, keys: { kind: "none" }, valueSizeInBytes: 0 } as const;
const producer = { clientId: "q", topics: ["orders"], source, configs: {} };
const consumer = { clientId: "d", groupId: "g", processing: { timeMs: 1 } };
const withKeys = (keys: unknown): Command => ({ type: "addProducer", producer: { ...producer, source: { ...source, keys } } }) as Command; // partly what no type allows

describe("CMD-1 a refused command changes nothing and says why", () => {
  it.each<[CommandProblem["reason"], Command]>([
    ["nameTaken", { type: "createTopic", topic: { name: "orders", partitions: 1, configs: {} } }],
    ["nameInvalid", { type: "createTopic", topic: { name: "or ders", partitions: 1, configs: {} } }],
    ["nameInvalid", { type: "createTopic", topic: { name: "__consumer_offsets", partitions: 1, configs: {} } }],
    ["nameInvalid", { type: "createTopic", topic: { name: "a".repeat(clusterLimits.maxNameLength + 1), partitions: 1, configs: {} } }],
    ["valueInvalid", { type: "createTopic", topic: { name: "new", partitions: 0, configs: {} } }],
    ["valueInvalid", { type: "createTopic", topic: { name: "new", partitions: clusterLimits.maxPartitionsPerTopic + 1, configs: {} } }],
    ["configInvalid", { type: "createTopic", topic: { name: "new", partitions: 1, configs: { "segment.bytes": 14 } } }],
    ["unknownTopic", { type: "deleteTopic", topic: "nothing" }],
    ["unknownTopic", { type: "createPartitions", topic: "nothing", count: 2 }],
    ["partitionsOnlyUp", { type: "createPartitions", topic: "orders", count: 3 }],
    ["valueInvalid", { type: "createPartitions", topic: "orders", count: 3.5 }],
    ["configInvalid", { type: "alterTopicConfigs", topic: "orders", configs: { colour: "red" } }],
    ["nameTaken", { type: "addProducer", producer: { ...producer, clientId: "p" } }],
    ["nameTaken", { type: "addProducer", producer: { ...producer, clientId: "c1" } }],
    ["nameInvalid", { type: "addProducer", producer: { ...producer, clientId: "admin" } }],
    ["nameInvalid", { type: "addProducer", producer: { ...producer, clientId: " " } }],
    ["nameInvalid", { type: "addProducer", producer: { ...producer, topics: ["__consumer_offsets"] } }],
    ["nameTaken", { type: "addProducer", producer: { ...producer, topics: ["orders", "orders"] } }],
    ["valueInvalid", { type: "addProducer", producer: { ...producer, source: { ...source, ratePerSecond: clusterLimits.maxRecordsPerSecondPerProducer + 1 } } }],
    ["valueInvalid", { type: "addProducer", producer: { ...producer, source: { ...source, ratePerSecond: NaN } } }],
    ["valueInvalid", { type: "addProducer", producer: { ...producer, source: { ...source, valueSizeInBytes: -1 } } }],
    ["valueInvalid", withKeys({ kind: "list", keys: [] })],
    ["valueInvalid", withKeys({ kind: "list", keys: ["a".repeat(clusterLimits.maxNameLength + 1)] })],
    ["valueInvalid", withKeys({ kind: "range", prefix: "", from: 2, to: 1 })],
    ["valueInvalid", withKeys({ kind: "range", prefix: "", from: 1, to: clusterLimits.maxKeysPerProducer + 1 })],
    ["valueInvalid", withKeys({ kind: "range", prefix: "a".repeat(clusterLimits.maxNameLength + 1), from: 1, to: 2 })],
    ["valueInvalid", withKeys({ kind: "skewed", prefix: "", from: 1, to: 2, hotPercent: 101 })],
    ["configInvalid", { type: "addProducer", producer: { ...producer, configs: { acks: "2" } } }],
    ["configInvalid", { type: "alterProducer", clientId: "p", configs: { acks: "0", "enable.idempotence": true } }],
    ["unknownProducer", { type: "alterProducer", clientId: "c1" }],
    ["unknownProducer", { type: "removeProducer", clientId: "nobody" }],
    ["nameTaken", { type: "addGroup", group: { groupId: "g", topics: [], configs: {} } }],
    ["nameInvalid", { type: "addGroup", group: { groupId: "h", topics: ["no thing"], configs: {} } }],
    ["configInvalid", { type: "alterGroup", groupId: "g", configs: { "heartbeat.interval.ms": 90_000 } }],
    ["unknownGroup", { type: "alterGroup", groupId: "nothing" }],
    ["groupNotEmpty", { type: "removeGroup", groupId: "g" }],
    ["nameTaken", { type: "addConsumer", consumer: { ...consumer, clientId: "p" } }],
    ["unknownGroup", { type: "addConsumer", consumer: { ...consumer, groupId: "nothing" } }],
    ["valueInvalid", { type: "addConsumer", consumer: { ...consumer, processing: { timeMs: -1 } } }],
    ["unknownConsumer", { type: "moveConsumer", clientId: "p", groupId: "g" }],
    ["unknownGroup", { type: "moveConsumer", clientId: "c1", groupId: "nothing" }],
    ["unknownConsumer", { type: "removeConsumer", clientId: "p", how: "crash" }],
    ["valueInvalid", { type: "alterConsumer", clientId: "c1", processing: { timeMs: Infinity } }],
  ])("%s: %j", (reason, command) => {
    const { cluster } = groupWorld({ partitions: 3 });
    const before = worldDigest(cluster);
    expect(submit(cluster, command)?.reason).toBe(reason);
    expect(worldDigest(cluster)).toBe(before);
  });

  it("CMD-2 everything has a cap, and says which", () => {
    const world = groupWorld();
    const add = (number: number): CommandProblem | null => submit(world.cluster, { type: "addGroup", group: { groupId: `group-${number}`, topics: [], configs: {} } });
    for (let number = 1; number < clusterLimits.maxGroups; number++) expect(add(number)).toBeNull();
    expect(add(99)).toEqual({ reason: "limitReached", params: { limit: "maxGroups", value: clusterLimits.maxGroups } });
  });
});

describe("CMD-3 topics", () => {
  it("given a topic that is deleted, then its clients stay subscribed, get Kafka's error, and go on with the rest; made again, it is read again", () => {
    const topics = ["orders", "payments"];
    const world = new TestWorld({
      topics: topics.map((name) => ({ name, partitions: 1, configs: {} })),
      producers: [{ clientId: "p", topics: ["payments"], source: { ...source, ratePerSecond: 0 }, configs: { "linger.ms": 1 } }],
      groups: [{ groupId: "g", topics, configs: { "auto.offset.reset": "earliest", "enable.auto.commit": false } }],
      consumers: [{ clientId: "c1", groupId: "g", processing: { timeMs: 1 } }],
    });
    world.run(1000);
    world.give({ type: "deleteTopic", topic: "orders" });
    world.run(5000);
    world.send(["b"]);
    world.run(5000);
    const image = projectCluster(world.cluster);
    expect([...image.topics.values()].filter(({ internal }) => !internal).map(({ name }) => name)).toEqual(["payments"]);
    expect([image.missingTopics, image.groups.get("g")?.spec.topics]).toEqual([["orders"], topics]);
    expect(image.consumers.get("c1")?.why).toEqual({ id: "why.missing", params: { topic: "orders", error: "UNKNOWN_TOPIC_OR_PARTITION" } });
    expect(image.narration).toEqual({ id: "topic.missing", params: { topic: "orders", client: "g" } });
    expect(world.owned()).toEqual({ c1: ["payments-0"] });
    expect(world.audit("g", "payments")).toMatchObject({ processed: 1, twice: 0 });
    expect([...onlyBroker(world.cluster).logs.keys()].filter((name) => name.startsWith("orders"))).toEqual([]);

    world.give({ type: "createTopic", topic: { name: "orders", partitions: 1, configs: {} } });
    world.give({ type: "alterProducer", clientId: "p", topics });
    world.run(5000);
    world.send(["c"]);
    world.run(5000);
    expect(world.owned()).toEqual({ c1: ["orders-0", "payments-0"] });
    expect(world.audit("g", "orders")).toMatchObject({ acknowledged: 1, processed: 1, waiting: 0, lost: 0 });
    expect(projectCluster(world.cluster).missingTopics).toEqual([]);
  });

  it("given a group that subscribes before there is a topic, then it waits, and reads it from the moment it is made", () => {
    const world = new TestWorld({
      topics: [],
      producers: [{ clientId: "p", topics: ["later"], source: { ...source, ratePerSecond: 0 }, configs: { "linger.ms": 1 } }],
      groups: [{ groupId: "g", topics: ["later"], configs: { "auto.offset.reset": "earliest" } }],
      consumers: [{ clientId: "c1", groupId: "g", processing: { timeMs: 1 } }],
    });
    world.run(5000);
    expect(world.owned()).toEqual({ c1: [] });
    world.give({ type: "createTopic", topic: { name: "later", partitions: 2, configs: {} } });
    world.run(2000);
    world.send(["a"]);
    world.run(5000);
    expect(world.owned()).toEqual({ c1: ["later-0", "later-1"] });
    expect(world.audit("g", "later")).toMatchObject({ processed: 1, waiting: 0, lost: 0 });
  });

  it("given a topic that is deleted and made again at once, then its readers go on in the new one, and the delivery check adds up", () => {
    const world = groupWorld({ configs: { "auto.offset.reset": "earliest", "metadata.max.age.ms": 3000 } });
    world.run(1000);
    world.send(["a", "b", "c"]);
    world.run(1000);
    world.give({ type: "deleteTopic", topic: "orders" });
    world.give({ type: "createTopic", topic: { name: "orders", partitions: 1, configs: {} } });
    world.run(100);
    world.send(["d", "e", "f", "g", "h"]);
    world.run(5000);
    const { acknowledged, unconfirmed, processed, waiting, lost } = world.audit();
    expect(acknowledged + unconfirmed).toBe(processed + waiting + lost);
    expect([processed, lost]).toEqual([5, 0]);
  });

  it("given topics that come and go, then none ever gets the number of another", () => {
    const world = new TestWorld({ topics: [] , producers: [] });
    const create = (name: string): number | undefined => {
      world.give({ type: "createTopic", topic: { name, partitions: 1, configs: {} } });
      return world.cluster.watch.topicIndexes.get(name);
    };
    const numbers = [create("a"), create("b")];
    world.give({ type: "deleteTopic", topic: "a" });
    expect([...numbers, create("a"), create("c")]).toEqual([0, 1, 2, 3]);
  });

  it("given a changed config and null, then it is set, and back at its default", () => {
    const world = groupWorld();
    world.run(10);
    const configs = (): unknown => [world.cluster.topology.topics.get("orders")?.configs, onlyBroker(world.cluster).metadata.topics.get("orders")?.configs];
    world.give({ type: "alterTopicConfigs", topic: "orders", configs: { "retention.ms": 5000 } });
    world.run(10);
    expect(configs()).toEqual([{ "retention.ms": 5000 }, { "retention.ms": 5000 }]);
    world.give({ type: "alterTopicConfigs", topic: "orders", configs: { "retention.ms": null } });
    world.run(10);
    expect(configs()).toEqual([{}, {}]);
  });
});

describe("CMD-4 clients", () => {
  it("given a producer that is removed, then what it has sent is still delivered, and it is gone", () => {
    const world = groupWorld();
    world.run(100);
    world.send(["a"]);
    world.give({ type: "removeProducer", clientId: "p" });
    world.run(100);
    expect(world.values()).toEqual(["a"]);
    expect([...world.cluster.actors.values()].map(({ kind }) => kind)).toEqual(["broker", "admin", "consumer"]);
  });

  it("given a consumer that is removed, then its name is free at once, and the new one is another", () => {
    const world = groupWorld({ timeMs: 100, configs: { "heartbeat.interval.ms": 100 } });
    world.run(100);
    world.send(numbered(1, 5));
    world.run(50);
    world.give({ type: "removeConsumer", clientId: "c1", how: "close" });
    world.give({ type: "addConsumer", consumer: { clientId: "c1", groupId: "g", processing: { timeMs: 1 } } });
    world.run(2000);
    expect(world.values()).toEqual(numbered(1, 5));
    expect([...world.cluster.actors.values()].filter(({ kind }) => kind === "consumer").length).toBe(1);
  });

  it("given a consumer that moves, then it closes in one group and starts in the other, at that one's commit", () => {
    const world = groupWorld();
    world.give({ type: "addGroup", group: { groupId: "h", topics: ["orders"], configs: { "auto.offset.reset": "earliest" } } });
    world.run(100);
    world.send(["a"]);
    world.run(100);
    world.give({ type: "moveConsumer", clientId: "c1", groupId: "h" });
    world.run(1000);
    expect([world.values(), world.committed("g"), world.consumer("c1").groupId]).toEqual([["a", "a"], 1, "h"]);
    expect(world.group()?.state).toBe("Empty");
  });

  it("CMD-5 given a group's configs that change, then every member restarts with them and goes on where it was", () => {
    const world = groupWorld({ members: 2, partitions: 2, configs: { "heartbeat.interval.ms": 100 } });
    world.run(1000);
    world.send(["a"], "key-0");
    world.send(["b"], "key-1");
    world.run(100);
    world.give({ type: "alterGroup", groupId: "g", configs: { "auto.offset.reset": null, "max.poll.records": 7, "partition.assignment.strategy": "sticky" } });
    world.run(2000);
    expect(world.cluster.topology.groups.get("g")?.configs).toEqual({ "heartbeat.interval.ms": 100, "max.poll.records": 7, "partition.assignment.strategy": "sticky" });
    expect([world.consumer("c1").config.maxPollRecords, world.consumer("c2").config.maxPollRecords]).toEqual([7, 7]);
    expect(Object.values(world.owned()).map(({ length }) => length)).toEqual([1, 1]);
    expect(world.consumer("c1").member.protocolName).toBe("sticky");
    expect(world.audit()).toMatchObject({ processed: 2, twice: 0, lost: 0 });
  });

  it("CMD-5 given another assignor while one member is busy, then the others try until it has left, and all have the new one", () => {
    const world = groupWorld({ members: 2, partitions: 2, configs: { "heartbeat.interval.ms": 100, "partition.assignment.strategy": "range" } });
    world.run(1000);
    world.give({ type: "alterConsumer", clientId: "c2", processing: { timeMs: 500 } });
    for (const key of ["key-0", "key-1", "key-2", "key-3"]) world.send(["a"], key);
    world.run(50);
    world.give({ type: "alterGroup", groupId: "g", configs: { "partition.assignment.strategy": "sticky" } });
    world.run(3000);
    expect([world.consumer("c1"), world.consumer("c2")].map(({ fatalException, member }) => [fatalException, member.protocolName])).toEqual([[null, "sticky"], [null, "sticky"]]);
  });
});
