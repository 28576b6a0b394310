import { describe, expect, it } from "vitest";
import { timer, type Timer } from "../../sim/timer";
import { ErrorCode } from "../../kafka/errors";
import { load, replay } from "./coordinator";
import { emptyGroupCoordinatorState } from "./coordinatorState";
import { durableProjection } from "./durableProjection";
import { joinGroup } from "./classic/joinGroup";
import { beat, commit, join, sync, TestCoordinator } from "./testCoordinator";
import { heartbeatTimer, joinTimer, timerTarget } from "./timers";
import { unload } from "./unload";

describe("the group coordinator", () => {
  it("GRP-16 a handler decides and changes nothing; a group it changed is a new value beside the old", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    const before = coordinator.group();
    const copy = structuredClone(before);
    const result = joinGroup(coordinator.context(), join(), 99);
    expect(coordinator.group()).toBe(before);
    expect(before).toEqual(copy);
    expect(result.soft).toMatchObject([{ groupId: "g", group: { state: "PreparingRebalance" } }]);
    expect(Object.isFrozen(before) && Array.from(before.members.values()).every(Object.isFrozen)).toBe(true);
  });

  it("GRP-17 given a Stable group and commits, when only the log is left, then group and offsets are back with fresh sessions", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    coordinator.send(commit({ generationIdOrMemberEpoch: 1, memberId: "client-1" }));
    const recovered = emptyGroupCoordinatorState();
    for (const record of coordinator.log) replay(recovered, record);
    expect(durableProjection(recovered)).toEqual(durableProjection(coordinator.state));
    expect(recovered.groups.get("g")).toMatchObject({ state: "Stable", generationId: 1, leaderId: "client-1", protocolName: "range" });
    expect(load(recovered, 500_000)).toEqual([
      { timer: heartbeatTimer("g", "client-1"), atMs: 510_000 },
      { timer: heartbeatTimer("g", "client-2"), atMs: 510_000 },
    ]);
  });

  it("GRP-17 given a group that rebalances, when only the log is left, then it is back in its last written generation", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(1);
    coordinator.send(join({ memberId: "client-1" }));
    expect(coordinator.group()).toMatchObject({ state: "CompletingRebalance", generationId: 2 });
    const recovered = emptyGroupCoordinatorState();
    for (const record of coordinator.log) replay(recovered, record);
    expect(durableProjection(recovered)).toEqual(durableProjection(coordinator.state));
    expect(recovered.groups.get("g")).toMatchObject({ state: "Stable", generationId: 1 });
  });

  it("GRP-17 a difference in a settled group shows in the projection", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    const projection = durableProjection(coordinator.state);
    coordinator.state.groups.set("g", { ...coordinator.group(), leaderId: "client-2" });
    expect(durableProjection(coordinator.state)).not.toEqual(projection);
  });

  it("GRP-17 a tombstone removes a group; a commit makes a group known that nothing else did", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(commit());
    expect(coordinator.group()).toMatchObject({ state: "Empty", protocolType: null, generationId: 0 });
    replay(coordinator.state, { type: "GroupMetadata", key: { group: "g" }, value: null });
    expect(coordinator.state.groups.size).toBe(0);
  });

  it("GRP-18 given parked requests, when the coordinator is unloaded, then they get NOT_COORDINATOR and the groups are Dead", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(join());
    coordinator.send(join());
    coordinator.sleepUntil(10_000);
    const parked = coordinator.send(sync(1, "client-2"));
    coordinator.apply(unload(coordinator.state, coordinator.nowMs));
    expect(coordinator.answer(parked, "SyncGroup").errorCode).toBe(ErrorCode.NOT_COORDINATOR);
    const { COORDINATOR_NOT_AVAILABLE } = ErrorCode;
    expect(coordinator.ask(beat(1, "client-1")).errorCode).toBe(COORDINATOR_NOT_AVAILABLE);
    expect(coordinator.ask(join({ memberId: "client-1" })).errorCode).toBe(COORDINATOR_NOT_AVAILABLE);
    expect(coordinator.ask(sync(1, "client-1")).errorCode).toBe(COORDINATOR_NOT_AVAILABLE);
    const groupBefore = coordinator.group();
    coordinator.sleepUntil(1_000_000);
    expect(coordinator.group()).toBe(groupBefore);
  });

  it("GRP-13 a heartbeat timer finds its member although ids contain dashes", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(join({ groupId: "a", clientId: "b-c" }));
    coordinator.send(join({ groupId: "a-b", clientId: "c" }));
    const target = (due: Timer): unknown => timerTarget(coordinator.state.groups, due);
    expect(target(heartbeatTimer("a", "b-c-1"))).toMatchObject({ group: { groupId: "a" }, memberId: "b-c-1" });
    expect(target(heartbeatTimer("a-b", "c-2"))).toMatchObject({ group: { groupId: "a-b" }, memberId: "c-2" });
    expect(heartbeatTimer("a", "b-c-1").key).not.toBe(heartbeatTimer("a-b", "c-1").key);
    expect(target(heartbeatTimer("a-b", "c-3"))).toBeNull();
    expect(target(joinTimer("gone"))).toBeNull();
    expect(() => target(timer("fetch", 1))).toThrow("no such timer");
  });
});
