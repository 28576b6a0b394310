import type { Page } from "@playwright/test";
import { figure, median, type Part, repeat, type Row } from "./report";
import { type BatchSize, busyScenario } from "./scenes";

/** The built page, end to end: the engine in its worker under the wall clock, every frame drawn, and in the editor every batch kept. */
export const worker: Part = {
  name: "worker",
  title: "End to end in the built page at speed 100 (one broker, RF 1; every record processed by all 4 groups, every frame shown)",
  measure: async (stage) => {
    const rows: Row[] = [];
    for (const [size, goal] of [[1, "1,000,000"], [16, "5,000,000"]] as const) {
      const records = await stage.inPage("?embed", (page) => recordsPerSecond(page, size));
      rows.push({ what: `records a second, ${words[size]}, in memory (embed)`, goal, measured: figure(records) });
    }
    for (const size of [1, 16] as const) {
      const { records, isKept } = await stage.onDisk("", async (page) => ({ records: await recordsPerSecond(page, size), isKept: await isShownKept(page) }));
      const failure = isKept ? "" : " NOT KEPT: storage failed on the way";
      rows.push({ what: `records a second, ${words[size]}, kept in IndexedDB (editor)`, goal: "500,000", measured: figure(records) + failure });
    }
    return rows;
  },
};

const words: Readonly<Record<BatchSize, string>> = { 1: "1 a batch", 16: "some 16 a batch" };
const RUNS = 3;
const WALL_MS = 2000;

/** Loads the busy world and plays it as fast as it goes; counts what the page shows as stored, and processed by every group. */
async function recordsPerSecond(page: Page, size: BatchSize): Promise<number> {
  await playBusy(page, size);
  const rates = await repeat(RUNS, async () => {
    const before = await shown(page);
    await page.evaluate((wallMs) => new Promise((resolve) => setTimeout(resolve, wallMs)), WALL_MS);
    const after = await shown(page);
    return (after.done - before.done) / ((after.wallMs - before.wallMs) / 1000);
  });
  return median(rates);
}

/** Plays the busy world at speed 100, from when it is at work. */
export async function playBusy(page: Page, size: BatchSize): Promise<void> {
  await page.evaluate(async (scenario) => {
    await window.topiq.ready;
    await window.topiq.load(scenario);
    window.topiq.setSpeed(100);
    window.topiq.play();
  }, busyScenario(size));
  while ((await shown(page)).done < 10_000) await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

/** What the page shows: records stored and processed by every group, and its own wall clock at that moment. */
export function shown(page: Page): Promise<{ readonly done: number; readonly wallMs: number }> {
  return page.evaluate(() => {
    const image = window.topiq.image();
    const stored = image?.topics["load"]?.recordCount ?? 0;
    const processed = Object.values(image?.groups ?? {}).map((group) => group.processed);
    return { done: Math.min(stored, ...processed), wallMs: performance.now() };
  });
}

/** Whether IndexedDB has the run up to what was shown. */
function isShownKept(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const answered = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error ?? new Error("refused")));
      });
    window.topiq.pause();
    const shownUs = window.topiq.image()?.clock.timeUs ?? Infinity;
    const database = await answered(indexedDB.open("topiq"));
    const progress: { readonly durableTimeUs: number }[] = await answered(database.transaction("progress").objectStore("progress").getAll());
    database.close();
    return progress.some(({ durableTimeUs }) => durableTimeUs >= shownUs);
  });
}
