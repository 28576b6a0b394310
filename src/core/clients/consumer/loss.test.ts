import { describe, expect, it } from "vitest";
import type { ApiName } from "../../kafka/api/api";
import type { Configs } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { closeConsumer } from "./handle";
import { TestConsumer } from "./testConsumer";

/** Its configs are Kafka's but for these. */
const quick: Configs = { "request.timeout.ms": 1000, "retry.backoff.ms": 100, "max.poll.interval.ms": 3000, "auto.commit.interval.ms": 500, "heartbeat.interval.ms": 400 };

/** A consumer that owns `orders-0`, knows its position, and waits for records. */
function settled(configs: Configs = {}, world: ConstructorParameters<typeof TestConsumer>[1] = {}): TestConsumer {
  const test = new TestConsumer({ ...quick, ...configs }, world);
  test.answerAllBut("Fetch");
  return test;
}

const atMs = (test: TestConsumer, api: ApiName): number[] => test.sent(api).map((sent) => sent.atMs);
const state = ({ consumer: { member, partitions, coordinator } }: TestConsumer) => [member.state, [...partitions.keys()], coordinator];

describe("NET-5 the coordinator does not answer", () => {
  it("given a lost FindCoordinator, then it is sent again after retry.backoff.ms", () => {
    const test = new TestConsumer(quick);
    expect(atMs(test, "FindCoordinator")).toEqual([0]);
    test.answerAllBut("FindCoordinator");
    test.sleep(1000);
    expect([atMs(test, "FindCoordinator"), test.disconnected]).toEqual([[], [[1, 1]]]);
    test.sleep(100);
    expect(atMs(test, "FindCoordinator")).toEqual([1100]);
    test.answerAllBut("Fetch");
    expect(state(test)).toEqual(["stable", ["orders-0"], 1]);
  });

  it.each(["JoinGroup", "SyncGroup"] as const)("given a lost %s, then the coordinator is looked for, and the member joins again", (api) => {
    const test = new TestConsumer(quick);
    test.answerAllBut(api);
    test.one(api);
    const { memberId } = test.consumer.member;
    test.breakConnection("coordinator");
    expect([test.sent(api), test.consumer.coordinator]).toEqual([[], null]);
    test.answerAllBut();
    test.sleep(50);
    test.answerFirst("FindCoordinator");
    expect(test.one("JoinGroup").request.memberId).toBe(memberId);
    test.answerAllBut("Fetch");
    expect(state(test)).toEqual(["stable", ["orders-0"], 1]);
  });

  it("given a lost Heartbeat, then the coordinator is looked for; its partitions it keeps, and reads on", () => {
    const test = settled();
    test.sleep(400);
    test.one("Heartbeat");
    test.breakConnection("coordinator");
    expect(state(test)).toEqual(["stable", ["orders-0"], null]);
    test.sleep(50);
    test.answerAllBut("Fetch");
    test.sleep(400);
    expect([atMs(test, "Heartbeat"), ...state(test)]).toEqual([[800], "stable", ["orders-0"], 1]);
    expect(test.one("Fetch").atMs).toBe(0);
  });

  it("given a lost OffsetFetch, then the committed offsets are asked for again", () => {
    const test = new TestConsumer(quick, { committed: 7 });
    test.answerAllBut("OffsetFetch");
    test.sleep(1000);
    expect(atMs(test, "OffsetFetch")).toEqual([]);
    test.sleep(100);
    test.answerAllBut("Fetch");
    expect([test.consumer.partitions.get("orders-0")?.position, test.one("Fetch").atMs]).toEqual([7, 1100]);
  });

  it.each([
    ["JoinGroup", { api: "JoinGroup", errorCode: ErrorCode.NOT_COORDINATOR, generationId: -1, protocolType: null, protocolName: null, leader: "", skipAssignment: false, memberId: "", members: [] }],
    ["SyncGroup", { api: "SyncGroup", errorCode: ErrorCode.NOT_COORDINATOR, protocolType: null, protocolName: null, assignment: new Uint8Array(0) }],
    ["OffsetFetch", { api: "OffsetFetch", errorCode: ErrorCode.NOT_COORDINATOR, topics: [] }],
  ] as const)("given NOT_COORDINATOR for a %s, then it looks again after retry.backoff.ms, and goes on", (api, response) => {
    const test = new TestConsumer(quick);
    test.answerAllBut(api);
    test.answer(test.one(api), response);
    expect([test.consumer.coordinator, test.sent("FindCoordinator")]).toEqual([null, []]);
    test.sleep(100);
    expect(atMs(test, "FindCoordinator")).toEqual([100]);
    test.answerAllBut("Fetch");
    expect(state(test)).toEqual(["stable", ["orders-0"], 1]);
  });

  it.each([
    ["Heartbeat", { api: "Heartbeat", errorCode: ErrorCode.NOT_COORDINATOR }, 400],
    ["OffsetCommit", { api: "OffsetCommit", topics: [{ name: "orders", partitions: [{ partitionIndex: 0, errorCode: ErrorCode.NOT_COORDINATOR }] }] }, 500],
  ] as const)("given NOT_COORDINATOR for a %s, then it looks again, and stays what it is", (api, response, ms) => {
    const test = settled();
    test.sleep(ms);
    test.answer(test.one(api), response);
    expect([test.sent("FindCoordinator").length, ...state(test)]).toEqual([1, "stable", ["orders-0"], null]);
    test.answerAllBut("Fetch");
    expect(test.consumer.coordinator).toBe(1);
  });
});

describe("NET-6 a JoinGroup", () => {
  it("is waited for as long as others may take to join, and 5 s more", () => {
    const test = new TestConsumer({ ...quick, "max.poll.interval.ms": 60_000 });
    test.answerAllBut("JoinGroup");
    test.sleep(64_999);
    expect([atMs(test, "JoinGroup"), test.disconnected.some(([, closed]) => closed === 1)]).toEqual([[0], false]);
    test.sleep(1);
    expect([atMs(test, "JoinGroup"), test.disconnected.some(([, closed]) => closed === 1)]).toEqual([[], true]);
  });

  it("given request.timeout.ms is longer than that, then so long", () => {
    const test = new TestConsumer({ ...quick, "request.timeout.ms": 30_000 });
    test.answerAllBut("JoinGroup");
    test.sleep(29_999);
    expect(atMs(test, "JoinGroup")).toEqual([0]);
    test.sleep(1);
    expect(atMs(test, "JoinGroup")).toEqual([]);
  });
});

describe("NET-7 what a consumer does for its records is lost", () => {
  it("given a Fetch, then its partitions are fetched again from where they were", () => {
    const test = settled({}, { committed: 3 });
    test.breakConnection("data");
    test.sleep(100);
    test.answerAllBut("Fetch");
    expect(test.one("Fetch")).toMatchObject({ nodeId: 1, request: { topics: [{ topic: "orders", partitions: [{ partition: 0, fetchOffset: 3 }] }] } });
    expect(test.one("Fetch").atMs).toBeGreaterThanOrEqual(50);
    expect(state(test)).toEqual(["stable", ["orders-0"], 1]);
  });

  it("given a ListOffsets, then auto.offset.reset is asked for again", () => {
    const test = new TestConsumer({ ...quick, "auto.offset.reset": "earliest" }, { committed: -1 });
    test.answerAllBut("ListOffsets");
    test.one("ListOffsets");
    test.breakConnection("data");
    test.sleep(150);
    test.answerAllBut("Fetch");
    expect([test.consumer.partitions.get("orders-0")?.position, test.sent("Fetch").length]).toEqual([0, 1]);
  });

  it("given a commit that is waited for, then it is owed, and paid before anything else is polled", () => {
    const test = settled({ "enable.auto.commit": false }, { values: ["a", "b"] });
    test.answerFirst("Fetch");
    expect(test.one("OffsetCommit").request.topics[0]?.partitions[0]?.committedOffset).toBe(2);
    test.breakConnection("coordinator");
    expect(test.consumer.owesCommit).toBe(true);
    test.sleep(100);
    test.answerAllBut("OffsetCommit", "Fetch");
    expect(test.one("OffsetCommit").request.topics[0]?.partitions[0]?.committedOffset).toBe(2);
    test.answerAllBut("Fetch");
    expect([test.consumer.owesCommit, test.consumer.lastCommitUs !== null, test.sent("OffsetCommit")]).toEqual([false, true, []]);
  });

  it("given no coordinator when it is to commit, then that is owed, too", () => {
    const test = settled({ "enable.auto.commit": false }, { values: ["a"], timeMs: 30 });
    test.answerFirst("Fetch");
    test.breakConnection("coordinator");
    test.sleep(30);
    expect([test.consumer.owesCommit, test.sent("OffsetCommit")]).toEqual([true, []]);
    test.sleep(100);
    test.answerAllBut("Fetch", "OffsetCommit");
    expect(test.sent("OffsetCommit").length).toBe(1);
  });

  it("given an automatic commit, then it is passed over, and the next covers it", () => {
    const test = settled({}, { values: ["a"] });
    test.answerFirst("Fetch");
    test.sleep(500);
    test.one("OffsetCommit");
    test.breakConnection("coordinator");
    expect(test.consumer.owesCommit).toBe(false);
    test.sleep(100);
    test.answerAllBut("Fetch", "OffsetCommit");
    expect(test.sent("OffsetCommit")).toEqual([]);
    test.sleep(400);
    test.answerAllBut("Fetch", "OffsetCommit");
    expect(test.one("OffsetCommit").request.topics[0]?.partitions[0]?.committedOffset).toBe(1);
  });

  it("given the commit before it joins again, then that is tried again, and only then it joins", () => {
    const test = settled({ "partition.assignment.strategy": "range" }, { values: ["a"] });
    test.answerFirst("Fetch");
    test.sleep(400);
    test.answer(test.one("Heartbeat"), { api: "Heartbeat", errorCode: ErrorCode.REBALANCE_IN_PROGRESS });
    expect([test.consumer.member.state, test.sent("OffsetCommit").length]).toEqual(["preparing", 1]);
    test.breakConnection("coordinator");
    test.sleep(100);
    test.answerAllBut("Fetch", "OffsetCommit", "JoinGroup");
    test.sleep(100);
    expect([test.sent("OffsetCommit").length, test.sent("JoinGroup").length]).toEqual([1, 0]);
    test.answerAllBut("Fetch", "JoinGroup");
    expect(test.sent("JoinGroup").length).toBe(1);
  });

  it("given a LeaveGroup, then it is gone all the same: its session ends its membership", () => {
    const test = settled();
    closeConsumer(test.consumer, test, "close");
    test.answerAllBut("Fetch", "LeaveGroup");
    test.one("LeaveGroup");
    test.breakConnection("coordinator");
    test.sleep(100);
    expect(test.isClosed).toBe(true);
  });

  it("given an answer that comes after all, then it changes nothing", () => {
    const test = settled();
    const late = test.one("Fetch");
    test.breakConnection("data");
    test.answer(late, { api: "Fetch", errorCode: ErrorCode.NONE, responses: [{ topic: "orders", partitions: [{ partitionIndex: 0, errorCode: ErrorCode.OFFSET_OUT_OF_RANGE, highWatermark: 9, lastStableOffset: 9, logStartOffset: 9, records: [] }] }] });
    expect([test.consumer.partitions.get("orders-0")?.position, test.sent("ListOffsets")]).toEqual([0, []]);
  });
});
