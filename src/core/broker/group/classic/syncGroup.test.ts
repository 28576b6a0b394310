import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../../kafka/errors";
import { beat, join, sync, TestCoordinator } from "../testCoordinator";

describe("SyncGroup", () => {
  it("GRP-10 given a new generation, when the leader syncs, then it is written, Stable, and all who wait get their part", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(join());
    coordinator.send(join());
    coordinator.sleepUntil(8000);
    const logged = coordinator.log.length;
    const follower = coordinator.send(sync(1, "client-2"));
    expect(coordinator.log.length).toBe(logged);
    const leader = coordinator.send(sync(1, "client-1", [1]));
    expect(coordinator.answer(leader, "SyncGroup")).toMatchObject({ errorCode: 0, protocolName: "range", assignment: Uint8Array.of(1) });
    expect(coordinator.answer(follower, "SyncGroup")).toMatchObject({ errorCode: 0, assignment: new Uint8Array(0) });
    expect(coordinator.group().state).toBe("Stable");
    expect(coordinator.log.slice(logged)).toMatchObject([
      {
        key: { group: "g" },
        value: {
          protocolType: "consumer",
          generation: 1,
          protocol: "range",
          leader: "client-1",
          currentStateTimestamp: 7000,
          members: [
            { memberId: "client-1", clientId: "client", sessionTimeout: 10_000, rebalanceTimeout: 60_000, assignment: Uint8Array.of(1) },
            { memberId: "client-2", assignment: new Uint8Array(0) },
          ],
        },
      },
    ]);
  });

  it.each([
    ["no group id", { groupId: "" }, ErrorCode.INVALID_GROUP_ID],
    ["an unknown group", { groupId: "other" }, ErrorCode.UNKNOWN_MEMBER_ID],
    ["an old generation", { generationId: 0 }, ErrorCode.ILLEGAL_GENERATION],
    ["another protocol type", { protocolType: "connect" }, ErrorCode.INCONSISTENT_GROUP_PROTOCOL],
  ])("GRP-10 refuses %s", (_, changes, errorCode) => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(1);
    expect(coordinator.ask({ ...sync(1, "client-1"), ...changes }).errorCode).toBe(errorCode);
  });

  it("GRP-11 given members that do not sync, when the rebalance timeout is over, then they are removed and the others rejoin", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(join());
    coordinator.send(join());
    coordinator.sleepUntil(7000);
    const follower = coordinator.send(sync(1, "client-2"));
    for (let atMs = 7000; atMs < 67_000; atMs += 5000) {
      coordinator.sleepUntil(atMs);
      coordinator.send(beat(1, "client-1"));
    }
    coordinator.sleepUntil(66_999);
    expect(coordinator.group().members.size).toBe(2);
    coordinator.sleepUntil(67_000);
    expect(coordinator.answer(follower, "SyncGroup").errorCode).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
    expect([...coordinator.group().members.keys()]).toEqual(["client-2"]);
    expect(coordinator.group()).toMatchObject({ state: "PreparingRebalance", leaderId: "client-2" });
  });
});
