import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../../.ci/shell.mjs";
import { doneIn, type QueueDocument, type SceneImage, type SceneDocument } from "../scenes";
import { lastLine, runProgram } from "./programs";

/** A run of `npm run simulate`, its start included: what differs between two lengths of it is the engine. */
export interface Simulated {
  /** Records stored, and processed by every group. */
  readonly records: number;
  readonly events: number;
  /** Of the whole process. */
  readonly wallMs: number;
  /** What the garbage collector has taken away. */
  readonly freedBytes: number;
}

/** Runs a scene by the `npm run simulate` of a checkout, from its beginning to a virtual time, ms. */
export async function simulate(checkout: string, scene: SceneDocument | QueueDocument, untilMs: number): Promise<Simulated> {
  const folder = mkdtempSync(join(tmpdir(), "topiq-bench-simulate-"));
  try {
    const [file, report] = [join(folder, "scene.json"), join(folder, "probe.json")];
    writeFileSync(file, JSON.stringify(scene));
    const env = { TOPIQ_PROBE: report, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import ${probe}`.trim() };
    const ended = await runProgram(`npm run --silent simulate -- --scenario "${file}" --until ${untilMs}ms --json`, checkout, { env });
    if (ended.code !== 0) throw new Error(`its npm run simulate fails: ${lastLine(ended)}`);
    const image = JSON.parse(ended.stdout) as SceneImage; // what the page gives, too
    const seen = JSON.parse(readFileSync(report, "utf8")) as Pick<Simulated, "wallMs" | "freedBytes">; // the probe's own
    return { records: doneIn(image), events: image.clock.eventCount, ...seen };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const probe = pathToFileURL(join(root, "e2e", "bench", "sides", "probe.mjs")).href;
