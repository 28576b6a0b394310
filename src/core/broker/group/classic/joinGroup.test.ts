import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../../kafka/errors";
import { join, protocol, sync, TestCoordinator } from "../testCoordinator";

describe("JoinGroup", () => {
  it.each([
    ["an empty group id", { groupId: "" }, ErrorCode.INVALID_GROUP_ID],
    ["too short a session", { sessionTimeoutMs: 5999 }, ErrorCode.INVALID_SESSION_TIMEOUT],
    ["too long a session", { sessionTimeoutMs: 1_800_001 }, ErrorCode.INVALID_SESSION_TIMEOUT],
    ["a member id of a group that does not exist", { memberId: "client-1" }, ErrorCode.UNKNOWN_MEMBER_ID],
  ])("GRP-1 refuses %s and makes no group", (_, changes, errorCode) => {
    const coordinator = new TestCoordinator();
    expect(coordinator.ask(join(changes)).errorCode).toBe(errorCode);
    expect(coordinator.state.groups.size).toBe(0);
    expect(coordinator.log).toEqual([]);
  });

  it("GRP-2 given no group, when the first member joins, then the group is written as an empty one", () => {
    const coordinator = new TestCoordinator();
    const request = coordinator.send(join());
    expect(coordinator.answers.has(request)).toBe(false);
    expect(coordinator.log).toEqual([
      {
        type: "GroupMetadata",
        key: { group: "g" },
        value: { protocolType: "", generation: 0, protocol: null, leader: null, currentStateTimestamp: 1000, members: [] },
      },
    ]);
  });

  it("GRP-3 given a member id from MEMBER_ID_REQUIRED, when it does not come back in its session time, then the id is forgotten", () => {
    const coordinator = new TestCoordinator();
    const { errorCode, memberId } = coordinator.ask(join({ version: 4 }));
    expect([errorCode, memberId]).toEqual([ErrorCode.MEMBER_ID_REQUIRED, "client-1"]);
    coordinator.sleepUntil(10_999);
    expect([...coordinator.group().pendingJoinMembers]).toEqual(["client-1"]);
    coordinator.sleepUntil(11_000);
    expect([...coordinator.group().pendingJoinMembers]).toEqual([]);
    expect(coordinator.ask(join({ version: 4, memberId })).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it.each([
    ["another protocol type", join({ protocolType: "connect" })],
    ["no protocol in common", join({ protocols: [protocol("sticky")] })],
    ["no protocol at all", join({ protocols: [] })],
  ])("GRP-4 given a group of consumers with range, when one comes with %s, then it is refused, and the group stays as it is", (_, request) => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(1);
    const before = coordinator.group();
    expect(coordinator.ask(request).errorCode).toBe(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    expect(coordinator.group()).toBe(before);
  });

  it("GRP-5 given group.max.size members, then no more are taken; while they rejoin, only those that have done so count", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(100);
    expect(coordinator.ask(join()).errorCode).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
    coordinator.send(join({ memberId: "client-1" }));
    expect(coordinator.group().state).toBe("PreparingRebalance");
    const late = coordinator.send(join());
    expect(coordinator.answers.has(late)).toBe(false);
    for (let number = 2; number <= 99; number++) coordinator.send(join({ memberId: `client-${number}` }));
    expect(coordinator.ask(join({ memberId: "client-100" })).errorCode).toBe(ErrorCode.GROUP_MAX_SIZE_REACHED);
    expect(coordinator.answer(late, "JoinGroup").generationId).toBe(2);
  });

  it("GRP-6 given members that keep arriving, then the initial delay grows by what is left of it, up to the rebalance timeout", () => {
    const coordinator = new TestCoordinator();
    const first = coordinator.send(join({ rebalanceTimeoutMs: 7000 }));
    for (const atMs of [2000, 5000, 7500]) {
      coordinator.sleepUntil(atMs);
      coordinator.send(join({ rebalanceTimeoutMs: 7000 }));
    }
    // 3000 ms, then 3000 of the 4000 left, then the last 1000.
    coordinator.sleepUntil(7999);
    expect(coordinator.answers.has(first)).toBe(false);
    coordinator.sleepUntil(8000);
    expect(coordinator.answer(first, "JoinGroup").members.length).toBe(4);
  });

  it("GRP-7 given a member that does not rejoin, when the longest rebalance timeout is over, then it is removed", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    const startMs = coordinator.nowMs;
    const leader = coordinator.send(join({ memberId: "client-1", rebalanceTimeoutMs: 8000, sessionTimeoutMs: 200_000 }));
    for (let atMs = startMs; atMs < startMs + 60_000; atMs += 5000) {
      coordinator.sleepUntil(atMs);
      coordinator.send({ api: "Heartbeat", groupId: "g", generationId: 1, memberId: "client-2", groupInstanceId: null });
      expect(coordinator.answers.has(leader)).toBe(false);
    }
    coordinator.sleepUntil(startMs + 60_000);
    const members = [{ memberId: "client-1" }];
    expect(coordinator.answer(leader, "JoinGroup")).toMatchObject({ generationId: 2, leader: "client-1", members });
    expect([...coordinator.group().members.keys()]).toEqual(["client-1"]);
  });

  it("GRP-8 the protocol of most first votes wins, among those that all members support", () => {
    const coordinator = new TestCoordinator();
    const [range, roundrobin, sticky] = [protocol("range"), protocol("roundrobin"), protocol("sticky")];
    coordinator.send(join({ protocols: [sticky, range, roundrobin] }));
    coordinator.send(join({ protocols: [roundrobin, range] }));
    coordinator.send(join({ protocols: [roundrobin, sticky, range] }));
    coordinator.sleepUntil(7000);
    expect(coordinator.group()).toMatchObject({ generationId: 1, protocolName: "roundrobin", leaderId: "client-1" });
  });

  it("GRP-8 of protocols with as many votes, the one voted for first wins", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(join({ protocols: [protocol("sticky"), protocol("range")] }));
    coordinator.send(join({ protocols: [protocol("range"), protocol("sticky")] }));
    coordinator.sleepUntil(7000);
    expect(coordinator.group().protocolName).toBe("sticky");
  });

  it("GRP-8 given a leader that does not rejoin, then the first member that did leads", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(3);
    coordinator.send(join({ memberId: "client-3", protocols: [protocol("range", "payments")] }));
    coordinator.send(join({ memberId: "client-2" }));
    coordinator.sleepUntil(coordinator.nowMs + 10_000);
    expect(coordinator.group()).toMatchObject({ state: "CompletingRebalance", generationId: 2, leaderId: "client-2" });
  });

  it("GRP-9 given a Stable group, when a follower rejoins unchanged, then it is told the generation and nothing else happens", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    const before = coordinator.group();
    const answer = coordinator.ask(join({ memberId: "client-2" }));
    expect(answer).toMatchObject({ errorCode: 0, generationId: 1, leader: "client-1", members: [] });
    expect(coordinator.group()).toBe(before);
  });

  it.each([
    ["the leader rejoins", join({ memberId: "client-1" })],
    ["a follower rejoins with other metadata", join({ memberId: "client-2", protocols: [protocol("range", "payments")] })],
    ["a new member joins", join()],
  ])("GRP-9 given a Stable group, when %s, then it rebalances", (_, request) => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    coordinator.send(request);
    expect(coordinator.group().state).toBe("PreparingRebalance");
  });

  it("GRP-9 given parked SyncGroups, when a new member joins, then they are answered REBALANCE_IN_PROGRESS", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(join());
    coordinator.send(join());
    coordinator.sleepUntil(10_000);
    const parked = coordinator.send(sync(1, "client-2"));
    coordinator.send(join());
    expect(coordinator.answer(parked, "SyncGroup").errorCode).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  });
});

describe("GRP-15 a static member that comes back without its member id", () => {
  /** A Stable group of the static members `one`, who leads, and `two`. */
  function staticGroup(): TestCoordinator {
    const coordinator = new TestCoordinator();
    for (const groupInstanceId of ["one", "two"]) coordinator.send(join({ groupInstanceId }));
    coordinator.sleepUntil(7000);
    for (const { memberId, groupInstanceId } of [...coordinator.group().members.values()].reverse()) {
      const assignments = groupInstanceId === "one" ? [...coordinator.group().members.keys()].map((member, index) => ({ memberId: member, assignment: Uint8Array.of(index) })) : [];
      coordinator.send({ ...sync(1, memberId), groupInstanceId, assignments });
    }
    return coordinator;
  }

  it.each([
    ["the leader, which is told not to assign", "one", true],
    ["a follower", "two", false],
  ])("given %s, then it gets a new id, the same generation, and its old assignment", (_, groupInstanceId, skipAssignment) => {
    const coordinator = staticGroup();
    const old = [...coordinator.group().members.values()].find((member) => member.groupInstanceId === groupInstanceId);
    const answer = coordinator.ask(join({ version: 9, groupInstanceId }));
    expect(answer).toMatchObject({ errorCode: 0, generationId: 1, skipAssignment });
    expect(answer.memberId).not.toBe(old?.memberId);
    expect(coordinator.group()).toMatchObject({ state: "Stable", generationId: 1 });
    expect(coordinator.ask({ ...sync(1, answer.memberId), groupInstanceId }).assignment).toEqual(old?.assignment);
  });

  it("then the old id is fenced", () => {
    const coordinator = staticGroup();
    const [old = ""] = coordinator.group().members.keys();
    coordinator.ask(join({ version: 9, groupInstanceId: "one" }));
    expect(coordinator.ask({ api: "Heartbeat", groupId: "g", generationId: 1, memberId: old, groupInstanceId: "one" }).errorCode).toBe(ErrorCode.FENCED_INSTANCE_ID);
  });

  it("given other protocols, so that the group's changes, then it rebalances", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(join({ groupInstanceId: "one", protocols: [protocol("range"), protocol("sticky")] }));
    coordinator.sleepUntil(7000);
    const [memberId = ""] = coordinator.group().members.keys();
    coordinator.send({ ...sync(1, memberId), groupInstanceId: "one" });
    coordinator.send(join({ version: 9, groupInstanceId: "one", protocols: [protocol("sticky")] }));
    expect(coordinator.group()).toMatchObject({ state: "CompletingRebalance", generationId: 2, protocolName: "sticky" });
  });
});
