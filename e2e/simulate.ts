import { imageDigest } from "../src/core/picture/imageDigest";
import { imageJson } from "../src/core/picture/imageJson";
import { projectCluster } from "../src/core/picture/project";
import { tryRules } from "./simulate/brokenRules/tryRules";
import { parseCommandLine, usage, type Options, type WorldOptions } from "./simulate/commandLine";
import { tryLinks } from "./simulate/links/tryLinks";
import { openWorld } from "./simulate/openWorld";
import { playRun } from "./simulate/playRun";
import { simulateSeeds } from "./simulate/simulateSeeds";

/** Runs a scenario without a browser, the seeded simulation, with its rules broken, too, or hostile links. Returns the exit code: 0, 1 where something failed, 2 for bad arguments. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = parseCommandLine(argv);
  if ("problem" in options) return fail(options.problem, 2);
  if (options.kind === "help") {
    console.log(usage);
    return 0;
  }
  if (options.kind === "world") return runWorld(options);
  const { summary, failed } = await runMany(options);
  console.log(summary);
  return failed.length === 0 ? 0 : 1;
}

/** What is done to many worlds or links: what came of it, in one line, and what did not hold. */
function runMany(options: Exclude<Options, WorldOptions | { readonly kind: "help" }>): Outcome | Promise<Outcome> {
  switch (options.kind) {
    case "seeds":
      return simulateSeeds(options);
    case "links":
      return tryLinks(options.from, options.count);
    case "mutations":
      return tryRules(options.only, console.log);
  }
}

interface Outcome {
  readonly summary: string;
  readonly failed: readonly unknown[];
}

async function runWorld({ source, untilUs, prints }: WorldOptions): Promise<number> {
  const opened = await openWorld(source);
  if ("problem" in opened) return fail(opened.problem, 2);
  const lines: string[] = [];
  const played = playRun(opened, untilUs, prints.trace ? (line) => lines.push(line) : null);
  if ("problem" in played) return fail(played.problem, 1);
  const image = projectCluster(played.cluster);
  const { timeUs, eventCount } = image.clock;
  const output = [
    ...lines,
    ...(prints.json ? [JSON.stringify(imageJson(image), null, 2)] : []),
    ...(prints.digest ? [imageDigest(image)] : []),
    ...(prints.trace || prints.json || prints.digest ? [] : [`${opened.name}: ${timeUs / 1e6} s, ${eventCount} events, digest ${imageDigest(image)}`]),
  ];
  await print(`${output.join("\n")}\n`);
  return 0;
}

function fail(problem: string, exitCode: number): number {
  console.error(problem);
  return exitCode;
}

/** Waits until all is written, also into a pipe whose reader has had enough (`| head`). */
function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.once("error", () => resolve());
    process.stdout.write(text, () => resolve());
  });
}
