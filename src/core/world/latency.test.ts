import { describe, expect, it } from "vitest";
import { TestWorld } from "./testWorld";

describe("SIM-3 latencies", () => {
  it.each([
    [0.05, 50],
    [0.2504, 250],
    [2.5, 2500],
    [0, 1],
  ])("of %d ms are counted in microseconds: %d", (latencyMs, latencyUs) => {
    const { cluster } = new TestWorld({ network: { latencyMs, jitterMs: 0 } });
    expect(cluster.network.latencyUs).toBe(latencyUs);
  });
});
