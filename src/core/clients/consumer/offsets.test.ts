import { describe, expect, it } from "vitest";
import { askCluster } from "../../world/actors/admin";
import { groupWorld, numbered } from "../../world/testWorld";
import { replay } from "../../broker/group/coordinator";

describe("CON-1 where a consumer begins", () => {
  it("given a commit, then there, whatever auto.offset.reset says", () => {
    const world = groupWorld({ configs: { "auto.offset.reset": "latest" } });
    world.run(100);
    world.send(["0", "1", "2"]);
    world.run(100);
    world.give({ type: "removeConsumer", clientId: "c1", how: "close" });
    world.run(100);
    world.send(["3", "4"]);
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "g", processing: { timeMs: 1 } } });
    world.run(100);
    expect([world.values("c1"), world.values("c2")]).toEqual([["0", "1", "2"], ["3", "4"]]);
  });

  it.each([
    ["earliest", ["0", "1", "2", "3"]],
    ["latest", ["3"]],
  ])("given no commit and auto.offset.reset=%s, then at that end of the log", (reset, expected) => {
    const world = groupWorld({ members: 0, configs: { "auto.offset.reset": reset } });
    world.run(10);
    world.send(["0", "1", "2"]);
    world.run(10);
    world.give({ type: "addConsumer", consumer: { clientId: "c1", groupId: "g", processing: { timeMs: 1 } } });
    world.run(100);
    world.send(["3"]);
    world.run(100);
    expect(world.values()).toEqual(expected);
  });

  it("given no commit and auto.offset.reset=none, then the application ends, and its consumer leaves the group", () => {
    const world = groupWorld({ configs: { "auto.offset.reset": "none" } });
    world.run(100);
    expect(world.consumer("c1")).toMatchObject({ fatalException: "NoOffsetForPartitionException", partitions: new Map() });
    expect(world.group()).toMatchObject({ state: "Empty", generationId: 2 });
  });

  it.each([
    ["earliest", ["0", "1", "2", "3"]],
    ["latest", ["3"]],
  ])("CON-2 given a commit beyond the log and auto.offset.reset=%s, then it is told OFFSET_OUT_OF_RANGE and begins at that end", (reset, expected) => {
    const world = groupWorld({ members: 0, configs: { "auto.offset.reset": reset } });
    world.run(10);
    world.send(["0", "1", "2"]);
    world.run(10);
    const value = { offset: 99, leaderEpoch: -1, metadata: "", commitTimestamp: 0, expireTimestamp: -1 };
    askCluster(world.cluster, { api: "FindCoordinator", keyType: 0, coordinatorKeys: ["g"] });
    world.run(10);
    replay(world.coordinator("g"), { type: "OffsetCommit", key: { group: "g", topic: "orders", partition: 0 }, value });
    world.give({ type: "addConsumer", consumer: { clientId: "c1", groupId: "g", processing: { timeMs: 1 } } });
    world.run(100);
    world.send(["3"]);
    world.run(100);
    expect(world.values()).toEqual(expected);
  });
});

describe("CON-3 auto commit", () => {
  it("given 8 records of which poll() has returned 5, then the 5 are committed at the next poll() after auto.commit.interval.ms, not what was fetched", () => {
    const world = groupWorld({ timeMs: 100, configs: { "max.poll.records": 5, "auto.commit.interval.ms": 200 } });
    world.run(100);
    world.send(numbered(0, 7));
    // At 400 ms the interval has passed long since, but the application is busy until the fifth record is done.
    world.run(450);
    expect([world.deliveries.length, world.committed()]).toEqual([4, null]);
    world.run(100);
    expect([world.deliveries.length, world.committed()]).toEqual([5, 5]);
  });

  it("given nothing to do, then it goes on every auto.commit.interval.ms", () => {
    const world = groupWorld({ configs: { "auto.commit.interval.ms": 1000 } });
    world.run(3500);
    const times = world.arrivedMs("OffsetCommit");
    expect(times.length).toBe(3);
    expect(times.map((atMs, index) => atMs - (times[index - 1] ?? atMs))).toEqual([0, 1000, 1000]);
  });

  it("given an interval of 0, then every ms", () => {
    const world = groupWorld({ configs: { "auto.commit.interval.ms": 0 } });
    world.run(100);
    expect(world.arrivedMs("OffsetCommit").length).toBeLessThanOrEqual(100);
  });

  it("given a rebalance of an eager group, then what is done is committed before it gives its partitions up", () => {
    const world = groupWorld({ configs: { "heartbeat.interval.ms": 100 } });
    world.run(100);
    world.send(["0", "1", "2"]);
    world.run(50);
    expect(world.committed()).toBeNull();
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "g", processing: { timeMs: 1 } } });
    world.run(200);
    expect(world.committed()).toBe(3);
    const [commit] = world.arrivedMs("OffsetCommit", "c1");
    expect(commit).toBeLessThan(world.arrivedMs("JoinGroup", "c1").at(-1) ?? 0);
  });
});

describe("CON-4 commit after processing", () => {
  it("given enable.auto.commit=false, then every poll()'s records are committed when all are done, and the next poll() waits for the answer", () => {
    const world = groupWorld({ timeMs: 10, configs: { "enable.auto.commit": false, "max.poll.records": 3 } });
    world.run(100);
    world.send(numbered(0, 6));
    world.run(200);
    const commits = world.arrivals.flatMap(({ request }) => (request.api === "OffsetCommit" ? request.topics[0]?.partitions[0]?.committedOffset : []));
    expect(commits).toEqual([3, 6, 7]);
    const [first, , , second] = world.deliveries;
    // Three records of 10 ms, and 2 ms for the commit and its answer.
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBe(32);
  });

  it("given a crash in the middle of a poll(), then only what was done before it is committed, and the rest comes again", () => {
    const world = groupWorld({ timeMs: 10, configs: { "enable.auto.commit": false, "max.poll.records": 3, "session.timeout.ms": 6000, "heartbeat.interval.ms": 1000 } });
    world.run(100);
    world.send(numbered(0, 5));
    world.run(58);
    world.give({ type: "removeConsumer", clientId: "c1", how: "crash" });
    expect(world.values()).toEqual(numbered(0, 4));
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "g", processing: { timeMs: 1 } } });
    world.run(10_000);
    expect(world.values("c2")).toEqual(["3", "4", "5"]);
    expect(world.audit()).toMatchObject({ acknowledged: 6, processed: 6, twice: 2, lost: 0, waiting: 0 });
  });
});
