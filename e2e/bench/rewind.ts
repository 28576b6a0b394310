import type { Page } from "@playwright/test";
import { advance, beginHistory, seek } from "../../src/core/cluster/history";
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
      seek(history, momentMs * 1000);
      return performance.now() - startMs;
    }),
  );
}

async function inBrowser(page: Page, scenario: Scenario): Promise<string> {
  await page.evaluate(async (given) => {
    await window.topiq.ready;
    await window.topiq.load(given);
    window.topiq.setSpeed(100);
    window.topiq.play();
  }, scenario);
  await page.waitForFunction((endUs) => (window.topiq.image()?.clock.timeUs ?? 0) >= endUs, RUN_MS * 1000);
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

function told(times: readonly number[]): string {
  return `median ${ms(median(times))}, worst ${ms(Math.max(...times))}`;
}
