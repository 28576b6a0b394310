import type { Page } from "@playwright/test";

/** A stretch of work of a thread. */
export interface Task {
  /** On the clock of the trace. */
  readonly startUs: number;
  /** The thread's own time, which others on the machine do not make longer. */
  readonly cpuMs: number;
}

/** The names of the page's marks, and where each of them stands on the clock of the trace, µs. */
export type Marks = ReadonlyMap<string, readonly number[]>;

/**
 * What one of the page's workers, named by its file, was busy with while something went on, and the marks that the page made meanwhile by
 * `performance.mark`. By the browser's own tracing, so that the code of the page stays as it is.
 */
export async function traceWorker<Value>(page: Page, file: RegExp, work: () => Promise<Value>): Promise<{ readonly value: Value; readonly tasks: readonly Task[]; readonly marks: Marks }> {
  const browser = page.context().browser();
  const worker = page.workers().find((each) => file.test(each.url()));
  if (!browser || !worker) throw new Error(`the page has no worker like ${file.source}`);
  await browser.startTracing(page, { categories: ["-*", "disabled-by-default-devtools.timeline", "blink.user_timing"] });
  let value: Value;
  let trace: Buffer;
  try {
    // The trace knows threads by numbers only: this is the one of the worker.
    await worker.evaluate((mark) => void performance.mark(mark), WORKER_MARK);
    value = await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString("utf8")) as { readonly traceEvents: readonly TraceEvent[] }; // the browser's own
  const thread = traceEvents.find(({ name }) => name === WORKER_MARK);
  if (!thread) throw new Error("the browser's trace does not know the worker");
  const isOfWorker = ({ name, pid, tid }: TraceEvent): boolean => name === "RunTask" && pid === thread.pid && tid === thread.tid;
  const marks = new Map<string, number[]>();
  for (const { cat, name, ts } of traceEvents) if (cat.includes("blink.user_timing")) marks.set(name, [...(marks.get(name) ?? []), ts]);
  return { value, tasks: traceEvents.filter(isOfWorker).map(({ ts, tdur, dur = 0 }) => ({ startUs: ts, cpuMs: (tdur ?? dur) / 1000 })), marks };
}

/** CPU ms of the tasks that began between two moments of the trace. */
export function busyMs(tasks: readonly Task[], fromUs: number, toUs: number): number {
  return tasks.filter(({ startUs }) => startUs >= fromUs && startUs < toUs).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

const WORKER_MARK = "topiq bench: the worker";

/** One line of a trace; times in µs. Systems that cannot tell a thread's own time leave `tdur` out. */
interface TraceEvent {
  readonly cat: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}
