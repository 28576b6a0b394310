import { describe, expect, it } from "vitest";
import { hexToBytes } from "./vectors/hex";
import { murmur2, toPositive } from "./murmur2";
import recorded from "./vectors/murmur2.json";

describe("murmur2", () => {
  it.each(recorded.vectors)("HSH-1 hashes $keyHex as Kafka does", ({ keyHex, murmur2: hash, positive }) => {
    expect(murmur2(hexToBytes(keyHex))).toBe(hash);
    expect(toPositive(hash)).toBe(positive);
  });

  it("HSH-2 puts every recorded key on its partition, for every recorded number of partitions", () => {
    let compared = 0;
    for (const { keyHex, partition } of recorded.vectors) {
      for (const [partitions, expected] of Object.entries(partition)) {
        expect(toPositive(murmur2(hexToBytes(keyHex))) % Number(partitions), `${keyHex} on ${partitions}`).toBe(expected);
        compared++;
      }
    }
    expect(compared).toBe(208 * 18);
  });

  it("HSH-2 clears the sign bit, which is not the absolute value", () => {
    expect(toPositive(-1)).toBe(0x7fffffff);
    expect(toPositive(-0x8000_0000)).toBe(0);
  });
});
