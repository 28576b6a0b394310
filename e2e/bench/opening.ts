import type { Page } from "@playwright/test";
import { orders } from "../../src/scenario/presets/orders";
import type { Scenario } from "../../src/scenario/scenario";
import { figure, median, ms, repeat, type Part } from "./report";
import type { Stage } from "./stage";

/** Opens a kept run whose log is full, and one with a tenth of that, until the first picture is there; by turns. */
export const opening: Part = {
  name: "opening",
  title: "First picture of a kept run (100 kB records, kept in IndexedDB on a disk)",
  measure: async (stage) => {
    const [tenth, full] = [await firstPicturesMs(stage, TENTH_MS), await firstPicturesMs(stage, FULL_MS)];
    return [
      { what: "a tenth of a full log", goal: "", measured: ms(median(tenth)) },
      { what: "a full log (192 MiB)", goal: "3x of a tenth", measured: `${ms(median(full))}, ${figure(median(full) / median(tenth))}x` },
    ];
  },
};

/** Virtual ms at which the log of this scene is full, and a tenth of that. */
const FULL_MS = 60_000;
const TENTH_MS = 4000;

const large: Scenario = {
  ...orders,
  startMs: 0,
  producers: orders.producers.map((producer) => ({ ...producer, source: { ...producer.source, ratePerSecond: 25, valueSizeInBytes: 100_000 }, configs: { ...producer.configs, "batch.size": 16_384 } })),
};

function firstPicturesMs(stage: Stage, untilMs: number): Promise<number[]> {
  return stage.onDisk("./", async (page) => {
    await fill(page, untilMs);
    return repeat(5, async () => {
      await page.goto(page.url());
      return page.evaluate(async () => {
        await window.topiq.ready;
        return performance.now();
      });
    });
  });
}

/** Runs until the moment, or until the log is full, and keeps that. */
async function fill(page: Page, untilMs: number): Promise<void> {
  await page.evaluate(
    async ([scenario, endMs]) => {
      await window.topiq.ready;
      await window.topiq.load(scenario);
      // A full log rejects: then the run stands where it was full.
      await window.topiq.seek(endMs).catch(() => undefined);
    },
    [large, untilMs] as const,
  );
  await page.getByRole("alert").getByRole("button", { name: "Keep" }).click();
  await page.getByText("saved in this browser").waitFor();
  await page.evaluate(() => window.topiq.link("run"));
}
