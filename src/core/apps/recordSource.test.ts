import { describe, expect, it } from "vitest";
import { randomStream } from "../sim/random";
import type { KeySource } from "./program";
import { keyText, nextKeyNumber, nextDraw, nextPauseUs, valueText } from "./recordSource";

function counted(keys: KeySource, draws: number): Record<string, number> {
  const random = randomStream(1, "record source test");
  const counts: Record<string, number> = {};
  for (let draw = 0; draw < draws; draw++) {
    const key = String(keyText(keys, nextKeyNumber(keys, random)));
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe("SIM-7 a record source", () => {
  it.each<[string, KeySource, string[]]>([
    ["none", { kind: "none" }, ["null"]],
    ["an empty list", { kind: "list", keys: [] }, ["null"]],
    ["a list", { kind: "list", keys: ["a", "키"] }, ["a", "키"]],
    ["a range", { kind: "range", prefix: "k", from: 3, to: 5 }, ["k3", "k4", "k5"]],
    ["a skewed range of one key", { kind: "skewed", prefix: "k", from: 3, to: 3, hotPercent: 0 }, ["k3"]],
  ])("draws every key of %s and no other", (_, keys, expected) => expect(Object.keys(counted(keys, 200)).sort()).toEqual(expected));

  it("gives the hot key its share, and the others the rest", () => {
    const { k0 = 0, k1 = 0, k2 = 0 } = counted({ kind: "skewed", prefix: "k", from: 0, to: 2, hotPercent: 80 }, 10_000);
    expect(k0 + k1 + k2).toBe(10_000);
    expect(Math.abs(k0 - 8000)).toBeLessThan(200);
    expect(Math.abs(k1 - k2)).toBeLessThan(200);
  });

  it.each([
    [0, 22],
    [20, 22],
    [300, 300],
    [1000, 1000],
  ])("of %d bytes makes JSON text of %d", (valueSizeInBytes, length) => {
    const text = valueText({ ratePerSecond: 1, keys: { kind: "none" }, valueSizeInBytes }, 7, nextDraw(randomStream(1, "value")));
    expect(text.length).toBe(length);
    expect(JSON.parse(text)).toMatchObject({ n: 7 });
  });

  it.each([0.0001, 1, 7, 10_000])("pauses from half to one and a half of the mean at %d records a second", (ratePerSecond) => {
    const random = randomStream(1, "pauses");
    const source = { ratePerSecond, keys: { kind: "none" }, valueSizeInBytes: 0 } as const;
    const meanUs = 1_000_000 / ratePerSecond;
    const pauses = Array.from({ length: 1000 }, () => nextPauseUs(source, random));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(Math.floor(meanUs / 2) - 1);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(Math.ceil(meanUs * 1.5) + 1);
    expect(Math.abs(pauses.reduce((sum, pause) => sum + pause) / 1000 / meanUs - 1)).toBeLessThan(0.05);
  });
});
