import { describe, expect, it } from "vitest";
import { arrivalUs, network } from "./network";

describe("SIM-3 the network", () => {
  it("given jitter, then a connection keeps its order, and each message takes the latency and at most the jitter more", () => {
    const net = network(1, 1000, 500);
    let last = 0;
    const delays = new Set<number>();
    for (let nowUs = 0; nowUs < 200_000; nowUs += 50) {
      const arrival = arrivalUs(net, nowUs, 3, 1, 0);
      expect(arrival).toBeGreaterThanOrEqual(last);
      expect(arrival).toBeGreaterThanOrEqual(nowUs + 1000);
      expect(arrival).toBeLessThanOrEqual(nowUs + 1500);
      delays.add(arrival - nowUs);
      last = arrival;
    }
    expect(delays.size).toBeGreaterThan(50);
  });

  it("given other connections and the way back, then none of them waits for the others or changes their chance", () => {
    const alone = network(1, 1000, 500);
    const busy = network(1, 1000, 500);
    for (let nowUs = 0; nowUs < 5000; nowUs += 100) {
      for (const [from, to, connection] of [[1, 3, 0], [3, 1, 1], [4, 1, 0]] as const) arrivalUs(busy, nowUs, from, to, connection);
      expect(arrivalUs(busy, nowUs, 3, 1, 0)).toBe(arrivalUs(alone, nowUs, 3, 1, 0));
    }
  });

  it("nothing arrives in the instant it is sent, so that no two actors can keep each other busy for ever at one moment", () => {
    expect(arrivalUs(network(1, 0, 0), 7, 3, 1, 0)).toBe(8);
  });
});
