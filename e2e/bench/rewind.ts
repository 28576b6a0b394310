import type { Page } from "@playwright/test";
import { advance, finish, windTo } from "../../src/core/history/winding";
import { beginHistory } from "../../src/core/history/begin";
import { give } from "../../src/core/history/give";
import { swapFuture } from "../../src/core/history/future";
import { nextBelow, randomStream } from "../../src/core/sim/random";
import { orders } from "../../src/scenario/presets/orders";
import type { Scenario } from "../../src/scenario/scenario";
import { largeScenario } from "../../src/scenario/testScenario";
import { median, ms, type Part } from "./report";

/** Seeks to random moments of ten virtual minutes: the function alone, and in the built page until the moment is on the screen. */
export const rewind: Part = {
  name: "rewind",
  title: "Rewind to random moments of a ten-minute run (50 seeks)",
  measure: async (stage) => [
    { what: "the opening scene, in Node", goal: "100 ms", measured: inNode(orders) },
    { what: "5 producers, 3 topics, 4 groups, 12 consumers, in Node", goal: "100 ms", measured: inNode(largeScenario()) },
    { what: "the opening scene, in the page, until it is shown", goal: "100 ms", measured: await stage.inPage("?embed", (page) => inBrowser(page, orders)) },
    { what: "the same, kept, after the page was loaded again", goal: "100 ms", measured: await stage.onDisk("?preset=orders", afterReload) },
    { what: "undo of a fork at its first minute, 100 records/s, in Node", goal: "100 ms", measured: forkInNode() },
    { what: "the same, in the page, from the key until it is shown", goal: "100 ms", measured: await stage.inPage("./", forkInBrowser) },
  ],
};

const RUN_MS = 600_000;
const random = randomStream(1, "seeks");
const momentsMs = Array.from({ length: 50 }, () => nextBelow(random, RUN_MS));

function inNode(scenario: Scenario): string {
  const history = beginHistory(scenario);
  advance(history, RUN_MS * 1000);
  return told(
    momentsMs.map((momentMs) => {
      const startMs = performance.now();
      finish(windTo(history, { timeUs: momentMs * 1000, eventCount: null, applied: null }));
      return performance.now() - startMs;
    }),
  );
}

async function inBrowser(page: Page, scenario: Scenario): Promise<string> {
  await page.evaluate(
    async ([given, endMs]) => {
      await window.topiq.ready;
      await window.topiq.load(given);
      await window.topiq.seek(endMs);
    },
    [scenario, RUN_MS] as const,
  );
  return seeksInPage(page);
}

async function seeksInPage(page: Page): Promise<string> {
  const times = await page.evaluate(async (moments) => {
    window.topiq.pause();
    const taken: number[] = [];
    for (const momentMs of moments) {
      const startMs = performance.now();
      await window.topiq.seek(momentMs);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      taken.push(performance.now() - startMs);
    }
    return taken;
  }, momentsMs);
  return told(times);
}

/** The run is kept as it is played; the page that opens it again has seen nothing of it. */
async function afterReload(page: Page): Promise<string> {
  await page.evaluate(async (endMs) => {
    await window.topiq.ready;
    // In steps, as playing would do it, so that checkpoints are kept on the way.
    for (let timeMs = 30_000; timeMs <= endMs; timeMs += 2000) await window.topiq.seek(timeMs);
  }, RUN_MS);
  await page.goto(page.url().replace(/\?.*$/, ""));
  await page.evaluate(() => window.topiq.ready);
  return seeksInPage(page);
}

/** The opening scene at 100 records a second. */
const brisk: Scenario = {
  ...orders,
  producers: orders.producers.map((producer) => ({ ...producer, source: { ...producer.source, ratePerSecond: 100 / orders.producers.length } })),
  consumers: orders.consumers.map((consumer) => ({ ...consumer, processing: { timeMs: 10 } })),
};

const addition = { type: "addGroup", group: { groupId: "fork", topics: ["orders"], configs: {} } } as const;

function forkInNode(): string {
  const history = beginHistory(brisk);
  advance(history, RUN_MS * 1000);
  return told(
    Array.from({ length: 11 }, () => {
      finish(windTo(history, { timeUs: 60_000_000, eventCount: null, applied: null }));
      const { dropped } = give(history, addition);
      if (!dropped) throw new Error("nothing was dropped");
      const startMs = performance.now();
      swapFuture(history, dropped);
      return performance.now() - startMs;
    }),
  );
}

async function forkInBrowser(page: Page): Promise<string> {
  const times = await page.evaluate(
    async ([scenario, command, endMs]) => {
      await window.topiq.ready;
      await window.topiq.load(scenario);
      await window.topiq.seek(endMs);
      const hasFork = (): boolean => Object.hasOwn(window.topiq.image()?.groups ?? {}, "fork");
      const taken: number[] = [];
      for (let time = 0; time < 11; time++) {
        await window.topiq.seek(60_000);
        await window.topiq.submit(command);
        const startMs = performance.now();
        dispatchEvent(new KeyboardEvent("keydown", { key: "z", code: "KeyZ", ctrlKey: true, bubbles: true }));
        while (hasFork()) await new Promise((resolve) => requestAnimationFrame(resolve));
        taken.push(performance.now() - startMs);
      }
      return taken;
    },
    [brisk, addition, RUN_MS] as const,
  );
  return told(times);
}

function told(times: readonly number[]): string {
  return `median ${ms(median(times))}, worst ${ms(Math.max(...times))}`;
}
