import { describe, expect, it } from "vitest";
import { nextBelow, nextUint32, randomStream } from "./random";

const numbers = (seed: number, name: string, count: number): number[] => {
  const stream = randomStream(seed, name);
  return Array.from({ length: count }, () => nextUint32(stream));
};

describe("SIM-4 random streams", () => {
  it("give the same numbers on every machine, others for another name and another seed", () => {
    expect(numbers(1, "producer orders-web", 5)).toEqual([3_767_641_456, 815_579_956, 1_135_824_025, 537_498_068, 2_908_782_180]);
    expect(numbers(1, "producer payments", 3)).toEqual([2_108_652_290, 890_360_313, 2_968_766_242]);
    expect(numbers(2, "producer orders-web", 3)).toEqual([1_869_527_969, 3_137_475_605, 4_158_133_708]);
  });

  it("a bound is never reached, and everything below it is about equally likely", () => {
    const stream = randomStream(1, "dice");
    expect(Array.from({ length: 12 }, () => nextBelow(stream, 6))).toEqual([5, 5, 0, 0, 4, 5, 3, 5, 3, 4, 5, 0]);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let roll = 0; roll < 6000; roll++) counts[nextBelow(stream, 6)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(counts.reduce((sum, count) => sum + count)).toBe(6000);
  });
});
