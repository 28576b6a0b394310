import { describe, expect, it } from "vitest";
import { coordinatorPartition, javaHashCode } from "./javaHashCode";
import recorded from "./vectors/coordinator-partitions.json";

describe("javaHashCode", () => {
  it.each(recorded.vectors)("HSH-3 finds the coordinator's partition of $id", ({ id, javaHashCode: hash, of50, of3, of1 }) => {
    expect(javaHashCode(id)).toBe(hash);
    expect(coordinatorPartition(id, 50)).toBe(of50);
    expect(coordinatorPartition(id, 3)).toBe(of3);
    expect(coordinatorPartition(id, 1)).toBe(of1);
  });

  it("HSH-3 gives an empty id the hash 0", () => {
    expect(javaHashCode("")).toBe(0);
  });
});
