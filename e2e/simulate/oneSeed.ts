import { simulateSeed, type SimulationOptions, type SimulationReport } from "../../src/core/check/simulation";
import { applyDelta } from "../../src/store/readModel";

/** One random world, checked with the page's own way to take a delta in. */
export function runSeed(seed: number, options: SimulationOptions): SimulationReport {
  return simulateSeed(seed, applyDelta, options);
}
