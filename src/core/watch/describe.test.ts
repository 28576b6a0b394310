import { describe, expect, it } from "vitest";
import type { ClusterSpec } from "../world/spec";
import { projectCluster } from "../picture/project";
import { numbered, TestWorld } from "../world/testWorld";
import type { Narration } from "../picture/image";

const earliest = { "auto.offset.reset": "earliest", "heartbeat.interval.ms": 500, "session.timeout.ms": 10_000, "auto.commit.interval.ms": 500 };

function worldOf(groups: ClusterSpec["groups"], consumers: Readonly<Record<string, string>>, changes: Partial<ClusterSpec> = {}): TestWorld {
  return new TestWorld({
    topics: [{ name: "orders", partitions: 2, configs: {} }],
    groups,
    consumers: Object.entries(consumers).map(([clientId, groupId]) => ({ clientId, groupId, processing: { timeMs: 10 } })),
    ...changes,
  });
}

const said = (world: TestWorld): Narration => projectCluster(world.cluster).narration;
/** Longer than any sentence about an event stays. */
const LATER_MS = 20_000;

describe("IMG-4 the sentence speaks from what is so", () => {
  it("of groups that read different topics, that each gets its own", () => {
    const world = worldOf(
      ["orders", "payments"].map((topic) => ({ groupId: `${topic}-readers`, topics: [topic], configs: earliest })),
      { c1: "orders-readers", c2: "payments-readers" },
      { topics: ["orders", "payments"].map((name) => ({ name, partitions: 2, configs: {} })) },
    );
    world.run(LATER_MS);
    expect(said(world)).toEqual({ id: "scene.separate", params: { groups: 2 } });
  });

  it.each([
    ["InvalidSessionTimeoutException", { "session.timeout.ms": 3000, "heartbeat.interval.ms": 500 }],
    ["NoOffsetForPartitionException", { "auto.offset.reset": "none" }],
  ])("of applications that have ended, with Kafka's exception: %s", (exception, configs) => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs }], { c1: "billing", c2: "billing" });
    world.run(LATER_MS);
    expect(said(world)).toMatchObject({ id: "member.died", params: { consumer: "c1", group: "billing", exception } });
    const image = projectCluster(world.cluster);
    expect([...image.consumers.values()].map(({ phase, why }) => [phase, why?.params["error"]])).toEqual([["closed", exception], ["closed", exception]]);
    expect(image.groups.get("billing")?.state).toBe("Empty");
  });

  it("of a handler that does not return, when its group goes on without it", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: { ...earliest, "max.poll.interval.ms": 9000 } }], { c1: "billing" });
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 1, failure: { how: "stall", percent: 100 } } });
    world.run(5000);
    world.send(["a"]);
    world.run(500);
    expect(said(world)).toEqual({ id: "consumer.stalled", params: { consumer: "c1", group: "billing", timeoutS: 9 } });
  });

  it("of a topic to which a program is to send on and that there is not, which is drawn as wished for", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: earliest }], { c1: "billing" });
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 1, forwardTo: "audited" } });
    world.run(5000);
    expect(projectCluster(world.cluster).missingTopics).toEqual(["audited"]);
    world.send(["a"]);
    world.run(500);
    expect(said(world)).toEqual({ id: "topic.missing", params: { topic: "audited", client: "c1" } });
    expect(projectCluster(world.cluster).consumers.get("c1")?.why).toEqual({ id: "why.cannotSendOn", params: { topic: "audited", timeoutS: 60 } });
    world.give({ type: "createTopic", topic: { name: "audited", partitions: 1, configs: {} } });
    world.run(5000);
    expect(projectCluster(world.cluster).topics.get("audited")?.recordCount).toBe(1);
    expect(projectCluster(world.cluster).consumers.get("c1")?.why?.id).toBe("why.caughtUp");
  });

  it("of a group that has no topic, that it reads nothing", () => {
    const world = worldOf([{ groupId: "billing", topics: [], configs: earliest }], { c1: "billing", c2: "billing" });
    world.run(LATER_MS);
    expect(said(world)).toEqual({ id: "scene.readsNothing", params: { group: "billing" } });
  });

  it("counts the members that are in the group, and the partitions that there are", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders", "payments"], configs: earliest }], { c1: "billing", c2: "billing" }, {
      topics: ["orders", "payments"].map((name) => ({ name, partitions: 2, configs: {} })),
    });
    world.run(LATER_MS);
    expect(said(world)).toEqual({ id: "scene.queue", params: { members: 2, partitions: 4 } });
  });

  it("of a mix, that it is a queue inside each group and pub/sub across them", () => {
    const world = worldOf(["a", "b"].map((groupId) => ({ groupId, topics: ["orders"], configs: earliest })), { c1: "a", c2: "a", c3: "b", c4: "b" });
    world.run(LATER_MS);
    expect(said(world)).toEqual({ id: "scene.mixed", params: { groups: 2 } });
  });

  it("of a group that begins, where: at its reset, and the second time at its commit", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: earliest }], { c1: "billing" });
    world.run(1500);
    expect(said(world)).toEqual({ id: "group.reset", params: { group: "billing", policy: "earliest" } });
    world.send(numbered(1, 10));
    world.run(3000);
    world.give({ type: "removeConsumer", clientId: "c1", how: "close" });
    world.run(1000);
    world.send(numbered(11, 14));
    world.run(1000);
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "billing", processing: { timeMs: 10 } } });
    world.run(200);
    expect(said(world)).toEqual({ id: "group.resumed", params: { group: "billing", lag: 0 } });
  });

  it("of a rebalance, how long nobody read", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: { ...earliest, "partition.assignment.strategy": "range" } }], { c1: "billing" });
    world.run(3000);
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "billing", processing: { timeMs: 10 } } });
    world.run(2000);
    const { id, params } = said(world);
    expect(id).toBe("rebalance.done.gained");
    expect(params["pauseMs"]).toBeGreaterThan(0);
    expect(params["pauseMs"]).toBeLessThan(1000);
  });
});

describe("IMG-8 a consumer that crashes", () => {
  it("is shown, silent, until its group gives it up; then that is said, and it is gone", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: earliest }], { c1: "billing", c2: "billing" });
    world.run(5000);
    world.give({ type: "removeConsumer", clientId: "c2", how: "crash" });
    world.run(6000);
    const image = projectCluster(world.cluster);
    const crashed = image.consumers.get("c2");
    expect(crashed).toMatchObject({ phase: "crashed", assignment: [{ topic: "orders", partition: 1 }], why: { id: "why.crashed" } });
    const { sinceUs, untilUs } = crashed?.silence ?? { sinceUs: 0, untilUs: 0 };
    expect(untilUs - sinceUs).toBe(10_000_000);
    expect([sinceUs <= image.clock.timeUs - 6_000_000, untilUs > image.clock.timeUs]).toEqual([true, true]);
    expect(image.groups.get("billing")?.consumers).toEqual(["c1", "c2"]);
    expect(image.narration).toMatchObject({ id: "member.silent", params: { consumer: "c2", group: "billing", timeoutS: 10, partitions: "P1" } });
    world.run((untilUs - world.cluster.nowUs) / 1000);
    expect(said(world)).toEqual({ id: "member.expired", params: { consumer: "c2", group: "billing", timeoutMs: 10_000 } });
    expect(projectCluster(world.cluster).consumers.has("c2")).toBe(false);
    world.run(LATER_MS);
    expect(world.owned()).toEqual({ c1: ["orders-0", "orders-1"] });
  });

  it("leaves its place to another of its name", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: earliest }], { c1: "billing", c2: "billing" });
    world.run(5000);
    world.give({ type: "removeConsumer", clientId: "c2", how: "crash" });
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "billing", processing: { timeMs: 10 } } });
    expect(projectCluster(world.cluster).consumers.get("c2")?.phase).not.toBe("crashed");
  });
});

describe("IMG-4 what grows and drains", () => {
  const busy = (ratePerSecond: number): Partial<ClusterSpec> => ({
    producers: [{ clientId: "p", topics: ["orders"], source: { ratePerSecond, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs: { "linger.ms": 1, "batch.size": 200 } }],
  });

  it("is told of the one consumer that is slow, until it has caught up", () => {
    const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: earliest }], { c1: "billing" }, busy(10));
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 300 } });
    world.run(30_000);
    expect(said(world)).toMatchObject({ id: "consumer.slow", params: { consumer: "c1", group: "billing" } });
    expect(Number(said(world).params["lag"])).toBeGreaterThan(100);
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 60 } });
    for (const id of ["lag.draining", "lag.drained"]) {
      for (let seconds = 0; seconds < 60 && said(world).id !== id; seconds++) world.run(1000);
      expect(said(world)).toMatchObject({ id, params: { group: "billing" } });
    }
  });

  it("is no matter where the lag only breathes, few or many records a second", () => {
    for (const rate of [3, 2000]) {
      const world = worldOf([{ groupId: "billing", topics: ["orders"], configs: earliest }], { c1: "billing", c2: "billing" }, busy(rate));
      world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 0 } });
      world.give({ type: "alterConsumer", clientId: "c2", processing: { timeMs: 0 } });
      world.run(20_000);
      const told = new Set<string>();
      for (let seconds = 0; seconds < 20; seconds++) {
        world.run(1000);
        told.add(said(world).id);
      }
      expect([...told].filter((id) => id.startsWith("lag.") || id === "consumer.slow")).toEqual([]);
    }
  });
});
