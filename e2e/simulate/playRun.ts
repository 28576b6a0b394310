import { bootCluster } from "../../src/core/world/boot";
import type { Cluster } from "../../src/core/world/cluster";
import { runNext, runUntil, type EventSink } from "../../src/core/world/kernel/run";
import { submit } from "../../src/core/world/submit";
import { newTracer, traceCommand, traceEvent } from "../../src/core/check/trace";
import type { SharedScenario } from "../../src/scenario/scenario";

const DEFAULT_US = 60_000_000;

/** Runs a scenario, with the commands of its run where they were given. Lines of its trace go to `write`, if there is one. */
export function playRun(
  { scenario, run }: SharedScenario,
  untilUs: number | null,
  write: ((line: string) => void) | null,
): { readonly cluster: Cluster } | { readonly problem: string } {
  const cluster = bootCluster(scenario);
  const endUs = untilUs ?? run?.timeUs ?? DEFAULT_US;
  const tracer = write && newTracer(cluster);
  const sink: EventSink = (_cluster, event) => tracer && traceEvent(tracer, cluster, event).forEach((line) => write?.(line));
  for (const { timeUs, eventCount, command } of run?.journal ?? []) {
    if (timeUs > endUs) break;
    while (cluster.eventCount < eventCount && runNext(cluster, sink));
    cluster.nowUs = Math.max(cluster.nowUs, timeUs);
    const problem = submit(cluster, command);
    if (problem) return { problem: `The command ${JSON.stringify(command)} at ${timeUs / 1e6} s is refused: ${JSON.stringify(problem)}` };
    if (tracer) traceCommand(tracer, cluster, command).forEach((line) => write?.(line));
  }
  // Without --until a run ends with its very last event, which need not be the last of its instant.
  if (untilUs === null && run) while (cluster.eventCount < run.eventCount && runNext(cluster, sink));
  else runUntil(cluster, endUs, Infinity, sink);
  cluster.nowUs = Math.max(cluster.nowUs, endUs);
  return { cluster };
}
