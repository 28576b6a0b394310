import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { engine } from "./engine";
import { frame } from "./frame";
import { link } from "./link";
import { memory } from "./memory";
import { opening } from "./opening";
import { panning } from "./panning";
import { figure, lines, type Part } from "./report";
import { rewind } from "./rewind";
import { Stage } from "./stage";
import { start } from "./start";
import { tokens } from "./tokens";
import { worker } from "./worker";

const parts: readonly Part[] = [engine, worker, tokens, panning, frame, start, link, rewind, opening, memory];
const usage = `Usage: npm run bench -- [--only ${parts.map(({ name }) => name).join("|")}]`;

/** Prints every budget of the product that exists so far beside its goal. Measures only: no figure makes it fail. */
export async function main(argv: readonly string[]): Promise<number> {
  const chosen = choose(argv);
  if (!chosen) {
    console.error(usage);
    return 2;
  }
  const stage = new Stage();
  // On a busy machine every figure is worse: the load belongs to them.
  console.log(`${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), load ${figure(loadavg()[0] ?? 0)}, Node ${process.versions.node}`);
  console.log("Columns: what, goal, measured. Medians, unless they say otherwise.");
  try {
    for (const { title, measure } of chosen) {
      console.log(`\n${title}`);
      process.stdout.write(lines(await measure(stage)));
    }
  } finally {
    await stage.close();
  }
  console.log("\nKilled by signal: no figure, but a test (e2e/comeBack.spec.ts), which kills the browser and compares what IndexedDB has with what was shown.");
  return 0;
}

function choose(argv: readonly string[]): readonly Part[] | null {
  try {
    const { values } = parseArgs({ args: [...argv], options: { only: { type: "string", multiple: true, default: [] } } });
    const isKnown = values.only.every((name) => parts.some((part) => part.name === name));
    if (!isKnown) return null;
    return values.only.length === 0 ? parts : parts.filter(({ name }) => values.only.includes(name));
  } catch {
    return null;
  }
}
