import { describe, expect, it } from "vitest";
import { clusterLimits } from "./limits";

describe("limits", () => {
  it("are positive whole numbers that nobody can change", () => {
    expect(Object.isFrozen(clusterLimits)).toBe(true);
    expect(Object.entries(clusterLimits).filter(([, limit]) => !Number.isSafeInteger(limit) || limit <= 0)).toEqual([]);
  });
});
