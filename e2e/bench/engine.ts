import { bootCluster } from "../../src/core/world/boot";
import { leaderLogs } from "../../src/core/watch/actual";
import type { Cluster } from "../../src/core/world/cluster";
import { runUntil } from "../../src/core/world/run";
import { figure, median, type Part, repeat } from "./report";
import { type BatchSize, busySpec } from "./scenes";

/** The engine alone, in Node: what it could do if nothing had to be shown or kept. */
export const engine: Part = {
  name: "engine",
  title: "Engine alone, in Node (one broker, RF 1; 4 producers, 4 groups of 3, each record processed by all 4)",
  measure: async () => [
    { what: "records a second, 1 a batch", goal: "1,000,000", measured: await measured(1) },
    { what: "records a second, some 16 a batch", goal: "5,000,000", measured: await measured(16) },
  ],
};

const RUNS = 3;
const WARM_UP_US = 1_000_000;
const WALL_MS = 2000;

async function measured(recordsPerBatch: BatchSize): Promise<string> {
  const runs = await repeat(RUNS, () => measureEngine(recordsPerBatch));
  const records = median(runs.map((run) => run.recordsPerSecond));
  const events = median(runs.map((run) => run.eventsPerSecond));
  return `${figure(records)} (${figure(runs[0]!.recordsPerBatch)} a batch, ${figure(events)} events a second)`;
}

interface EngineFigures {
  readonly recordsPerSecond: number;
  readonly eventsPerSecond: number;
  readonly recordsPerBatch: number;
}

/** Runs the busy world for some wall time. */
function measureEngine(recordsPerBatch: BatchSize): EngineFigures {
  const cluster = bootCluster(busySpec(recordsPerBatch));
  runUntil(cluster, WARM_UP_US);
  const before = totals(cluster);
  const startMs = performance.now();
  while (performance.now() - startMs < WALL_MS) runUntil(cluster, cluster.nowUs + 50_000);
  const seconds = (performance.now() - startMs) / 1000;
  const after = totals(cluster);
  return {
    recordsPerSecond: (after.done - before.done) / seconds,
    eventsPerSecond: (after.events - before.events) / seconds,
    recordsPerBatch: (after.stored - before.stored) / (after.batches - before.batches),
  };
}

/** What counts as done is stored, and processed by every group. */
function totals(cluster: Cluster): { readonly stored: number; readonly done: number; readonly batches: number; readonly events: number } {
  const logs = leaderLogs(cluster.watch.actual, "load");
  const sum = (numbers: number[]): number => numbers.reduce((total, value) => total + value, 0);
  const stored = sum(logs.map(({ recordCount }) => recordCount));
  const processed = [...cluster.watch.audit.groups.values()].map(({ topics }) => topics.get("load")?.processed ?? 0);
  return { stored, done: Math.min(stored, ...processed), batches: sum(logs.map(({ batches }) => batches.length)), events: cluster.eventCount };
}
