import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../../kafka/errors";
import { beat, commit, join, leave, TestCoordinator } from "../testCoordinator";

describe("Heartbeat and sessions", () => {
  it("GRP-12 an unknown member comes before a wrong generation", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(1);
    expect(coordinator.ask(beat(7, "client-9")).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(coordinator.ask(beat(7, "client-1")).errorCode).toBe(ErrorCode.ILLEGAL_GENERATION);
    expect(coordinator.ask({ ...beat(1, "client-1"), groupInstanceId: "i" }).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(coordinator.ask({ ...beat(1, "client-1"), groupId: "" }).errorCode).toBe(ErrorCode.INVALID_GROUP_ID);
    expect(coordinator.ask(beat(1, "client-1")).errorCode).toBe(ErrorCode.NONE);
  });

  it.each([
    ["a heartbeat", beat(1, "client-1")],
    ["a commit", commit({ generationIdOrMemberEpoch: 1, memberId: "client-1" })],
  ])("GRP-13 a session ends exactly sessionTimeoutMs after %s", (_, request) => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(1);
    const startMs = coordinator.nowMs;
    coordinator.sleepUntil(startMs + 4000);
    coordinator.send(request);
    coordinator.sleepUntil(startMs + 13_999);
    expect(coordinator.group().state).toBe("Stable");
    coordinator.sleepUntil(startMs + 14_000);
    expect(coordinator.group()).toMatchObject({ state: "Empty", generationId: 2, leaderId: null, protocolName: null });
  });

  it("GRP-13 in a rebalance a heartbeat says so, and still keeps the member alive", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    const startMs = coordinator.nowMs;
    coordinator.send(join({ memberId: "client-1" }));
    coordinator.sleepUntil(startMs + 9000);
    expect(coordinator.ask(beat(1, "client-2")).errorCode).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    coordinator.sleepUntil(startMs + 18_999);
    expect(coordinator.group().members.has("client-2")).toBe(true);
    coordinator.sleepUntil(startMs + 19_000);
    expect(coordinator.group().members.has("client-2")).toBe(false);
    expect(coordinator.group().members.has("client-1"), "its JoinGroup is parked").toBe(true);
  });

  it("GRP-14 given an unknown group, when members leave, then each is UNKNOWN_MEMBER_ID", () => {
    const coordinator = new TestCoordinator();
    expect(coordinator.ask(leave("a", "b"))).toMatchObject({
      errorCode: ErrorCode.NONE,
      members: [{ errorCode: ErrorCode.UNKNOWN_MEMBER_ID }, { errorCode: ErrorCode.UNKNOWN_MEMBER_ID }],
    });
    expect(coordinator.ask({ ...leave("a"), groupId: "" }).errorCode).toBe(ErrorCode.INVALID_GROUP_ID);
  });

  it("GRP-14 given a Stable group, when its last member leaves, then it is written as Empty and no timer is left", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(1);
    coordinator.send(leave("client-1"));
    expect(coordinator.group()).toMatchObject({ state: "Empty", generationId: 2 });
    expect(coordinator.log.at(-1)).toMatchObject({ value: { generation: 2, protocolType: "consumer", protocol: null, members: [] } });
    expect([...coordinator.timers]).toEqual([]);
  });
});
