import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../kafka/errors";
import { offsetsPartition } from "../api/groups";
import { groupCoordinator } from "../group/groupCoordinator";
import { commit, join } from "../group/testCoordinator";
import { TestBroker } from "../testBroker";
import { durableProjection } from "../group/durableProjection";
import { load, unload } from "./runtime";

/** A broker that coordinates group g, which has committed an offset. */
function coordinating(): TestBroker {
  const test = new TestBroker({ "group.initial.rebalance.delay.ms": 0 });
  test.createTopic("orders");
  test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["g"] });
  test.ask(commit());
  return test;
}

const partitionOf = (test: TestBroker): number => offsetsPartition(test.broker.configs, "g");

describe("GRP-20 a coordinator for each partition of __consumer_offsets", () => {
  it("given groups of several partitions, then each is in the state of its own, and its records in its own log", () => {
    const test = coordinating();
    test.ask(commit({ groupId: "other" }));
    expect(offsetsPartition(test.broker.configs, "other")).not.toBe(partitionOf(test));
    expect([...test.coordinator("g").offsets.keys()]).toEqual(["g"]);
    expect([...test.coordinator("other").offsets.keys()]).toEqual(["other"]);
    expect(test.log("__consumer_offsets", partitionOf(test)).recordCount).toBe(1);
  });

  it("given a coordinator that is unloaded, then members that wait are sent to look for it, its timers are gone, and whoever asks is told NOT_COORDINATOR", () => {
    const test = coordinating();
    const waiting = test.send(join({ version: 3 }));
    test.sleep(0);
    const { memberId } = test.answer(waiting, "JoinGroup");
    const parked = test.send({ api: "SyncGroup", groupId: "g", generationId: 1, memberId: `${memberId}x`, groupInstanceId: null, protocolType: null, protocolName: null, assignments: [] });
    expect(test.answer(parked, "SyncGroup").errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    const rejoin = test.send(join({ version: 3, clientId: "second" }));
    expect(test.answers.has(rejoin)).toBe(false);
    unload(test.broker, test, groupCoordinator, partitionOf(test));
    expect(test.answer(rejoin, "JoinGroup").errorCode).toBe(ErrorCode.NOT_COORDINATOR);
    expect([...test.timers.keys()]).toEqual([]);
    expect(test.ask(commit()).topics[0]?.partitions[0]?.errorCode).toBe(ErrorCode.NOT_COORDINATOR);
    expect(test.ask(join()).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
    expect(test.ask({ api: "Heartbeat", groupId: "g", generationId: 1, memberId, groupInstanceId: null }).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
    expect(test.ask({ api: "LeaveGroup", groupId: "g", members: [] }).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
    expect(test.ask({ api: "OffsetFetch", groupId: "g", topics: null, requireStable: false }).errorCode).toBe(ErrorCode.NOT_COORDINATOR);
  });

  it("given a coordinator that is loaded again, then its state is the fold of its log, and members have fresh sessions", () => {
    const test = coordinating();
    test.send(join({ version: 3 }));
    test.sleep(0);
    const before = durableProjection(test.coordinator("g"));
    unload(test.broker, test, groupCoordinator, partitionOf(test));
    load(test.broker, test, groupCoordinator, partitionOf(test));
    expect(durableProjection(test.coordinator("g"))).toEqual(before);
    expect(test.ask(commit({}, 9)).topics[0]?.partitions[0]?.errorCode).toBe(ErrorCode.NONE);
    expect(test.coordinator("g").offsets.get("g")?.get("orders-0")?.offset).toBe(9);
  });
});
