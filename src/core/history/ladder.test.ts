import { describe, expect, it } from "vitest";
import { leastMissed } from "./ladder";

describe("HIS-7 checkpoints that are thinned", () => {
  it("stay spread over the whole run, and keep its beginning and its end", () => {
    let counts: number[] = [];
    for (let count = 0; count <= 100_000; count += 100) {
      counts.push(count);
      if (counts.length > 32) counts = counts.toSpliced(leastMissed(counts), 1);
    }
    expect([counts.at(0), counts.at(-1), counts.length]).toEqual([0, 100_000, 32]);
    const gaps = counts.slice(1).map((count, at) => count - (counts[at] as number));
    expect(Math.max(...gaps)).toBeLessThanOrEqual((4 * 100_000) / 32);
  });

  it("have nothing between two", () => expect([leastMissed([]), leastMissed([1]), leastMissed([1, 2])]).toEqual([-1, -1, -1]));
});
