import type { SeedOptions } from "./commandLine";
import { runSeed } from "./oneSeed";

const PROGRESS_MS = 5000;

/** Runs seeds one after the other, all of them even if some fail; each failure is told at once. */
export function simulateSeeds({ from, count, world, faults, events: leastEvents }: SeedOptions): { readonly summary: string; readonly failed: readonly number[] } {
  const failed: number[] = [];
  const startMs = performance.now();
  let events = 0;
  let commands = 0;
  let fewest = Infinity;
  let saidMs = startMs;
  for (let seed = from; seed < from + count; seed++) {
    try {
      const report = runSeed(seed, { world, hasFaults: faults, leastEvents });
      events += report.events;
      fewest = Math.min(fewest, report.events);
      commands += report.commands;
    } catch (error) {
      failed.push(seed);
      console.error(`${error instanceof Error ? error.message : String(error)}\n  again: npm run simulate -- --seeds 1 --from ${seed}${world === "topics" ? "" : ` --${world}`}${faults ? " --faults" : ""}${leastEvents > 0 ? ` --events ${leastEvents}` : ""}`);
    }
    if (performance.now() - saidMs < PROGRESS_MS) continue;
    saidMs = performance.now();
    console.error(`seed ${seed}: ${seed - from + 1} of ${count} runs, ${events} events`);
  }
  const perSecond = Math.round((events / (performance.now() - startMs)) * 1000);
  const outcome = failed.length === 0 ? "all hold" : `failed: ${failed.join(", ")}`;
  return { summary: `${count} runs from seed ${from}, ${events} events checked (${fewest} in the shortest), ${commands} commands, ${perSecond} events/s, ${outcome}`, failed };
}
