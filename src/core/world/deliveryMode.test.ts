import { describe, expect, it } from "vitest";
import { TestWorld, numbered } from "./testWorld";
import { nextBelow, randomStream } from "../sim/random";
import { type Command, commandKind, validateCommand } from "./command";
import { deliverAsSteps, deliveryMode, deliveryModes } from "./deliveryMode";
import { randomCommand, randomSpec } from "../check/random/randomWorld";
import { specOf, type Topology, topologyOf } from "./topology";

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

function fold(topology: Topology, command: Command): void {
  commandKind(command.type).fold(topology, command);
}

describe("CMD-6 deliver as", () => {
  it("given what it is already, then nothing happens, and nothing is said", () => {
    const world = worldOf("team", "team");
    world.run(1000);
    const before = world.cluster.watch.said;
    world.give({ type: "deliverAs", mode: "queue" });
    expect(world.cluster.watch.said).toBe(before);
    expect(groups(world)).toEqual({ c1: "team", c2: "team" });
  });

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

  it("given groups of other topics, configs and assignors, then queue joins only those that share a topic, and pub/sub brings all back", () => {
    const world = new TestWorld({
      topics: ["orders", "payments"].map((name) => ({ name, partitions: 2, configs: {} })),
      groups: [
        { groupId: "billing", topics: ["orders"], configs: {} },
        { groupId: "ledger", topics: ["payments"], configs: { "enable.auto.commit": false } },
        { groupId: "both", topics: ["payments", "orders"], configs: { "partition.assignment.strategy": "sticky" } },
      ],
      consumers: ["billing", "ledger", "both"].map((groupId, at) => ({ clientId: `c${at + 1}`, groupId, processing: { timeMs: 1 } })),
    });
    const before = specOf(world.cluster.topology).groups;
    world.give({ type: "deliverAs", mode: "queue" });
    expect(groups(world)).toEqual({ c1: "billing", c2: "billing", c3: "billing" });
    expect(world.cluster.topology.groups.get("billing")?.topics).toEqual(["orders", "payments"]);
    world.give({ type: "deliverAs", mode: "pubsub" });
    expect(specOf(world.cluster.topology).groups).toEqual(before);
    expect(groups(world)).toEqual({ c1: "billing", c2: "ledger", c3: "both" });
  });

  it("given two groups on two topics, then it is a queue already: each topic is read by one group", () => {
    const { topology } = new TestWorld({
      topics: ["orders", "payments"].map((name) => ({ name, partitions: 2, configs: {} })),
      groups: ["orders", "payments"].map((topic) => ({ groupId: `${topic}-readers`, topics: [topic], configs: {} })),
      consumers: ["orders", "payments"].map((topic) => ({ clientId: topic, groupId: `${topic}-readers`, processing: { timeMs: 1 } })),
    }).cluster;
    expect(deliveryMode(topology)).toBe("queue");
    expect(deliverAsSteps(topology, "pubsub")).toEqual([]);
  });

  it("given a mix, then there is a way back to it, and to nothing that never was", () => {
    const world = worldOf("a", "a", "b", "b");
    const { topology } = world.cluster;
    expect([deliveryMode(topology), deliveryModes(topology)]).toEqual(["mixed", ["queue", "mixed", "pubsub"]]);
    for (const mode of ["queue", "mixed", "pubsub", "mixed"] as const) world.give({ type: "deliverAs", mode });
    expect(groups(world)).toEqual({ c1: "a", c2: "a", c3: "b", c4: "b" });
    expect(validateCommand(worldOf("a", "b").cluster.topology, { type: "deliverAs", mode: "mixed" })?.reason).toBe("neverMixed");
  });

  it.each(Array.from({ length: 200 }, (_, seed) => seed))("there and back is the identity on topics, configs, members and order, random topology %i", (seed) => {
    const random = randomStream(seed, "deliver as");
    const topology = topologyOf(randomSpec(seed));
    // A few things that a person does, so that not only fresh topologies are tried.
    for (let times = nextBelow(random, 6); times > 0; times--) {
      const command = randomCommand(topology, random);
      if (command.type !== "deliverAs" && validateCommand(topology, command) === null) fold(topology, command);
    }
    const home = deliveryMode(topology);
    const before = JSON.stringify(specOf(topology));
    const topicsRead = (): string[] => [...new Set([...topology.consumers.values()].flatMap(({ groupId }) => topology.groups.get(groupId)?.topics ?? []))].sort();
    const read = topicsRead();
    for (const away of ["queue", "pubsub"] as const) {
      fold(topology, { type: "deliverAs", mode: away });
      expect(topicsRead()).toEqual(read);
      if (away === "queue") expect(deliveryMode(topology)).toBe("queue");
      fold(topology, { type: "deliverAs", mode: home });
      expect(JSON.stringify(specOf(topology))).toBe(before);
    }
  });

  it("looking at what it would do changes nothing; without consumers there is nothing to do", () => {
    const { topology } = worldOf("a", "b").cluster;
    expect(validateCommand(topology, { type: "deliverAs", mode: "queue" })).toBeNull();
    expect(deliverAsSteps(topology, "queue").map(({ type }) => type)).toEqual(["moveConsumer", "removeGroup"]);
    expect(topology.arrangements.size).toBe(0);
    expect(deliverAsSteps(worldOf().cluster.topology, "pubsub")).toEqual([]);
  });
});
