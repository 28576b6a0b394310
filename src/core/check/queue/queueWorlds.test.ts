import { describe, expect, it } from "vitest";
import { applyDelta } from "../../../store/readModel";
import { simulateSeed } from "../simulation";

describe("SIM-15 whatever is done to a random world with queues, the invariants hold after every event", () => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    "seed %i",
    (seed) => {
      const { events } = simulateSeed(seed, applyDelta, { world: "queues" });
      expect(events).toBeGreaterThan(100);
    },
    60_000,
  );
});

describe("SIM-16 and whatever the network does between the broker and its programs", () => {
  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    "seed %i",
    (seed) => {
      const { events } = simulateSeed(seed, applyDelta, { world: "queues", hasFaults: true });
      expect(events).toBeGreaterThan(100);
    },
    60_000,
  );
});
