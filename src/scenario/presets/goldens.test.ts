import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verbCommands } from "../../actions/verbCommands";
import { fillKinds } from "../../actions/entities/kindTable";
import { kindsWithQueues } from "../../entities/queueKinds";
import { addQueuePart } from "../../core/world/queuePart";
import { bootCluster } from "../../core/world/boot";
import { type Cluster, ENGINE_VERSION } from "../../core/world/cluster";
import { CHECKPOINT_FORM } from "../../core/history/detach";
import { imageDigest } from "../../core/picture/imageDigest";
import { logsDigest } from "../../core/check/logsDigest";
import { projectCluster } from "../../core/picture/project";
import { runUntil } from "../../core/world/kernel/run";
import { submit } from "../../core/world/submit";
import { newTracer, traceCommand, traceEvent } from "../../core/check/trace";
import { digest } from "../../core/sim/digest";
import type { Scenario } from "../scenario";
import { presets } from "./presets";

fillKinds(kindsWithQueues);
addQueuePart();

const SECOND_US = 1_000_000;
const BEGINNING_US = 8 * SECOND_US;
const AFTER_VERB_US = 12 * SECOND_US;
const HOW_TO_UPDATE =
  "runs otherwise than its golden. If that is meant: UPDATE_GOLDENS=1 npx vitest run src/scenario/presets/goldens.test.ts, and read the difference";

/** By engine version, the digest of each preset's logs; since the second, with the number of events. What stands there is never changed, for runs that it made are out there; a new preset is added to the newest. */
type Engines = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * What each preset does, kept as text: its beginning, and what follows when its verb is pressed where the page opens it. Whoever changes the
 * engine reads the difference.
 */
describe("SIM-2 every preset runs as it did", () => {
  it.each(presets.map(({ id }) => id))("%s", async (id) => {
    const { trace, picture } = await runOf(id);
    expect(trace, `${id} ${HOW_TO_UPDATE}`).toBe(golden(`${id}.trace.txt`, () => trace));
    expect(picture, `${id} is drawn otherwise: ${HOW_TO_UPDATE}`).toBe(pictures()[id]);
  });

  it("and the same each time", async () => expect(await runOf("rebalance-protocols")).toEqual(await runOf("rebalance-protocols")));
});

/** A saved run and a link to a run say by which engine they were made: its version moves when, and only when, it stores something else, or needs other events for it. */
describe("SIM-9 the engine's version", () => {
  it("moves with the logs of the goldens, and their events", async () => {
    const logs = Object.fromEntries(await Promise.all(presets.map(async ({ id }) => [id, (await runOf(id)).did] as const)));
    const before = JSON.parse(golden("engines.json", () => "{}", { isKept: true })) as Engines; // written below
    const engines: Engines = JSON.parse(golden("engines.json", () => print({ ...before, [ENGINE_VERSION]: { ...before[ENGINE_VERSION], ...logs, ...before[ENGINE_VERSION] } }))) as Engines;
    expect(engines[ENGINE_VERSION], "the presets store something else, or need other events: raise ENGINE_VERSION, then update the goldens").toEqual(logs);
  });

  it("is the newest of those that there were, each of which did something else than the one before", () => {
    const engines = Object.entries(JSON.parse(golden("engines.json", () => "{}", { isKept: true })) as Engines);
    expect(engines.map(([version]) => Number(version))).toEqual(Array.from({ length: ENGINE_VERSION }, (_, at) => at + 1));
    for (const [at, [, logs]] of engines.entries()) {
      const before = engines[at - 1]?.[1] ?? {};
      if (at > 0) expect(Object.keys(before).some((id) => logs[id] !== before[id])).toBe(true);
    }
  });
});

/** A kept checkpoint says in which shape it holds a world: the number moves when, and only when, the shape does. */
describe("SIM-10 the form of checkpoints", () => {
  it("moves with the shape of a world", async () => {
    const paths = new Set<string>();
    for (const { load } of presets) {
      const scenario = await load();
      const cluster = bootCluster(scenario);
      for (const command of [null, ...verbCommands(scenario.verb, projectCluster(cluster), scenario), { type: "deliverAs", mode: "pubsub" } as const, { type: "removeConsumer", clientId: scenario.consumers[0]?.clientId ?? "", how: "crash" } as const]) {
        if (command) submit(cluster, command);
        for (const moment of MOMENTS) {
          runUntil(cluster, cluster.nowUs + moment * SECOND_US);
          addPaths(paths, "", cluster);
        }
      }
    }
    const shape = digest([...paths].sort());
    const before = JSON.parse(golden("checkpointForms.json", () => "{}", { isKept: true })) as Readonly<Record<string, string>>; // written below
    const forms = JSON.parse(golden("checkpointForms.json", () => print(before[CHECKPOINT_FORM] ? before : { ...before, [CHECKPOINT_FORM]: shape }))) as Readonly<Record<string, string>>;
    expect(forms[CHECKPOINT_FORM], "a world has another shape: raise CHECKPOINT_FORM, then update the goldens").toBe(shape);
    expect(Object.keys(forms).at(-1)).toBe(String(CHECKPOINT_FORM));
  });
});

/** Seconds from one look to the next. */
const MOMENTS = [0, 0.01, 0.1, 1, 5];

/** Notes which fields there are, at any depth; what maps and lists hold counts once. */
function addPaths(paths: Set<string>, path: string, value: unknown): void {
  if (value instanceof Map || value instanceof Set || Array.isArray(value)) {
    for (const entry of value.values()) addPaths(paths, `${path}[]`, entry);
  } else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
    for (const [name, part] of Object.entries(value)) {
      paths.add(`${path}.${name}`);
      addPaths(paths, `${path}.${name}`, part);
    }
  }
}

const folder = new URL("./goldens/", import.meta.url);

/** The text of a golden, written anew first when goldens are updated, unless it is one that is kept. */
function golden(name: string, text: () => string, { isKept = false }: { readonly isKept?: boolean } = {}): string {
  const file = new URL(name, folder);
  if (process.env.UPDATE_GOLDENS && !isKept) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text());
  }
  return existsSync(file) ? readFileSync(file, "utf8") : text();
}

/** Digests of what the presets look like in the end. They change with the read model, which no run depends on. */
function pictures(): Readonly<Record<string, string>> {
  return JSON.parse(golden("pictures.json", () => print(Object.fromEntries(seen)))) as Readonly<Record<string, string>>; // written here
}

const seen = new Map<string, string>();

function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

interface GoldenRun {
  readonly trace: string;
  /** What it stored, and in how many events. */
  readonly did: string;
  readonly picture: string;
}

async function runOf(id: string): Promise<GoldenRun> {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset) throw new Error(`there is no preset ${id}`);
  const scenario = await preset.load();
  const { lines, cluster } = await run(scenario);
  const did = `${cluster.eventCount} events, logs ${logsDigest(cluster)}`;
  const picture = imageDigest(projectCluster(cluster));
  seen.set(id, picture);
  return { trace: [`${id}, engine ${ENGINE_VERSION}, seed ${scenario.seed}`, ...lines, did, ""].join("\n"), did, picture };
}

async function run(scenario: Scenario): Promise<{ readonly lines: readonly string[]; readonly cluster: Cluster }> {
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
  for (const command of verbCommands(scenario.verb, projectCluster(cluster), scenario)) {
    if (submit(cluster, command)) throw new Error(`${command.type} is refused`);
    lines.push(...traceCommand(tracer, cluster, command));
  }
  record(verbUs + AFTER_VERB_US);
  return { lines, cluster };
}
