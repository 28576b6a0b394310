import type { Page } from "@playwright/test";
import { keep, look, openScene, playUntil, removeProducers } from "./drive";
import { type Part, trial } from "./part";
import { heavyScene } from "./scenes";
import type { Side } from "./sides/side";

/** Opens a kept run whose log is full, and one with a tenth of that, until the first picture is there; by turns. */
export const opening: Part = {
  name: "opening",
  title: "First picture of a kept run (100 kB records, kept in IndexedDB on a disk)",
  needsBrowser: true,
  trials: [
    trial(
      {
        tenth: { what: "a tenth of a full log", unit: "ms" },
        full: { what: "a full log (192 MiB)", unit: "ms" },
        ratio: { what: "    beside a tenth", unit: "x", goal: "3x" },
      },
      async (side) => {
        const [tenth, full] = [await firstPictureMs(side, TENTH_MS), await firstPictureMs(side, FULL_MS)];
        return { tenth, full, ratio: full / tenth };
      },
    ),
  ],
};

/** Virtual ms at which the log of this scene is all but full, and a tenth of that. */
const FULL_MS = 44_000;
const TENTH_MS = 4400;

function firstPictureMs(side: Side, untilMs: number): Promise<number> {
  return side.onDisk("", async (page) => {
    const records = await fill(page, untilMs);
    const address = page.url();
    await leave(page);
    await page.goto(address);
    const takenMs = await page.evaluate(() => window.topiq.ready.then(() => performance.now()));
    if ((await look(page)).stored < records) throw new Error("what was kept is not what was opened again");
    return takenMs;
  });
}

/** Goes where nothing is, and waits until the page that was there is gone with its locks: what opens a run waits for them, too. */
async function leave(page: Page): Promise<void> {
  await page.goto(new URL("nothing", page.url()).href);
  await page.evaluate(async () => {
    while (((await navigator.locks.query()).held ?? []).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

/** Opens the scene at a moment, and keeps it there; how many records its log holds. */
async function fill(page: Page, untilMs: number): Promise<number> {
  await openScene(page, heavyScene(untilMs));
  await keep(page);
  // So that the log stays as it is, also where the run plays on when it is opened again.
  await removeProducers(page);
  // What is shown is kept: a later picture says that all of it is.
  return (await playUntil(page, 1, ({ timeMs }) => timeMs >= untilMs + STILL_MS)).stored;
}

/** Virtual ms after which there is a later picture for sure. */
const STILL_MS = 1000;
