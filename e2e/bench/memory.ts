import type { CDPSession, Page } from "@playwright/test";
import { copyCluster } from "../../src/core/world/cluster";
import { bootCluster } from "../../src/core/world/boot";
import { runUntil } from "../../src/core/world/kernel/run";
import { openScene, playUntil, removeProducers, type Shown } from "./drive";
import { type Measured, type Part, trial } from "./part";
import { median, ms, timesMs } from "./report";
import { busyScene, busySpec } from "./scenes";
import { busyMs, traceWorker } from "./trace";

/** The heaps of the page and of its workers after a million records, all garbage collected: objects, and the bytes that buffers hold; and what a copy of that world takes. */
export const memory: Part = {
  name: "memory",
  title: "A million records in the log (100 B each; checkpoints for rewinding included)",
  needsBrowser: true,
  trials: [
    trial(
      {
        records: { what: "records", unit: "records" },
        total: { what: "memory of page and workers", unit: "MB", goal: "70" },
        page: { what: "    the page", unit: "MB" },
        simulation: { what: "    the simulation worker", unit: "MB" },
        tokens: { what: "    the token worker", unit: "MB" },
        copy: { what: "copying that world: the fastest seek in it, the worker's own time", unit: "ms" },
      },
      (side) =>
        side.inPage("?embed", async (page) => {
          const { done } = await fill(page, RECORDS);
          const heaps = await measureHeaps(page);
          return { records: done, ...megabytesOf(heaps), copy: await copyMs(page) };
        }),
    ),
    trial({ copy: { what: "the same with 20,000 records: what a seek takes besides", unit: "ms" } }, (side) =>
      side.inPage("?embed", async (page) => {
        await fill(page, FEW_RECORDS);
        return { copy: await copyMs(page) };
      }),
    ),
  ],
  ownRows: async () => [{ what: "the copy of that world alone, in Node", goal: "", measured: copyInNode() }],
};

const RECORDS = 1_000_000;
const FEW_RECORDS = 20_000;

async function fill(page: Page, records: number): Promise<Shown> {
  await openScene(page, busyScene(16));
  const last = await playUntil(page, 100, ({ done }) => done >= records);
  if (last.done < records) throw new Error(`its log is full with ${last.done} records`);
  return last;
}

function megabytesOf(heaps: readonly Heap[]): Measured<"total" | "page" | "simulation" | "tokens"> {
  const megabytes = (some: readonly Heap[]): number | undefined => (some.length === 0 ? undefined : some.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000);
  const named = (pattern: RegExp): readonly Heap[] => heaps.filter(({ name }) => pattern.test(name));
  return { total: megabytes(heaps), page: megabytes(named(/^page$/)), simulation: megabytes(named(/simulation/i)), tokens: megabytes(named(/token/i)) };
}

/** Virtual ms in which nothing but heartbeats and empty fetches happens, and from which the moments are. */
const STILL_MS = 150_000;
const SEEN_MS = 90_000;
const SEEKS = 40;

/**
 * A seek copies the nearest checkpoint and re-runs from there. Once the producers are gone there is little to re-run, and the fastest of
 * many seeks has next to nothing of it: its time is the copy, and one picture.
 */
async function copyMs(page: Page): Promise<number> {
  await removeProducers(page);
  let beganMs: number | null = null;
  const { timeMs } = await playUntil(page, 100, (shown) => shown.timeMs - (beganMs ??= shown.timeMs) >= STILL_MS);
  const { tasks, marks } = await traceWorker(page, /simulationWorker/, () =>
    page.evaluate(async (momentsMs) => {
      for (const momentMs of momentsMs) {
        performance.mark("seek from");
        await window.topiq.seek(momentMs);
        performance.mark("seek to");
        // What the worker does after it has answered belongs to no seek.
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }, Array.from({ length: SEEKS }, (_, at) => timeMs - (SEEN_MS * (at + 0.5)) / SEEKS)),
  );
  const ends = marks.get("seek to") ?? [];
  return Math.min(...(marks.get("seek from") ?? []).map((fromUs, at) => busyMs(tasks, fromUs, ends[at] ?? 0)).filter((taken) => taken > 0));
}

function copyInNode(): string {
  const cluster = bootCluster(busySpec(16));
  // Four producers of 10,000 records a second.
  runUntil(cluster, (RECORDS / 40_000) * 1_000_000);
  return ms(median(timesMs(15, () => void copyCluster(cluster))));
}

interface Heap {
  readonly name: string;
  readonly bytes: number;
}

async function measureHeaps(page: Page): Promise<Heap[]> {
  const session = await page.context().newCDPSession(page);
  const workers = await workersOf(session);
  const found = [{ name: "page", bytes: await heapBytes((method) => session.send(method)) }];
  for (const { name, send } of workers) found.push({ name, bytes: await heapBytes(send) });
  return found;
}

type Send = (method: "HeapProfiler.collectGarbage" | "Runtime.getHeapUsage") => Promise<unknown>;

async function heapBytes(send: Send): Promise<number> {
  await send("HeapProfiler.collectGarbage");
  const usage = await send("Runtime.getHeapUsage");
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage as { readonly usedSize: number; readonly embedderHeapUsedSize?: number; readonly backingStorageSize?: number };
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}

/** The page's workers, each with a way to speak to it: through the page, since Playwright opens no session to a worker. */
async function workersOf(session: CDPSession): Promise<{ readonly name: string; readonly send: Send }[]> {
  const workers: { name: string; send: Send }[] = [];
  let nextId = 1;
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    const send: Send = (method) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        session.on("Target.receivedMessageFromTarget", (event) => {
          const answer = JSON.parse(event.message) as { readonly id?: number; readonly result?: unknown; readonly error?: { readonly message: string } };
          if (event.sessionId !== sessionId || answer.id !== id) return;
          if (answer.error) reject(new Error(answer.error.message));
          else resolve(answer.result);
        });
        session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
      });
    workers.push({ name: targetInfo.url.replace(/^.*\//, ""), send });
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return workers;
}
