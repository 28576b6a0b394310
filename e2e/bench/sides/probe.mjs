import { writeFileSync } from "node:fs";
import { GCProfiler } from "node:v8";
import { isMainThread } from "node:worker_threads";

// Node loads this before `npm run simulate`, whichever commit's, and before what runs it: only the script itself is looked at.
const report = process.env.TOPIQ_PROBE;
if (report && isMainThread && process.env.npm_lifecycle_event === "simulate") {
  const profiler = new GCProfiler();
  profiler.start();
  process.on("exit", () => {
    const { statistics } = profiler.stop();
    const freedBytes = statistics.reduce((sum, { beforeGC, afterGC }) => sum + beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize, 0);
    writeFileSync(report, JSON.stringify({ wallMs: performance.now(), freedBytes }));
  });
}
