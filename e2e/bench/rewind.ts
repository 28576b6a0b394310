import type { Page } from "@playwright/test";
import { advance, finish, windTo } from "../../src/core/history/winding";
import { beginHistory } from "../../src/core/history/begin";
import { give } from "../../src/core/history/give";
import { swapFuture } from "../../src/core/history/future";
import { nextBelow, randomStream } from "../../src/core/sim/random";
import { openScene, playUntil } from "./drive";
import { type Figure, type Measured, type Part, trial } from "./part";
import { median, ms } from "./report";
import { briskScene, largeScene, ordersScene, type SceneDocument } from "./scenes";

/** Seeks to random moments of ten virtual minutes: the function alone, and in the built page until the moment is on the screen. */
export const rewind: Part = {
  name: "rewind",
  title: "Rewind to random moments of a ten-minute run (50 seeks)",
  needsBrowser: true,
  trials: [
    trial(figuresOf("the opening scene, in the page, until it is shown"), (side) => side.inPage("?embed", (page) => inBrowser(page, ordersScene()))),
    trial(figuresOf("the same, kept, after the page was loaded again"), (side) => side.onDisk("?preset=orders", afterReload)),
    trial(figuresOf("undo of a fork in its first minute, from the key until it is shown"), (side) => side.inPage("", forkInBrowser)),
  ],
  ownRows: async () => [
    { what: "the opening scene, in Node", goal: "100 ms", measured: inNode(ordersScene()) },
    { what: "5 producers, 3 topics, 4 groups, 12 consumers, in Node", goal: "100 ms", measured: inNode(largeScene()) },
    { what: "undo of a fork in its first minute, in Node", goal: "100 ms", measured: forkInNode() },
  ],
};

function figuresOf(what: string): Readonly<Record<"middle" | "worst", Figure>> {
  return { middle: { what, unit: "ms", goal: "100" }, worst: { what: "    at worst", unit: "ms" } };
}

const RUN_MS = 600_000;
const random = randomStream(1, "seeks");
const momentsMs = Array.from({ length: 50 }, () => nextBelow(random, RUN_MS));

function inNode(scene: SceneDocument): string {
  const history = beginHistory(scene);
  advance(history, RUN_MS * 1000);
  return told(
    momentsMs.map((momentMs) => {
      const startMs = performance.now();
      finish(windTo(history, { timeUs: momentMs * 1000, eventCount: null, applied: null }));
      return performance.now() - startMs;
    }),
  );
}

async function inBrowser(page: Page, scene: SceneDocument): Promise<Measured<"middle" | "worst">> {
  await openScene(page, scene);
  await playWhole(page);
  return seeksInPage(page);
}

/** Played, not sought: not every commit seeks ahead. */
async function playWhole(page: Page): Promise<void> {
  await playUntil(page, 100, ({ timeMs }) => timeMs >= RUN_MS);
}

async function seeksInPage(page: Page): Promise<Measured<"middle" | "worst">> {
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
  return middleAndWorst(times);
}

/** The run is kept as it is played; the page that opens it again has seen nothing of it. */
async function afterReload(page: Page): Promise<Measured<"middle" | "worst">> {
  await page.evaluate(() => window.topiq.ready);
  await playWhole(page);
  await page.goto(page.url().replace(/\?.*$/, ""));
  await page.evaluate(() => window.topiq.ready);
  return seeksInPage(page);
}

const addition = { type: "addGroup", group: { groupId: "fork", topics: ["orders"], configs: {} } } as const;

function forkInNode(): string {
  const history = beginHistory(briskScene());
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

async function forkInBrowser(page: Page): Promise<Measured<"middle" | "worst">> {
  await openScene(page, briskScene());
  await playWhole(page);
  const times = await page.evaluate(async (command) => {
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
  }, addition);
  return middleAndWorst(times);
}

function middleAndWorst(times: readonly number[]): Measured<"middle" | "worst"> {
  return { middle: median(times), worst: Math.max(...times) };
}

function told(times: readonly number[]): string {
  return `median ${ms(median(times))}, worst ${ms(Math.max(...times))}`;
}
