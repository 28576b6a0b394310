import { describe, expect, it } from "vitest";
import { TestWorld, numbered } from "./testWorld";
import { deliverAsSteps, deliveryMode } from "./topology";
import { validateCommand } from "./validateCommand";

/** Consumers `c1` to `c3`, each in the group named. */
function worldOf(...groupIds: readonly string[]): TestWorld {
  const configs = { "auto.offset.reset": "earliest", "heartbeat.interval.ms": 100 };
  return new TestWorld({
    topics: [{ name: "orders", partitions: 3, configs: {} }],
    groups: [...new Set(groupIds)].map((groupId) => ({ groupId, topics: ["orders"], configs })),
    consumers: groupIds.map((groupId, index) => ({ clientId: `c${index + 1}`, groupId, processing: { timeMs: 1 } })),
  });
}

const groups = ({ cluster }: TestWorld): Record<string, string> => Object.fromEntries([...cluster.topology.consumers.values()].map(({ clientId, groupId }) => [clientId, groupId]));

describe("CMD-6 deliver as", () => {
  it("given a queue, when it becomes pub/sub, then the first consumer stays, each other gets a group of its own, and every group gets everything", () => {
    const world = worldOf("team", "team", "team");
    world.run(500);
    world.send(numbered(1, 10));
    world.run(500);
    world.give({ type: "deliverAs", mode: "pubsub" });
    expect(groups(world)).toEqual({ c1: "team", c2: "team-c2", c3: "team-c3" });
    expect(deliveryMode(world.cluster.topology)).toBe("pubsub");
    world.run(1000);
    world.send(numbered(11, 20));
    world.run(1000);
    for (const groupId of ["team", "team-c2", "team-c3"]) expect(world.audit(groupId)).toMatchObject({ processed: 20, twice: 0, lost: 0, waiting: 0 });
    expect(world.owned()).toEqual({ c1: ["orders-0", "orders-1", "orders-2"], c2: ["orders-0", "orders-1", "orders-2"], c3: ["orders-0", "orders-1", "orders-2"] });
  });

  it("given pub/sub, when it becomes a queue, then all are in the first group, which goes on at its own commit, and the other groups go", () => {
    const world = worldOf("a", "b", "c");
    world.run(500);
    world.send(numbered(1, 10));
    world.run(500);
    world.give({ type: "deliverAs", mode: "queue" });
    expect(groups(world)).toEqual({ c1: "a", c2: "a", c3: "a" });
    expect([...world.cluster.topology.groups.keys()]).toEqual(["a"]);
    world.run(1000);
    world.send(numbered(11, 20));
    world.run(1000);
    expect(world.audit("a")).toMatchObject({ processed: 20, twice: 0, lost: 0, waiting: 0 });
    expect(Object.values(world.owned()).map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it("given a second change, then each is back in the group it had, which goes on at its own commit: what came meanwhile waits for it", () => {
    const world = worldOf("a", "b", "c");
    world.run(500);
    world.send(numbered(1, 10));
    world.run(500);
    world.give({ type: "deliverAs", mode: "queue" });
    world.run(1000);
    world.send(numbered(11, 20));
    world.run(1000);
    world.give({ type: "deliverAs", mode: "pubsub" });
    expect(groups(world)).toEqual({ c1: "a", c2: "b", c3: "c" });
    expect(world.audit("b")).toMatchObject({ processed: 10, waiting: 10 });
    world.run(1000);
    for (const groupId of ["a", "b", "c"]) expect(world.audit(groupId)).toMatchObject({ processed: 20, twice: 0, lost: 0, waiting: 0 });
  });

  it("given a queue that is asked to be a queue again, then what each had for itself is still known", () => {
    const world = worldOf("a", "b");
    world.give({ type: "deliverAs", mode: "queue" });
    world.give({ type: "deliverAs", mode: "queue" });
    world.give({ type: "deliverAs", mode: "pubsub" });
    expect(groups(world)).toEqual({ c1: "a", c2: "b" });
  });

  it("given two groups of two, then pub/sub leaves the first of each in place", () => {
    const world = worldOf("a", "a", "b", "b");
    world.give({ type: "deliverAs", mode: "pubsub" });
    expect(groups(world)).toEqual({ c1: "a", c2: "a-c2", c3: "b", c4: "b-c4" });
    expect(world.cluster.topology.groups.get("b-c4")?.topics).toEqual(["orders"]);
  });

  it("looking at what it would do changes nothing; without consumers there is nothing to do", () => {
    const { topology } = worldOf("a", "b").cluster;
    expect(validateCommand(topology, { type: "deliverAs", mode: "queue" })).toBeNull();
    expect(deliverAsSteps(topology, "queue").map(({ type }) => type)).toEqual(["moveConsumer", "removeGroup"]);
    expect(topology.ownGroups.size).toBe(0);
    expect(deliverAsSteps(worldOf().cluster.topology, "pubsub")).toEqual([]);
  });
});
