import type { Page } from "@playwright/test";
import { keep, look, openScene, play, type Shown, waitFor } from "./drive";
import { type Measured, type Part, trial } from "./part";
import { type BatchSize, busyScene } from "./scenes";
import type { Side } from "./sides/side";

/** The built page, end to end: the engine in its worker under the wall clock, every frame drawn, and in the editor every batch kept. */
export const worker: Part = {
  name: "worker",
  title: "End to end in the built page at speed 100 (one broker, RF 1; every record processed by all 4 groups, every frame shown)",
  needsBrowser: true,
  trials: [
    trial({ records: { what: "1 record a batch, in memory (embed)", unit: "records/s", goal: "1,000,000" } }, (side) => inMemory(side, 1)),
    trial({ records: { what: "some 16 records a batch, in memory (embed)", unit: "records/s", goal: "5,000,000" } }, (side) => inMemory(side, 16)),
    trial({ records: { what: "1 record a batch, kept in IndexedDB (editor)", unit: "records/s", goal: "500,000" } }, (side) => kept(side, 1)),
    trial({ records: { what: "some 16 records a batch, kept in IndexedDB (editor)", unit: "records/s", goal: "500,000" } }, (side) => kept(side, 16)),
  ],
};

const WARM_UP_RECORDS = 40_000;
/** Long enough, and short enough for the log of a fast engine. */
const WALL_MS = 4000;
const MOST_RECORDS = 1_000_000;

function inMemory(side: Side, size: BatchSize): Promise<Measured<"records">> {
  return side.inPage("?embed", async (page) => {
    await openScene(page, busyScene(size));
    return { records: (await recordsPerSecond(page)).records };
  });
}

function kept(side: Side, size: BatchSize): Promise<Measured<"records">> {
  return side.onDisk("", async (page) => {
    await openScene(page, busyScene(size));
    await keep(page);
    const { records, last } = await recordsPerSecond(page);
    await needKept(page, last);
    return { records };
  });
}

/** Plays as fast as it goes; counts what the page shows as stored, and processed by every group. */
async function recordsPerSecond(page: Page): Promise<{ readonly records: number; readonly last: Shown }> {
  await play(page, 100);
  let first = await look(page);
  for (; first.done < WARM_UP_RECORDS; first = await look(page)) await waitFor(page, 50);
  let last = first;
  // On a machine that is very busy no picture may come for seconds.
  while ((last.wallMs - first.wallMs < WALL_MS || last.done === first.done) && last.done < MOST_RECORDS) {
    await waitFor(page, 250);
    last = await look(page);
  }
  await page.evaluate(() => window.topiq.pause());
  return { records: (last.done - first.done) / ((last.wallMs - first.wallMs) / 1000), last };
}

/** A figure of a run that was not kept would be another figure: what was shown must be there again after the page was left. */
async function needKept(page: Page, before: Shown): Promise<void> {
  await page.goto(page.url());
  await page.evaluate(() => window.topiq.ready);
  if ((await look(page)).done < before.done) throw new Error("what was shown was not kept: storage failed on the way");
}
