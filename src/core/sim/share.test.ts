import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyDelta } from "../../store/readModel";
import { randomSpec } from "../check/random/randomWorld";
import { simulateSeed } from "../check/simulation";
import { attachLogs, detachLogs } from "../history/detach";
import { bootCluster } from "../world/boot";
import { copyCluster } from "../world/cluster";
import { runUntil } from "../world/kernel/run";
import { clone } from "./clone";
import { freezeShared } from "./freezeShared";
import { share, sharedMarks } from "./share";

describe("SIM-13 what is shared is changed by nobody", () => {
  beforeEach(() => freezeShared(true));
  afterEach(() => freezeShared(false));

  it("all the way down: objects, lists, Maps and Sets, but what is read only when somebody looks", () => {
    let looks = 0;
    const shared = share({
      list: [{ a: 1 }],
      map: new Map([["a", { b: 1 }]]),
      set: new Set([1]),
      bytes: new Uint8Array(2),
      get late() {
        return ++looks;
      },
    });
    expect(() => shared.list.push({ a: 2 })).toThrow(TypeError);
    expect(() => ((shared.list[0] as { a: number }).a = 2)).toThrow(TypeError);
    expect(() => shared.map.set("b", { b: 2 })).toThrow(TypeError);
    expect(() => ((shared.map.get("a") as { b: number }).b = 2)).toThrow(TypeError);
    expect(() => shared.set.add(2)).toThrow(TypeError);
    expect(() => shared.map.clear()).toThrow(TypeError);
    expect([looks, clone(shared)]).toEqual([0, shared]);
    expect(clone({ shared }).shared).toBe(shared);
  });

  it.each([1, 2, 3, 4, 5, 6])("in a random world, with faults, seed %i", (seed) => {
    expect(simulateSeed(seed, applyDelta, { hasFaults: seed > 3 }).events).toBeGreaterThan(100);
  });
});

describe("SIM-13 what is shared is shared again after a reload", () => {
  it.each([1, 2, 3])("in a random world, seed %i", (seed) => {
    const cluster = bootCluster(randomSpec(seed));
    runUntil(cluster, 5_000_000);
    const detached = detachLogs(cluster);
    const kept = structuredClone(detached);
    expect(sharedMarks(kept.cluster).length).toBe(0);
    const ends = Object.fromEntries(Object.keys(kept.logEnds).map((name) => [name, 0]));
    const back = attachLogs({ ...kept, logEnds: ends }, new Map());
    expect([...sharedMarks(back)]).toEqual([...sharedMarks(detached.cluster)]);
    expect(sharedMarks(copyCluster(back)).length).toBe(sharedMarks(back).length);
  });
});
