import { describe, expect, it } from "vitest";
import { isAdmin } from "../clients/admin/admin";
import { isBroker } from "../broker/broker";
import { connection } from "../clients/client";
import type { ClusterImage } from "../picture/image";
import { projectCluster } from "../picture/project";
import { askCluster } from "./actors/admin";
import { ADMIN_CLIENT_ID } from "../kafka/names";
import { actorsOf, clientOf } from "./cluster";
import { breakConnection } from "./kernel/disconnect";
import { runUntil } from "./kernel/run";
import { TestWorld } from "./testWorld";

/** A world in which `orders` is there, and its producer knows. */
function running(): TestWorld {
  const world = new TestWorld();
  world.run(20);
  return world;
}

const image = (world: TestWorld): ClusterImage => projectCluster(world.cluster);
const topic = (world: TestWorld, name = "orders") => image(world).topics.get(name);
const wanted = (world: TestWorld): string[] => [...world.cluster.topology.topics.keys()];

/** Somebody else deletes `orders`: nobody at this screen asked for that. */
function deleteBehindOurBack(world: TestWorld): void {
  askCluster(world.cluster, { api: "DeleteTopics", topicNames: ["orders"], timeoutMs: 30_000 });
}

/** The connection of the administrator breaks. */
function breakAdmin({ cluster }: TestWorld): void {
  const admin = clientOf(cluster, isAdmin, ADMIN_CLIENT_ID);
  const [[broker] = [0]] = actorsOf(cluster, isBroker);
  breakConnection(cluster, admin?.id ?? 0, broker, connection.data);
}

describe("CMD-9 what was asked of the cluster is shown as asked for", () => {
  it("given a new topic, then until the broker has made it", () => {
    const world = running();
    world.give({ type: "createTopic", topic: { name: "payments", partitions: 3, configs: {} } });
    expect(topic(world, "payments")).toMatchObject({ state: "asked", partitions: 0, askedPartitions: 3, topicId: "" });
    world.run(1);
    expect(topic(world, "payments")).toMatchObject({ state: "there", partitions: 3, askedPartitions: 3 });
  });

  it("given more partitions or other configs, then the topic is changing until the broker has them", () => {
    const world = running();
    world.give({ type: "createPartitions", topic: "orders", count: 4 });
    expect(topic(world)).toMatchObject({ state: "changing", partitions: 1, askedPartitions: 4 });
    world.run(1);
    expect(topic(world)).toMatchObject({ state: "there", partitions: 4 });
    world.give({ type: "alterTopicConfigs", topic: "orders", configs: { "max.message.bytes": 5000 } });
    expect(topic(world)).toMatchObject({ state: "changing", configs: {} });
    world.run(1);
    expect(topic(world)).toMatchObject({ state: "there", configs: { "max.message.bytes": 5000 } });
  });

  it("given a topic that is to go, then it is told among those that are going, and nowhere else, until it is gone", () => {
    const world = running();
    world.give({ type: "deleteTopic", topic: "orders" });
    expect([topic(world), image(world).goingTopics]).toEqual([undefined, ["orders"]]);
    world.run(1);
    expect([topic(world), image(world).goingTopics, [...world.broker().metadata.topics.keys()]]).toEqual([undefined, [], []]);
  });

  it("given one that goes and is asked for again at once, then it changes, and is another one in the end", () => {
    const world = running();
    const before = topic(world)?.topicId;
    world.give({ type: "deleteTopic", topic: "orders" });
    world.give({ type: "createTopic", topic: { name: "orders", partitions: 2, configs: {} } });
    expect([topic(world)?.state, image(world).goingTopics]).toEqual(["changing", []]);
    world.run(1);
    expect(topic(world)).toMatchObject({ state: "there", partitions: 2 });
    expect(topic(world)?.topicId).not.toBe(before);
  });

  it("given the request is lost, then as long as it takes to ask again", () => {
    const world = running();
    world.give({ type: "createTopic", topic: { name: "payments", partitions: 1, configs: {} } });
    breakAdmin(world);
    world.run(100);
    expect(topic(world, "payments")?.state).toBe("asked");
    world.run(1);
    expect(topic(world, "payments")?.state).toBe("there");
  });
});

describe("CMD-9 what the broker refuses is not wanted any longer", () => {
  it("given a topic that is not there, then neither the wiring nor the picture keeps a ghost of it", () => {
    const world = running();
    deleteBehindOurBack(world);
    world.give({ type: "createPartitions", topic: "orders", count: 3 });
    world.run(1);
    expect(topic(world)).toMatchObject({ state: "asked", partitions: 0, askedPartitions: 3 });
    world.run(1);
    expect([wanted(world), topic(world), image(world).goingTopics]).toEqual([[], undefined, []]);
    expect(world.cluster.watch.said?.narration).toEqual({ id: "admin.failed", params: { topic: "orders", error: "UNKNOWN_TOPIC_OR_PARTITION" } });
  });

  it("given a topic that is there, then it is wanted as it is", () => {
    const world = running();
    askCluster(world.cluster, { api: "CreatePartitions", topics: [{ name: "orders", count: 5 }], timeoutMs: 30_000 });
    world.give({ type: "createPartitions", topic: "orders", count: 3 });
    world.run(2);
    expect(topic(world)).toMatchObject({ state: "there", partitions: 5, askedPartitions: 5 });
  });

  it("given something else was asked for the same topic since, then that is still wanted", () => {
    const world = running();
    deleteBehindOurBack(world);
    world.give({ type: "createPartitions", topic: "orders", count: 3 });
    world.run(1);
    world.give({ type: "deleteTopic", topic: "orders" });
    world.give({ type: "createTopic", topic: { name: "orders", partitions: 2, configs: {} } });
    world.run(1);
    expect([wanted(world), topic(world)?.state]).toEqual([["orders"], "there"]);
    runUntil(world.cluster, world.cluster.nowUs + 10_000_000);
    expect([wanted(world), topic(world)?.partitions, topic(world)?.state]).toEqual([["orders"], 2, "there"]);
  });

  it("given a creation whose answer is lost, then asked again it is refused, and the topic is there as it was wanted", () => {
    const world = running();
    world.give({ type: "createTopic", topic: { name: "payments", partitions: 2, configs: { "max.message.bytes": 5000 } } });
    world.run(1);
    breakAdmin(world);
    world.run(200);
    expect(world.cluster.watch.said?.narration).toMatchObject({ id: "admin.failed", params: { error: "TOPIC_ALREADY_EXISTS" } });
    expect([wanted(world), topic(world, "payments")?.state]).toEqual([["orders", "payments"], "there"]);
  });
});
