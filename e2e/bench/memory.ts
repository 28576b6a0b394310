import type { CDPSession, Page } from "@playwright/test";
import { figure, megabytes, type Part } from "./report";
import { playBusy, shown } from "./worker";

/** The heaps of the page and of its workers after a million records, all garbage collected: objects, and the bytes that buffers hold. */
export const memory: Part = {
  name: "memory",
  title: "Memory with a million records in the log (100 B each; checkpoints for rewinding included)",
  measure: async (stage) => {
    const { records, heaps } = await stage.inPage("?embed", fillAndMeasure);
    const total = heaps.reduce((sum, { bytes }) => sum + bytes, 0);
    return [
      { what: `page and workers with ${figure(records)} records`, goal: "250 MB", measured: megabytes(total) },
      ...heaps.map(({ name, bytes }) => ({ what: `    ${name}`, goal: "", measured: megabytes(bytes) })),
    ];
  },
};

const RECORDS = 1_000_000;
const PATIENCE_MS = 90_000;

interface Heap {
  readonly name: string;
  readonly bytes: number;
}

async function fillAndMeasure(page: Page): Promise<{ readonly records: number; readonly heaps: readonly Heap[] }> {
  await playBusy(page, 16);
  const endMs = performance.now() + PATIENCE_MS;
  let records = 0;
  while (records < RECORDS && performance.now() < endMs) {
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    records = (await shown(page)).done;
  }
  await page.evaluate(() => window.topiq.pause());
  return { records, heaps: await measureHeaps(page) };
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
