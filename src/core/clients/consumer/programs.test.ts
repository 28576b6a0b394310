import { describe, expect, it } from "vitest";
import { batchesOf } from "../recordBatches";
import type { Processing } from "../../apps/program";
import type { Configs } from "../../kafka/configs";
import { leaderLogs } from "../../watch/actual";
import { numbered, TestWorld } from "../../world/testWorld";

/** A group `g` with consumers `c1`, `c2` ..., which read `orders` and the topics beside it from the start. */
function programWorld(processing: Processing, { configs = {}, topics = ["orders"], read = ["orders"], members = 1, partitions = 1 }: { configs?: Configs; topics?: readonly string[]; read?: readonly string[]; members?: number; partitions?: number } = {}): TestWorld {
  return new TestWorld({
    topics: topics.map((name) => ({ name, partitions: name === "orders" ? partitions : 1, configs: {} })),
    groups: [{ groupId: "g", topics: read, configs: { "auto.offset.reset": "earliest", "max.poll.records": 10, "session.timeout.ms": 6000, "heartbeat.interval.ms": 1000, ...configs } }],
    consumers: Array.from({ length: members }, (_, at) => ({ clientId: `c${at + 1}`, groupId: "g", processing })),
  });
}

/** What a topic holds. */
function stored(world: TestWorld, topic: string): unknown[] {
  return leaderLogs(world.cluster.watch.actual, topic).flatMap((log) => [...batchesOf(log)].flatMap(({ columns }) => columns.values));
}

const manual = { "enable.auto.commit": false };
/** The fifth record is poison. */
const poison = (how: "throw" | "stall" | "crash") => ({ how, numbers: [4] });

function sent(processing: Processing, options?: Parameters<typeof programWorld>[1], count = 10): TestWorld {
  const world = programWorld(processing, options);
  world.run(100);
  world.send(numbered(1, count));
  return world;
}

describe("APP-1 a handler that throws", () => {
  it("ends its program, which closes its consumer: with auto commit, what it had not worked on of the same poll is lost with it", () => {
    const world = sent({ timeMs: 10, failure: poison("throw") });
    world.run(1000);
    expect(world.consumer("c1").fatalException).toBe("RuntimeException");
    expect(world.committed()).toBe(10);
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 10 } });
    world.run(1000);
    expect(world.audit()).toMatchObject({ processed: 4, lost: 6, waiting: 0 });
  });

  it("with commits after processing loses nothing, and reads the same again", () => {
    const world = sent({ timeMs: 10, failure: poison("throw") }, { configs: manual });
    world.run(1000);
    expect(world.committed()).toBe(null);
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 10 } });
    world.run(1000);
    expect(world.audit()).toMatchObject({ processed: 10, lost: 0, twice: 4 });
  });

  it("may be passed over, and is lost then", () => {
    const world = sent({ timeMs: 10, failure: poison("throw"), rescue: { retries: 0, backoffMs: 0, giveUp: "skip" } });
    world.run(1000);
    expect(world.audit()).toMatchObject({ processed: 9, lost: 1, waiting: 0, setAside: 0 });
  });
});

describe("APP-2 a handler that does not return", () => {
  it("keeps its heartbeats and loses its partitions after max.poll.interval.ms; whoever gets them stalls, too", () => {
    const world = sent({ timeMs: 10, failure: poison("stall") }, { members: 2, configs: { ...manual, "max.poll.interval.ms": 10_000 } });
    world.run(9000);
    expect(world.audit()).toMatchObject({ processed: 4, waiting: 6 });
    world.run(25_000);
    expect(world.audit()).toMatchObject({ processed: 4, waiting: 6, lost: 0 });
    expect([world.consumer("c1"), world.consumer("c2")].map(({ jobs }) => jobs[0]?.outcome)).toEqual(["stall", "stall"]);
    expect(world.group()?.state).toBe("Empty");
  });

  it("is ended when it is removed, for it lets nobody close anything: its group finds out by its session", () => {
    const world = sent({ timeMs: 10, failure: poison("stall") }, { configs: manual });
    world.run(1000);
    world.give({ type: "removeConsumer", clientId: "c1", how: "close" });
    world.run(1000);
    expect(world.group()?.members.size).toBe(1);
    world.run(7000);
    expect(world.group()?.members.size).toBe(0);
  });
});

describe("APP-3 a handler whose process ends", () => {
  it("comes back after five seconds, and to the same record: nothing is lost, and nothing gets on", () => {
    const world = sent({ timeMs: 10, failure: poison("crash") }, { configs: manual });
    world.run(60_000);
    const { processed, waiting, lost, twice } = world.audit();
    expect([processed, waiting, lost, twice]).toEqual([4, 6, 0, 4]);
  });

  it("with auto commit does so, too, for a commit covers what the next poll() finds done", () => {
    const world = sent({ timeMs: 10, failure: poison("crash") }, { configs: { "auto.commit.interval.ms": 1 } });
    world.run(60_000);
    expect(world.audit()).toMatchObject({ processed: 4, waiting: 6, lost: 0 });
  });
});

describe("APP-4 when it commits", () => {
  it("before it works on them: what a crash leaves of a poll is lost", () => {
    const world = sent({ timeMs: 10, settle: "before", failure: poison("crash") }, { configs: manual });
    world.run(30_000);
    expect(world.audit()).toMatchObject({ processed: 4, lost: 6, waiting: 0, twice: 0 });
  });

  it.each([
    ["after", 4],
    ["async", 4],
    ["each", 0],
  ] as const)("%s: so many of the same poll are done twice after a crash: %d", (settle, twice) => {
    const world = sent({ timeMs: 10, settle, failure: poison("crash") }, { configs: manual });
    world.run(20_000);
    expect(world.audit()).toMatchObject({ processed: 4, lost: 0, twice });
  });

  it("one by one: each commit is waited for before the next record", () => {
    const world = sent({ timeMs: 10, settle: "each" }, { configs: manual }, 5);
    world.run(1000);
    expect(world.audit()).toMatchObject({ processed: 5 });
    expect(world.committed()).toBe(5);
    expect(world.arrivedMs("OffsetCommit")).toHaveLength(5);
  });
});

describe("APP-5 a pool that works outside the loop", () => {
  it("works on several at once, in any order, and polls meanwhile", () => {
    const world = sent({ timeMs: 100, workers: 5 });
    world.run(250);
    expect(world.audit()).toMatchObject({ processed: 10, waiting: 0, lost: 0 });
  });

  it("with auto commit has committed what it has not done: a crash loses that", () => {
    const world = sent({ timeMs: 1000, workers: 2, failure: poison("crash") }, { configs: { "auto.commit.interval.ms": 100 } });
    // The fifth is begun with after two seconds, and ends its process after three.
    world.run(30_000);
    const { processed, lost, waiting } = world.audit();
    expect(processed + lost).toBe(10);
    expect(lost).toBeGreaterThan(3);
    expect(waiting).toBe(0);
  });

  it("that commits how far all is done loses nothing", () => {
    const world = sent({ timeMs: 1000, workers: 2, settle: "after", failure: poison("crash") }, { configs: manual });
    world.run(30_000);
    expect(world.audit()).toMatchObject({ lost: 0, waiting: 6 - 0 });
  });

  it("that commits each as it comes passes over what is slower", () => {
    // The first stalls; the others are committed behind it.
    const world = sent({ timeMs: 10, workers: 2, settle: "each", failure: { how: "stall", numbers: [0] } }, { configs: manual });
    world.run(1000);
    expect(world.committed()).toBe(10);
    world.give({ type: "removeConsumer", clientId: "c1", how: "crash" });
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "g", processing: { timeMs: 10 } } });
    world.run(10_000);
    expect(world.audit()).toMatchObject({ processed: 9, lost: 1, waiting: 0 });
  });
});

describe("APP-6 tries again", () => {
  it("in place: the loop stands still for it, and nothing behind it is read", () => {
    const world = sent({ timeMs: 10, failure: poison("throw"), rescue: { retries: 3, backoffMs: 1000, giveUp: "skip" } });
    world.run(2900);
    expect(world.audit()).toMatchObject({ processed: 4, lost: 0 });
    world.run(1000);
    expect(world.audit()).toMatchObject({ processed: 9, lost: 1 });
  });

  it("what fails by chance goes well at last", () => {
    const world = sent({ timeMs: 1, failure: { how: "throw", percent: 50 }, rescue: { retries: 100, backoffMs: 1, giveUp: "stop" } }, {}, 40);
    world.run(2000);
    expect(world.audit()).toMatchObject({ processed: 40, lost: 0 });
  });

  it("later, by retry topics: the others go on meanwhile, and what still fails ends in the dead-letter topic", () => {
    const topics = ["orders", "retry-1", "retry-2", "dead"];
    const rescue = { retries: 0, backoffMs: 0, giveUp: "forward", topics: ["retry-1", "retry-2", "dead"], delayMs: 2000 } as const;
    const world = programWorld({ timeMs: 10, failure: { how: "throw", keys: ["bad"] }, rescue }, { topics, read: ["orders", "retry-1", "retry-2"] });
    world.run(200);
    world.send(["1", "2"], "good");
    world.send(["3"], "bad");
    world.send(["4", "5"], "good");
    world.run(1000);
    expect(world.audit()).toMatchObject({ processed: 4, setAside: 1, waiting: 0, lost: 0 });
    expect(stored(world, "retry-1")).toEqual(["3"]);
    world.run(900);
    expect(stored(world, "retry-2")).toEqual([]);
    world.run(600);
    expect([stored(world, "retry-2"), stored(world, "dead")]).toEqual([["3"], []]);
    world.run(2200);
    expect(stored(world, "dead")).toEqual(["3"]);
    expect(world.audit("g", "retry-2")).toMatchObject({ processed: 0, setAside: 1, lost: 0, waiting: 0 });
  });

  it("a retry that goes well at last is processed once, where it lies", () => {
    const rescue = { retries: 0, backoffMs: 0, giveUp: "forward", topics: ["retry", "dead"], delayMs: 500 } as const;
    const world = programWorld({ timeMs: 10, failure: { how: "throw", numbers: [0] }, rescue }, { topics: ["orders", "retry", "dead"], read: ["orders", "retry"] });
    world.run(200);
    world.send(["1", "2"]);
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 20, failure: { how: "throw", numbers: [0] }, rescue } });
    world.run(100);
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 20, rescue } });
    world.run(2000);
    expect(world.audit("g", "retry")).toMatchObject({ processed: 1, setAside: 0, lost: 0 });
    expect(stored(world, "dead")).toEqual([]);
  });
});

describe("APP-7 sends on", () => {
  it("what went well, before it counts as done: a service in a chain, or the redrive of a dead-letter topic", () => {
    const world = programWorld({ timeMs: 10, forwardTo: "payments" }, { topics: ["orders", "payments"] });
    world.run(200);
    world.send(numbered(1, 5), "k");
    world.run(500);
    expect(stored(world, "payments")).toEqual(numbered(1, 5));
    expect(world.audit()).toMatchObject({ processed: 5, lost: 0, twice: 0 });
  });

  it("waits for a topic that is not there yet", () => {
    const world = programWorld({ timeMs: 10, forwardTo: "payments" });
    world.run(200);
    world.send(["1"]);
    world.run(2000);
    expect(world.audit()).toMatchObject({ processed: 0, waiting: 1 });
    world.give({ type: "createTopic", topic: { name: "payments", partitions: 1, configs: {} } });
    world.run(1000);
    expect(world.audit()).toMatchObject({ processed: 1, waiting: 0 });
    expect(stored(world, "payments")).toEqual(["1"]);
  });
});
