import { withBundle } from "../../../.ci/bundle.mjs";
import type { runSeed } from "../oneSeed";
import { brokenText, type BrokenRule } from "./brokenRule";

/** How many worlds it may take to notice; those with queues are small. */
const MOST_SEEDS = { topics: 60, programs: 60, queues: 400 };

export interface Caught {
  readonly seed: number;
  /** What the checks say. */
  readonly sentence: string;
}

/** Builds the simulation with the rule broken and runs world after world until one fails; null where none does. Files stay as they are. */
export async function catchRule(broken: BrokenRule): Promise<Caught | null> {
  let isBroken = false;
  const breaking = {
    name: "topiq:break-rule",
    enforce: "pre" as const,
    transform(text: string, id: string): string | null {
      if (!id.endsWith(`/${broken.file}`)) return null;
      isBroken = true;
      return brokenText(broken, text);
    },
  };
  const run = (exported: Record<string, unknown>): Caught | null => {
    if (!isBroken) throw new Error(`${broken.rule}: ${broken.file} is no part of the simulation`);
    return firstFailure(exported.runSeed as typeof runSeed, broken); // what oneSeed.ts exports
  };
  return withBundle("e2e/simulate/oneSeed.ts", run, [breaking]);
}

function firstFailure(simulate: typeof runSeed, { world = "topics", hasFaults = false }: BrokenRule): Caught | null {
  for (let seed = 1; seed <= MOST_SEEDS[world]; seed++) {
    try {
      simulate(seed, { world, hasFaults });
    } catch (error) {
      return { seed, sentence: error instanceof Error ? error.message : String(error) };
    }
  }
  return null;
}
