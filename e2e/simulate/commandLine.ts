import { parseArgs } from "node:util";

export const usage = `Runs Topiq's worlds without a browser.

npm run simulate -- --preset NAME | --link LINK | --scenario FILE.json  [--until TIME] [--json] [--trace] [--digest]
npm run simulate -- --seeds COUNT [--from SEED] [--queues | --programs] [--faults] [--events COUNT]
npm run simulate -- --links COUNT [--from SEED]
npm run simulate -- --mutations [--only RULE]

  --preset NAME       a scene that comes with the page, such as orders
  --link LINK         a shared address, or its part after #; the link of a run repeats that run
  --scenario FILE     a scenario as JSON
  --until TIME        virtual time to run to: 90s, 1500ms, 2m (default: 60s, or the end of the link's run)
  --json              prints the final picture, which is what window.topiq.image() gives in the page
  --trace             prints what happened, a line for each thing that can be seen
  --digest            prints a fingerprint of the final picture: the same in Node and in every browser
  --seeds COUNT       runs that many seeded random worlds, and checks the invariants after every event
  --queues            gives them a RabbitMQ broker beside Kafka
  --programs          has their programs fail: throw, stall, crash, commit too early
  --faults            lets the network cut, reset and lose in them, too
  --events COUNT      lets each go on until so many events have run, or twenty virtual minutes are over
  --links COUNT       tries to open that many seeded hostile links: damaged, forged, and made to take long
  --mutations         breaks rule after rule of SPEC.md, and has random worlds notice
  --only RULE         breaks this rule only, such as GRP-13
  --from SEED         the first seed (default: 1)
  --help              prints this`;

export type WorldSource = { readonly kind: "preset" | "link" | "scenario"; readonly value: string };

export interface WorldOptions {
  readonly kind: "world";
  readonly source: WorldSource;
  /** null: as long as the source says. */
  readonly untilUs: number | null;
  readonly prints: { readonly json: boolean; readonly trace: boolean; readonly digest: boolean };
}

export interface SeedOptions {
  readonly kind: "seeds";
  readonly from: number;
  readonly count: number;
  readonly world: "topics" | "programs" | "queues";
  readonly faults: boolean;
  /** Events that each run has at least. */
  readonly events: number;
}

export type Options =
  | { readonly kind: "help" }
  | SeedOptions
  | { readonly kind: "links"; readonly from: number; readonly count: number }
  /** `only` is null for all rules. */
  | { readonly kind: "mutations"; readonly only: string | null }
  | WorldOptions;

/** What the arguments ask for, or one line that says what is wrong with them. */
export function parseCommandLine(argv: readonly string[]): Options | { readonly problem: string } {
  const read = readArguments(argv);
  if ("problem" in read) return read;
  const { help, preset, link, scenario, until, json, trace, digest, seeds, links, mutations, only: rule, from, queues, programs, faults, events } = read.values;
  if (help) return { kind: "help" };
  const chosen = Object.entries({ preset, link, scenario, seeds, links, mutations: mutations ? "" : undefined }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const [only] = chosen;
  if (!only || chosen.length > 1) return { problem: "Name one of --preset, --link, --scenario, --seeds, --links, --mutations; --help says more." };
  if (only[0] !== "mutations" && rule !== undefined) return { problem: "--only goes with --mutations." };
  if (only[0] !== "seeds" && (queues || programs || faults || events !== undefined)) return { problem: "--queues, --programs, --faults and --events go with --seeds." };
  if (only[0] === "seeds" || only[0] === "links") return seedOptions(only[0], only[1], from, read.values);
  if (from !== undefined) return { problem: "--from goes with --seeds and --links." };
  if (only[0] === "mutations") return mutationOptions(rule, read.values);
  const untilUs = until === undefined ? null : parseTime(until);
  if (until !== undefined && untilUs === null) return { problem: `--until ${until} is no time: 90s, 1500ms, 2m.` };
  const source = { kind: only[0] as WorldSource["kind"], value: only[1] }; // the others are dealt with
  return { kind: "world", source, untilUs, prints: { json: json === true, trace: trace === true, digest: digest === true } };
}

type Values = ReturnType<typeof parseValues>;

function parseValues(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { preset: text, link: text, scenario: text, until: text, json: flag, trace: flag, digest: flag, seeds: text, links: text, mutations: flag, only: text, from: text, queues: flag, programs: flag, faults: flag, events: text, help: flag };
  return parseArgs({ args: [...argv], options, allowPositionals: false }).values;
}

function readArguments(argv: readonly string[]): { readonly values: Values } | { readonly problem: string } {
  try {
    return { values: parseValues(argv) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? "") : String(error) };
  }
}

function seedOptions(kind: "seeds" | "links", text: string, from: string | undefined, { until, json, trace, digest, queues, programs, faults, events }: Values): Options | { readonly problem: string } {
  if (until !== undefined || json || trace || digest) return { problem: `--until, --json, --trace and --digest do not go with --${kind}.` };
  const count = wholeNumber(text);
  const first = wholeNumber(from ?? "1");
  if (count === null || count === 0) return { problem: `--${kind} ${text} is no count.` };
  if (first === null) return { problem: `--from ${from} is no seed.` };
  if (kind === "links") return { kind, from: first, count };
  const least = wholeNumber(events ?? "0");
  return least === null ? { problem: `--events ${events} is no count.` } : { kind, from: first, count, world: queues ? "queues" : programs ? "programs" : "topics", faults: faults === true, events: least };
}

function mutationOptions(only: string | undefined, { until, json, trace, digest }: Values): Options | { readonly problem: string } {
  if (until !== undefined || json || trace || digest) return { problem: "--until, --json, --trace and --digest do not go with --mutations." };
  return { kind: "mutations", only: only ?? null };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

const UNIT_US = { ms: 1000, s: 1_000_000, m: 60_000_000 } as const;

/** Virtual µs, or null. */
function parseTime(text: string): number | null {
  const [, amount, unit] = /^(\d{1,7}(?:\.\d{1,6})?)(ms|s|m)$/.exec(text) ?? [];
  return amount === undefined ? null : Math.round(Number(amount) * UNIT_US[unit as keyof typeof UNIT_US]); // matched above
}
