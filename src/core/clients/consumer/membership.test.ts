import { describe, expect, it } from "vitest";
import { sendMessage } from "../../world/kernel/post";
import { projectCluster } from "../../picture/project";
import { groupWorld, numbered, TestWorld } from "../../world/testWorld";
import type { Configs } from "../../kafka/configs";
import { connection } from "../client";

const cooperative = { "partition.assignment.strategy": "cooperative-sticky", "heartbeat.interval.ms": 100 };
const addConsumer = (clientId: string, timeMs = 1) => ({ type: "addConsumer", consumer: { clientId, groupId: "g", processing: { timeMs } } }) as const;

describe("CON-5 joining", () => {
  it("given an empty group, when its first consumer comes, then it gets its id, and waits group.initial.rebalance.delay.ms for others", () => {
    const world = groupWorld({ partitions: 2, brokerConfigs: { "group.initial.rebalance.delay.ms": 3000 } });
    world.run(3007);
    expect(world.arrivals.filter(({ clientId, request }) => clientId === "c1" && request.api !== "Metadata").map(({ atMs, request }) => `${atMs} ${request.api}`)).toEqual([
      "1 FindCoordinator",
      "3 JoinGroup",
      "5 JoinGroup",
      "3007 SyncGroup",
    ]);
    expect(world.consumer("c1").member).toMatchObject({ generationId: 1, isLeader: true, state: "syncing" });
    world.run(1);
    expect(world.owned()).toEqual({ c1: ["orders-0", "orders-1"] });
  });

  it("given no coordinator, then it asks again after retry.backoff.ms", () => {
    const world = groupWorld({ brokerConfigs: { "offsets.topic.replication.factor": 3 }, configs: { "retry.backoff.ms": 250 } });
    world.run(600);
    expect(world.arrivedMs("FindCoordinator")).toEqual([1, 253, 505]);
  });

  it("given a session time that the broker refuses, then the application ends", () => {
    const world = groupWorld({ configs: { "session.timeout.ms": 5000 } });
    world.run(100);
    expect(world.consumer("c1").fatalException).toBe("InvalidSessionTimeoutException");
    expect(world.cluster.watch.actual.groups.size).toBe(0);
  });

  it("CON-6 a member sends a heartbeat every heartbeat.interval.ms, also while its application is busy", () => {
    const world = groupWorld({ timeMs: 10_000, configs: { "heartbeat.interval.ms": 500 } });
    world.send(["0"]);
    world.run(2100);
    expect(world.arrivedMs("Heartbeat").map((atMs) => atMs - 9)).toEqual([500, 1000, 1500, 2000]);
  });
});

describe("CON-7 more members than partitions", () => {
  it("given one partition and two members, then one idles, stays in the group, and takes over when the other is gone", () => {
    const world = groupWorld({ members: 2, configs: { "session.timeout.ms": 6000, "heartbeat.interval.ms": 1000 } });
    world.run(5000);
    expect(world.owned()).toEqual({ c1: ["orders-0"], c2: [] });
    expect(world.consumer("c2").member).toMatchObject({ state: "stable", generationId: world.consumer("c1").member.generationId });
    world.give({ type: "removeConsumer", clientId: "c1", how: "crash" });
    world.run(10_000);
    expect(world.owned()).toEqual({ c2: ["orders-0"] });
  });

  it("given three partitions and four members, then exactly one owns nothing", () => {
    const world = groupWorld({ partitions: 3, members: 4 });
    world.run(10_000);
    expect(Object.values(world.owned()).map(({ length }) => length).sort()).toEqual([0, 1, 1, 1]);
  });

  it("given two topics of three partitions and range, then two members get 4 and 2, because each topic is cut by itself", () => {
    const topics = ["orders", "payments"];
    const world = new TestWorld({
      topics: topics.map((name) => ({ name, partitions: 3, configs: {} })),
      groups: [{ groupId: "g", topics, configs: {} }],
      consumers: ["c1", "c2"].map((clientId) => ({ clientId, groupId: "g", processing: { timeMs: 1 } })),
    });
    world.run(10_000);
    expect(Object.values(world.owned()).map(({ length }) => length)).toEqual([4, 2]);
  });
});

describe("CON-8 an eager rebalance", () => {
  it("given a busy member, when another joins, then it finishes what it has polled, gives everything up, and nothing is read twice", () => {
    const world = groupWorld({ partitions: 2, timeMs: 10, configs: { "heartbeat.interval.ms": 100, "max.poll.records": 20, "partition.assignment.strategy": "range" } });
    world.run(50);
    for (const key of ["key-0", "key-1"]) world.send(numbered(0, 49), key);
    world.run(10);
    world.give(addConsumer("c2", 10));
    while (world.consumer("c1").member.state !== "joining") world.run(1);
    expect(world.owned()["c1"]).toEqual([]);
    expect(world.consumer("c1")).toMatchObject({ completedFetches: [], polled: [] });
    expect(world.deliveries.length % 20).toBe(0);
    world.run(2000);
    expect(world.owned()).toEqual({ c1: ["orders-0"], c2: ["orders-1"] });
    expect(world.audit()).toMatchObject({ processed: 100, twice: 0, lost: 0, outOfOrder: 0 });
  });
});

describe("CON-9 a cooperative rebalance", () => {
  it("given a member that owns three partitions, when another joins, then it takes two rounds: one is taken away, and then given", () => {
    const world = groupWorld({ partitions: 3, configs: cooperative });
    world.run(1000);
    expect([world.consumer("c1").member.generationId, world.owned()]).toEqual([1, { c1: ["orders-0", "orders-1", "orders-2"] }]);
    world.give(addConsumer("c2"));
    const seen: string[] = [];
    for (let ms = 0; ms < 1000; ms++) {
      world.run(1);
      const { c1 = [], c2 = [] } = world.owned();
      const now = `${c1.join(" ")} | ${c2.join(" ")}`;
      if (seen.at(-1) !== now) seen.push(now);
    }
    expect(seen).toEqual(["orders-0 orders-1 orders-2 | ", "orders-0 orders-1 | ", "orders-0 orders-1 | orders-2"]);
    expect(world.consumer("c1").member.generationId).toBe(3);
  });

  /** The longest pause in ms between two records of c1, while c3 joins its group, and the rebalance waits for c2, which takes 700 ms for a record. */
  function longestPauseMs(strategy: string): number {
    const world = groupWorld({ partitions: 6, members: 2, timeMs: 5, configs: { "partition.assignment.strategy": strategy, "heartbeat.interval.ms": 100, "max.poll.records": 1 } });
    world.run(1000);
    world.give({ type: "alterConsumer", clientId: "c2", processing: { timeMs: 700 } });
    for (const key of ["key-0", "key-1", "key-2", "key-3", "key-4", "key-5"]) world.send(numbered(1, 300), key);
    world.run(100);
    world.give(addConsumer("c3", 5));
    world.run(2900);
    expect(Object.values(world.owned()).map(({ length }) => length)).toEqual([2, 2, 2]);
    const times = world.deliveries.filter(({ clientId }) => clientId === "c1").map(({ atMs }) => atMs);
    return Math.max(...times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0)));
  }

  it("given a rebalance that waits for a slow member, then what is kept is read on without a pause; an eager group stands still", () => {
    expect(longestPauseMs("cooperative-sticky")).toBeLessThan(15);
    expect(longestPauseMs("sticky")).toBeGreaterThan(500);
  });

  it("given commit after processing, then what is done while a member rejoins is committed only with the new assignment", () => {
    const world = groupWorld({ partitions: 4, members: 2, timeMs: 5, configs: { ...cooperative, "enable.auto.commit": false, "max.poll.records": 1 } });
    world.run(1000);
    world.give({ type: "alterConsumer", clientId: "c2", processing: { timeMs: 700 } });
    for (const key of ["key-0", "key-1", "key-2", "key-3", "key-4", "key-5"]) world.send(numbered(1, 300), key);
    world.run(100);
    world.give(addConsumer("c3"));
    while (world.consumer("c1").member.state !== "joining") world.run(1);
    const [joinedMs, done] = [world.nowMs(), world.values("c1").length];
    while (world.consumer("c1").member.state === "joining") world.run(1);
    expect(world.values("c1").length).toBeGreaterThan(done + 10);
    expect(world.arrivedMs("OffsetCommit", "c1").filter((atMs) => atMs > joinedMs + 1)).toEqual([]);
  });

  it("given a member that was put out of its group, then it gives up what it owned before it joins anew", () => {
    const world = groupWorld({ partitions: 2, configs: { ...cooperative, "max.poll.interval.ms": 500, "max.poll.records": 100 }, timeMs: 10 });
    world.run(100);
    world.send(numbered(0, 79));
    while (world.consumer("c1").member.state !== "unjoined") world.run(1);
    expect(world.owned()["c1"]?.length).toBe(2);
    while (world.consumer("c1").member.state === "unjoined") world.run(1);
    expect(world.owned()["c1"]).toEqual([]);
  });
});

describe("CON-10 max.poll.interval.ms", () => {
  it("given an application that is too long with its records, then its member leaves, another takes over, and the first joins again at its next poll()", () => {
    const world = groupWorld({ timeMs: 100, configs: { "max.poll.interval.ms": 500, "heartbeat.interval.ms": 100 } });
    world.run(50);
    world.send(numbered(0, 9));
    world.give(addConsumer("c2"));
    world.run(480);
    expect(world.arrivedMs("LeaveGroup")).toEqual([]);
    world.run(60);
    expect(world.arrivedMs("LeaveGroup", "c1").length).toBe(1);
    expect(world.cluster.watch.markers.map(({ narration }) => narration.id)).toContain("member.pollExceeded");
    world.run(2000);
    expect(world.values("c1")).toEqual(numbered(0, 9));
    expect(world.values("c2")).toEqual(numbered(0, 9));
    expect(world.audit()).toMatchObject({ processed: 10, twice: 10, lost: 0 });
    expect(world.group()?.members.size).toBe(2);
    expect(world.consumer("c1").member.state).toBe("stable");
  });

  it("given a poll() in time each time, then nothing happens, however long it all takes", () => {
    const world = groupWorld({ timeMs: 100, configs: { "max.poll.interval.ms": 500, "max.poll.records": 4 } });
    world.run(10);
    world.send(numbered(0, 19));
    world.run(3000);
    expect([world.arrivedMs("LeaveGroup"), world.values()]).toEqual([[], numbered(0, 19)]);
  });
});

describe("CON-11 a crash", () => {
  /** Ten records; c1 has done seven of them when it crashes, with nothing committed; 6 s later its session ends and c2 takes over. */
  function crash(reset: string): TestWorld {
    const world = groupWorld({ timeMs: 100, configs: { "auto.offset.reset": reset, "session.timeout.ms": 6000, "heartbeat.interval.ms": 1000 } });
    world.run(50);
    world.send(numbered(0, 9));
    world.run(750);
    world.give({ type: "removeConsumer", clientId: "c1", how: "crash" });
    world.give(addConsumer("c2"));
    const crashedMs = world.nowMs();
    while (!world.owned()["c2"]?.includes("orders-0")) world.run(1);
    // The last heartbeat came at most a second before the crash, and an answer takes a few ms.
    expect(world.nowMs() - crashedMs).toBeGreaterThan(5000);
    expect(world.nowMs() - crashedMs).toBeLessThan(6010);
    world.run(1000);
    return world;
  }

  it("given auto.offset.reset=earliest, then the seven are processed twice, and nothing is lost", () => {
    const world = crash("earliest");
    expect([world.values("c1"), world.values("c2")]).toEqual([numbered(0, 6), numbered(0, 9)]);
    expect(world.audit()).toMatchObject({ acknowledged: 10, processed: 10, twice: 7, lost: 0, waiting: 0, beforeStart: 0 });
  });

  it("given auto.offset.reset=latest, the default, then the last three are lost for the group", () => {
    const world = crash("latest");
    expect([world.values("c1"), world.values("c2")]).toEqual([numbered(0, 6), []]);
    expect(world.audit()).toMatchObject({ acknowledged: 10, processed: 7, twice: 0, lost: 3, waiting: 0, beforeStart: 0 });
  });
});

describe("CON-12 closing", () => {
  it("given records that poll() has returned, then they are finished, committed, and the group is left, all in order", () => {
    const world = groupWorld({ timeMs: 50, members: 2, partitions: 2, configs: { "heartbeat.interval.ms": 100 } });
    world.run(1000);
    const { c1 } = world.owned();
    world.send(numbered(0, 3), c1?.[0] === "orders-0" ? "key-1" : "key-0");
    world.run(20);
    world.give({ type: "removeConsumer", clientId: "c1", how: "close" });
    world.run(400);
    expect(world.values().length).toBe(4);
    expect(world.arrivals.filter(({ clientId }) => clientId === "c1").slice(-2).map(({ request }) => request.api)).toEqual(["OffsetCommit", "LeaveGroup"]);
    world.run(200);
    expect(world.owned()).toEqual({ c2: ["orders-0", "orders-1"] });
    expect(world.audit()).toMatchObject({ processed: 4, twice: 0, lost: 0 });
  });

  it("given a member that waits for the others in a rebalance, then it leaves all the same, and does not hold them up", () => {
    const world = groupWorld({ brokerConfigs: { "group.initial.rebalance.delay.ms": 3000 } });
    world.run(100);
    expect(world.consumer("c1").member).toMatchObject({ state: "joining", generationId: -1 });
    world.give({ type: "removeConsumer", clientId: "c1", how: "close" });
    world.run(10);
    expect(world.arrivedMs("LeaveGroup")).toEqual([101]);
    expect(world.group()?.members.size).toBe(0);
  });
});

describe("CON-13 a member that the group does not know any more", () => {
  it("given a heartbeat that says so, then it drops its partitions without a commit, and joins as a new member", () => {
    const world = groupWorld({ configs: { "heartbeat.interval.ms": 100 } });
    world.run(50);
    const { memberId } = world.consumer("c1").member;
    const members = [{ memberId, groupInstanceId: null, reason: null }];
    sendMessage(world.cluster, 2, 1, connection.data, { api: "LeaveGroup", groupId: "g", members }, null);
    world.run(200);
    expect(world.arrivedMs("OffsetCommit")).toEqual([]);
    expect(world.consumer("c1").member.memberId).not.toBe(memberId);
    expect(world.owned()).toEqual({ c1: ["orders-0"] });
  });

  it("given a commit that says so, the same: the zombie's commit changes nothing", () => {
    const world = groupWorld({ configs: { "enable.auto.commit": false, "heartbeat.interval.ms": 5000 } });
    world.run(50);
    const { memberId } = world.consumer("c1").member;
    const members = [{ memberId, groupInstanceId: null, reason: null }];
    sendMessage(world.cluster, 2, 1, connection.data, { api: "LeaveGroup", groupId: "g", members }, null);
    world.send(["0"]);
    world.run(600);
    expect(world.consumer("c1").member.memberId).not.toBe(memberId);
    // Read twice, because the first reader's commit was refused.
    expect([world.values(), world.committed(), world.audit().twice]).toEqual([["0", "0"], 1, 1]);
  });
});

describe("CON-14 partitions that are added", () => {
  it("given a group, then nobody reads them until the leader has refreshed its metadata, after at most metadata.max.age.ms", () => {
    const world = groupWorld({ partitions: 3, members: 2, timeMs: 1, configs: { "metadata.max.age.ms": 5000, "heartbeat.interval.ms": 100 } });
    world.run(1000);
    const { generationId } = world.consumer("c1").member;
    world.give({ type: "createPartitions", topic: "orders", count: 4 });
    world.run(3900);
    expect(world.consumer("c1").member.generationId).toBe(generationId);
    expect(Object.values(world.owned()).flat().sort()).toEqual(["orders-0", "orders-1", "orders-2"]);
    world.run(400);
    expect(world.consumer("c1").member.generationId).toBe(generationId + 1);
    expect(Object.values(world.owned()).flat().sort()).toEqual(["orders-0", "orders-1", "orders-2", "orders-3"]);
  });
});

describe("CON-15 the commit before joining again, of a topic that is deleted", () => {
  const readers = (members: number, configs: Configs = {}): TestWorld => {
    const world = new TestWorld({
      topics: ["orders", "payments"].map((name) => ({ name, partitions: 2, configs: {} })),
      producers: [{ clientId: "p", topics: ["payments"], source: { ratePerSecond: 5, keys: { kind: "range", prefix: "k", from: 1, to: 20 }, valueSizeInBytes: 0 }, configs: { "linger.ms": 1 } }],
      groups: [{ groupId: "g", topics: ["orders", "payments"], configs: { "auto.offset.reset": "earliest", "heartbeat.interval.ms": 1000, ...configs } }],
      consumers: Array.from({ length: members }, (_, index) => ({ clientId: `c${index + 1}`, groupId: "g", processing: { timeMs: 1 } })),
    });
    world.run(6000);
    world.give({ type: "deleteTopic", topic: "orders" });
    world.run(1000);
    return world;
  };
  const processed = (world: TestWorld): number => world.audit("g", "payments").processed;
  /** Ten records were committed, then the topic was deleted, and has just been made again. */
  const madeAgain = (configs: Configs = {}): TestWorld => {
    const world = groupWorld({ configs: { "auto.commit.interval.ms": 500, ...configs } });
    world.run(2000);
    world.send(numbered(1, 10));
    world.run(3000);
    world.give({ type: "deleteTopic", topic: "orders" });
    world.run(2000);
    world.give({ type: "createTopic", topic: { name: "orders", partitions: 1, configs: {} } });
    return world;
  };

  it("given the default assignors, then the member reads nothing of the other topic either, until the topic is there again", () => {
    const world = readers(1);
    const before = processed(world);
    world.run(20_000);
    expect(processed(world)).toBe(before);
    expect(world.group()?.state).toBe("Stable");
    expect(projectCluster(world.cluster).consumers.get("c1")?.why).toEqual({ id: "why.commitRefused", params: { topic: "orders", error: "UNKNOWN_TOPIC_OR_PARTITION", timeoutS: 300 } });
    world.give({ type: "createTopic", topic: { name: "orders", partitions: 2, configs: {} } });
    world.run(5000);
    expect(world.owned()).toEqual({ c1: ["orders-0", "orders-1", "payments-0", "payments-1"] });
    expect(processed(world)).toBeGreaterThan(before + 90);
  });

  it("given max.poll.interval.ms is over first, then it joins without that commit", () => {
    const world = readers(1, { "max.poll.interval.ms": 12_000 });
    world.run(10_000);
    expect(world.owned()).toEqual({ c1: ["orders-0", "orders-1", "payments-0", "payments-1"] });
    world.run(3000);
    expect(world.owned()).toEqual({ c1: ["payments-0", "payments-1"] });
  });

  it("given the cooperative assignor, then the other topic goes on being read", () => {
    const world = readers(1, cooperative);
    const before = processed(world);
    world.run(20_000);
    expect(processed(world)).toBeGreaterThan(before + 90);
  });

  it("given two members, then only the leader stands still", () => {
    const world = readers(2);
    const before = processed(world);
    world.run(20_000);
    const half = (processed(world) - before) / 100;
    expect(half).toBeGreaterThan(0.2);
    expect(half).toBeLessThan(0.8);
  });

  it("given no automatic commit, then it joins again at once, and goes on with the other topic", () => {
    const world = readers(1, { "enable.auto.commit": false });
    expect(world.owned()).toEqual({ c1: ["payments-0", "payments-1"] });
  });

  it("given the topic is made again with records in it, then its old place passes them by, and the delivery check counts them as lost", () => {
    const world = madeAgain({ "retry.backoff.ms": 1000 });
    world.send(numbered(11, 30));
    world.run(5000);
    expect(world.audit("g", "orders")).toMatchObject({ lost: 10, waiting: 0 });
  });

  it("given the topic is made again and holds less than was committed, then nothing counts as lost, not for a moment", () => {
    const world = madeAgain();
    world.send(numbered(11, 15));
    for (let ms = 0; ms < 3000; ms += 1) {
      world.run(1);
      expect(world.audit("g", "orders").lost).toBe(0);
    }
    expect(world.audit("g", "orders")).toMatchObject({ processed: 5, waiting: 0, lost: 0 });
  });
});
