import { describe, expect, it } from "vitest";
import { applyDelta } from "../../store/readModel";
import { simulateSeed } from "./simulation";

describe("SIM-1 whatever is done to a random world, the invariants hold after every event", () => {
  for (let seed = 1; seed <= 10; seed++) it(`seed ${seed}`, () => expect(simulateSeed(seed, applyDelta).events).toBeGreaterThan(100));
});
