import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verbCommands } from "../../actions/verbs";
import { bootCluster } from "../../core/cluster/boot";
import { ENGINE_VERSION } from "../../core/cluster/cluster";
import { imageDigest } from "../../core/cluster/imageDigest";
import { projectCluster } from "../../core/cluster/project";
import { runUntil } from "../../core/cluster/run";
import { submit } from "../../core/cluster/submit";
import { newTracer, traceCommand, traceEvent } from "../../core/cluster/trace";
import type { Scenario } from "../scenario";
import { presets } from "./presets";

const SECOND_US = 1_000_000;
const BEGINNING_US = 8 * SECOND_US;
const AFTER_VERB_US = 12 * SECOND_US;
const HOW_TO_UPDATE =
  "runs otherwise than its golden. If that is meant: UPDATE_GOLDENS=1 npx vitest run src/scenario/presets/goldens.test.ts, " +
  "read the difference, and raise ENGINE_VERSION if the old engine's runs were ever kept or shared";

/**
 * What each preset does, kept as text: its beginning, and what follows when its verb is pressed where the page opens it. Whoever changes the
 * engine reads the difference; a saved run and a link to a run say by which engine they were made, so the version goes up with them.
 */
describe("SIM-2 every preset runs as it did", () => {
  it.each(presets.map(({ id }) => id))("%s", async (id) => {
    const trace = await traceOf(id);
    const file = new URL(`./goldens/${id}.trace.txt`, import.meta.url);
    if (process.env.UPDATE_GOLDENS) {
      mkdirSync(new URL("./goldens", import.meta.url), { recursive: true });
      writeFileSync(file, trace);
    }
    const golden = existsSync(file) ? readFileSync(file, "utf8") : "";
    expect(trace, `${id} ${HOW_TO_UPDATE}`).toBe(golden);
  });

  it("and the same each time", async () => expect(await traceOf("rebalance-protocols")).toBe(await traceOf("rebalance-protocols")));
});

async function traceOf(id: string): Promise<string> {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset) throw new Error(`there is no preset ${id}`);
  const scenario = await preset.load();
  return [`${id}, engine ${ENGINE_VERSION}, seed ${scenario.seed}`, ...linesOf(scenario), ""].join("\n");
}

function linesOf(scenario: Scenario): string[] {
  const cluster = bootCluster(scenario);
  const verbUs = Math.max(scenario.startMs * 1000, BEGINNING_US);
  const lines: string[] = [];
  const record = (untilUs: number): void => {
    const tracer = newTracer(cluster);
    runUntil(cluster, untilUs, Infinity, (_cluster, event) => lines.push(...traceEvent(tracer, cluster, event)));
  };
  record(BEGINNING_US);
  lines.push(`... to ${verbUs / SECOND_US} s`);
  runUntil(cluster, verbUs);
  const tracer = newTracer(cluster);
  for (const command of verbCommands(scenario.verb, projectCluster(cluster)).commands) {
    if (submit(cluster, command)) throw new Error(`${command.type} is refused`);
    lines.push(...traceCommand(tracer, cluster, command));
  }
  record(verbUs + AFTER_VERB_US);
  return [...lines, `${cluster.eventCount} events, picture ${imageDigest(projectCluster(cluster))}`];
}
