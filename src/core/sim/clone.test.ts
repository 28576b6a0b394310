import { describe, expect, it } from "vitest";
import { clone } from "./clone";
import { digest } from "./digest";

describe("SIM-5 a copy", () => {
  it("given objects, arrays, maps, sets and typed arrays, then each is copied all the way down, and what is frozen is shared", () => {
    const frozen = Object.freeze({ inside: { changed: false } });
    const original = { list: [{ a: 1 }], map: new Map([["k", { b: 2 }]]), set: new Set([1]), bytes: Float64Array.of(1.5, 2), frozen, nothing: null };
    const copy = clone(original);
    expect(copy).toEqual(original);
    expect(copy.frozen).toBe(frozen);
    copy.list[0] = { a: 9 };
    copy.map.get("k")!.b = 9;
    copy.set.add(9);
    copy.bytes[0] = 9;
    expect(original).toEqual({ list: [{ a: 1 }], map: new Map([["k", { b: 2 }]]), set: new Set([1]), bytes: Float64Array.of(1.5, 2), frozen, nothing: null });
  });

  it("SIM-6 has the same digest, and every kind of change gives another", () => {
    const state = { count: 1, half: 0.5, name: "a", on: true, nothing: null, list: [1, 2], map: new Map([["k", 1]]), set: new Set([1]), bytes: Uint8Array.of(1) };
    const changes: Partial<Record<keyof typeof state, unknown>>[] = [
      { count: 2 },
      { half: 0.25 },
      { name: "b" },
      { on: false },
      { nothing: 0 },
      { list: [2, 1] },
      { map: new Map([["l", 1]]) },
      { set: new Set([2]) },
      { bytes: Uint8Array.of(2) },
      { list: [1, 2, 3] },
    ];
    const before = digest(state);
    expect(digest(clone(state))).toBe(before);
    expect(new Set([before, ...changes.map((change) => digest({ ...state, ...change }))]).size).toBe(changes.length + 1);
  });

  it("SIM-6 is the same on every machine; the order of a map counts, because a run depends on it", () => {
    expect(digest({ a: 1, b: [1.5, "x", null, true, new Map([["k", 2]])] })).toBe("7d1bb289122439b8");
    expect(digest(new Map([["a", 1], ["b", 2]]))).not.toBe(digest(new Map([["b", 2], ["a", 1]])));
  });
});
