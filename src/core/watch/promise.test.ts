import { describe, expect, it } from "vitest";
import type { Processing } from "../apps/program";
import { isBroker } from "../broker/broker";
import { isProducer } from "../clients/producer/producer";
import type { Configs } from "../kafka/configs";
import { nextBelow, randomStream } from "../sim/random";
import { actorsOf } from "../world/cluster";
import { breakConnection } from "../world/kernel/disconnect";
import { pick } from "../check/random/randomSpecs";
import { numbered, TestWorld } from "../world/testWorld";
import { groupPromise, type DeliveryPromise, type DoubleReason, type LossReason } from "./promise";

interface Made {
  readonly processing?: Processing;
  readonly configs?: Configs;
  readonly producer?: Configs;
  readonly partitions?: number;
  readonly members?: number;
}

const manual: Configs = { "enable.auto.commit": false };

/** A group `g` that reads `orders` from the start, with consumers `c1`, `c2` ... whose program takes 100 ms for a record. */
function made({ processing = { timeMs: 100 }, configs = {}, producer = {}, partitions = 1, members = 1 }: Made): TestWorld {
  return new TestWorld({
    topics: [{ name: "orders", partitions, configs: {} }],
    producers: [{ clientId: "p", topics: ["orders"], source: { ratePerSecond: 0, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs: { "linger.ms": 1, ...producer } }],
    groups: [{ groupId: "g", topics: ["orders"], configs: { "auto.offset.reset": "earliest", "session.timeout.ms": 6000, "heartbeat.interval.ms": 1000, ...configs } }],
    consumers: Array.from({ length: members }, (_, at) => ({ clientId: `c${at + 1}`, groupId: "g", processing })),
  });
}

function promiseIn({ cluster: { topology } }: TestWorld): DeliveryPromise {
  const group = topology.groups.get("g");
  if (!group) throw new Error("there is no group");
  return groupPromise(topology, group);
}

/** Ten records, and after so long the death of who works on them; another one of its kind comes in its place. */
function killed(world: TestWorld, ms: number): TestWorld {
  world.run(1000);
  world.send(numbered(1, 10));
  world.run(ms);
  return replaced(world);
}

function replaced(world: TestWorld): TestWorld {
  const { processing = { timeMs: 100 } } = world.cluster.topology.consumers.get("c1") ?? {};
  world.give({ type: "removeConsumer", clientId: "c1", how: "crash" });
  world.give({ type: "addConsumer", consumer: { clientId: "c9", groupId: "g", processing } });
  world.run(20_000);
  return world;
}

/** The connection over which a producer's records go breaks at once. */
function cutProducer({ cluster }: TestWorld): void {
  const [[producer] = [-1]] = actorsOf(cluster, isProducer);
  const [[broker] = [-1]] = actorsOf(cluster, isBroker);
  for (const connection of [0, 1]) breakConnection(cluster, producer, broker, connection);
}

const poison = { how: "throw", numbers: [4] } as const;

/** Each reason with settings that have it, and the fault that shows it. */
const losing: { readonly [Reason in LossReason as Reason extends `queue.${string}` ? never : Reason]: () => { readonly world: TestWorld; readonly lost: number } } = {
  poolAutoCommit: () => lostIn(killed(made({ processing: { timeMs: 1000, workers: 2 }, configs: { "auto.commit.interval.ms": 100 } }), 500)),
  endAutoCommit: () => {
    const world = made({ processing: { timeMs: 10, failure: poison } });
    world.run(1000);
    world.send(numbered(1, 10));
    world.run(1000);
    world.give({ type: "addConsumer", consumer: { clientId: "c9", groupId: "g", processing: { timeMs: 10, failure: poison } } });
    world.run(10_000);
    return lostIn(world);
  },
  sendOnAutoCommit: () => {
    const world = made({ processing: { timeMs: 10, forwardTo: "deleted" } });
    world.run(1000);
    world.send(numbered(1, 10));
    world.run(70_000);
    world.give({ type: "addConsumer", consumer: { clientId: "c9", groupId: "g", processing: { timeMs: 10 } } });
    world.run(10_000);
    return lostIn(world);
  },
  commitBefore: () => lostIn(killed(made({ processing: { timeMs: 100, settle: "before" }, configs: manual }), 450)),
  poolEach: () => {
    const world = made({ processing: { timeMs: 10, workers: 2, settle: "each", failure: { how: "stall", numbers: [0] } }, configs: manual });
    return lostIn(killed(world, 1000));
  },
  skip: () => {
    const world = made({ processing: { timeMs: 10, failure: poison, rescue: { retries: 0, backoffMs: 0, giveUp: "skip" } }, configs: manual });
    world.run(1000);
    world.send(numbered(1, 10));
    world.run(2000);
    return lostIn(world);
  },
  latest: () => {
    const world = made({ configs: { ...manual, "auto.offset.reset": "latest" } });
    world.run(1000);
    world.send(numbered(1, 10));
    world.run(450);
    return lostIn(replaced(world));
  },
  acks0: () => {
    const world = made({ producer: { acks: "0" } });
    world.run(1000);
    world.give({ type: "alterTopicConfigs", topic: "orders", configs: { "max.message.bytes": 100 } });
    world.run(1000);
    world.send(["x".repeat(200)]);
    world.run(1000);
    return unstoredIn(world);
  },
  noRetries: () => {
    const world = made({ producer: { retries: 0 } });
    world.run(1000);
    world.send(["a"]);
    world.run(1);
    cutProducer(world);
    world.run(1000);
    return unstoredIn(world);
  },
};

const doubling: { readonly [Reason in DoubleReason as Reason extends `queue.${string}` ? never : Reason]: () => TestWorld } = {
  uncommitted: () => killed(made({}), 450),
  asyncCommit: () => killed(made({ processing: { timeMs: 100, settle: "async" }, configs: manual }), 450),
  commitEach: () => {
    const world = made({ processing: { timeMs: 10_000, settle: "each" }, configs: { ...manual, "max.poll.interval.ms": 6000 }, members: 2 });
    world.run(9000);
    world.send(["a"]);
    world.run(60_000);
    return world;
  },
  commitRefused: () => {
    const configs = { ...manual, "partition.assignment.strategy": "cooperative-sticky", "max.poll.records": 1 };
    const world = made({ processing: { timeMs: 100, settle: "before" }, configs, partitions: 2, members: 2 });
    world.run(9000);
    // The other one is long at it, and the group waits for it: meanwhile nothing can be committed.
    world.give({ type: "alterConsumer", clientId: "c2", processing: { timeMs: 5000, settle: "before" } });
    world.run(9000);
    for (const key of numbered(1, 20)) world.send([key], `k${key}`);
    world.run(300);
    world.give({ type: "addConsumer", consumer: { clientId: "c3", groupId: "g", processing: { timeMs: 100, settle: "before" } } });
    world.run(3000);
    return replaced(world);
  },
  producerRetries: () => {
    const world = made({ producer: { acks: "1" } });
    world.run(1000);
    world.send(["a"]);
    // It is stored, and nobody has said so yet.
    while (world.broker().logs.get("orders-0")?.recordCount !== 1) world.step();
    cutProducer(world);
    world.run(3000);
    return world;
  },
};

function lostIn(world: TestWorld): { world: TestWorld; lost: number } {
  return { world, lost: world.audit().lost };
}

/** What a producer has sent, and no log holds. */
function unstoredIn(world: TestWorld): { world: TestWorld; lost: number } {
  const [[, producer] = []] = actorsOf(world.cluster, isProducer);
  const { acknowledged, unconfirmed } = world.audit();
  return { world, lost: (producer?.sent ?? 0) - acknowledged - unconfirmed };
}

describe("AUD-12 what a group's settings promise", () => {
  it.each(Object.entries(losing))("that may lose, by %s, loses by its fault", (reason, run) => {
    const { world, lost } = run();
    expect(promiseIn(world).loses).toContain(reason);
    expect(lost).toBeGreaterThan(0);
  });

  it.each(Object.entries(doubling))("that may repeat, by %s, repeats by its fault", (reason, run) => {
    const world = run();
    expect(promiseIn(world).doubles).toContain(reason);
    expect(world.audit().twice).toBeGreaterThan(0);
  });

  it.each<[string, DeliveryPromise["promise"], Made]>([
    ["the defaults of Kafka, from the start of the log", "atLeastOnce", {}],
    ["the defaults of Kafka, from its end", "neither", { configs: { "auto.offset.reset": "latest" } }],
    ["a commit after the work", "atLeastOnce", { configs: manual }],
    ["a commit before the work", "atMostOnce", { configs: manual, processing: { timeMs: 1, settle: "before" } }],
    ["a commit before the work, and a producer that may send again", "neither", { configs: manual, processing: { timeMs: 1, settle: "before" }, producer: { acks: "1" } }],
    ["a pool that commits how far all is done", "atLeastOnce", { configs: manual, processing: { timeMs: 1, workers: 5 } }],
    ["a pool with automatic commits", "neither", { processing: { timeMs: 1, workers: 5 } }],
    ["a retry topic and a dead-letter topic", "atLeastOnce", { configs: manual, processing: { timeMs: 1, rescue: { retries: 0, backoffMs: 0, giveUp: "forward", topics: ["retry", "dead"] } } }],
  ])("by %s is %s", (_, promise, settings) => expect(promiseIn(made(settings)).promise).toBe(promise));

  it("is what the weakest of its members gives", () => {
    const world = made({ configs: manual, members: 2 });
    expect(promiseIn(world)).toMatchObject({ promise: "atLeastOnce", loses: [] });
    world.give({ type: "alterConsumer", clientId: "c2", processing: { timeMs: 1, settle: "before" } });
    expect(promiseIn(world)).toMatchObject({ promise: "neither", loses: ["commitBefore"], doubles: ["uncommitted"] });
  });

  it("holds for settings of all kinds, whatever becomes of the members", () => {
    const seen = { lossless: 0, once: 0, lost: 0, twice: 0 };
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomStream(seed, "promises");
      const settle = pick(random, ["before", "before", "after", "each", "async"] as const);
      const processing: Processing = { timeMs: pick(random, [20, 100, 400]), settle, ...(nextBelow(random, 4) === 0 && { workers: pick(random, [1, 3]) }) };
      const world = made({ processing, partitions: 2, members: 2, configs: { "enable.auto.commit": nextBelow(random, 3) === 0, "auto.commit.interval.ms": 300, "max.poll.records": pick(random, [1, 20]), "auto.offset.reset": pick(random, ["earliest", "earliest", "latest"]) } });
      const { loses, doubles } = promiseIn(world);
      world.run(4000);
      for (let turn = 1; turn <= 8; turn++) {
        for (const key of numbered(1, 10)) world.send([key], `k${nextBelow(random, 5)}`);
        world.run(100 + nextBelow(random, 1500));
        const [victim] = world.cluster.topology.consumers.keys();
        if (victim !== undefined) world.give({ type: "removeConsumer", clientId: victim, how: pick(random, ["crash", "crash", "close"]) });
        world.give({ type: "addConsumer", consumer: { clientId: `n${turn}`, groupId: "g", processing } });
        world.run(nextBelow(random, 9000));
        const { lost, twice } = world.audit();
        if (loses.length === 0) expect([seed, lost]).toEqual([seed, 0]);
        if (doubles.length === 0) expect([seed, twice]).toEqual([seed, 0]);
      }
      seen.lossless += loses.length === 0 ? 1 : 0;
      seen.once += doubles.length === 0 ? 1 : 0;
      seen.lost += world.audit().lost;
      seen.twice += world.audit().twice;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(8);
  });
});
