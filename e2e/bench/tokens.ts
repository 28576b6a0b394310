import type { Page } from "@playwright/test";
import { mainThreadBusy } from "./mainThread";
import type { DrawCounts } from "./pages/countDraws";
import type { Part } from "./part";
import { figure, median, ms, type Row } from "./report";

/** The emitted token worker, fed ten frames a second by a worker as the simulation does; counted is what it puts on its canvas. */
export const tokens: Part = {
  name: "tokens",
  title: "Moving tokens in the built token worker (1280 x 720, 60 edges)",
  needsBrowser: true,
  trials: [],
  ownRows: async (own) => {
    const rows: Row[] = [];
    for (const count of [2000, 10_000, 20_000]) rows.push(...(await own.inBenchPage("tokens.html", (page) => measureTokens(page, count))));
    return rows;
  },
};

/** All tokens are on their way after two seconds. */
const WARM_UP_MS = 2500;
const WALL_MS = 3000;
const STALL_MS = 100;

async function measureTokens(page: Page, count: number): Promise<Row[]> {
  await page.waitForFunction(() => "startTokens" in window);
  await page.evaluate((given) => window.startTokens(given), count);
  await page.evaluate((wallMs) => window.countDraws(wallMs, 0), WARM_UP_MS);
  const free = await mainThreadBusy(page, () => page.evaluate((wallMs) => window.countDraws(wallMs, 0), WALL_MS));
  const stalled = await page.evaluate(([wallMs, stallMs]) => window.countDraws(wallMs, stallMs), [WALL_MS, STALL_MS] as const);
  const name = `${figure(count)} tokens`;
  return [
    { what: `${name}: frames a second`, goal: count === 20_000 ? "59" : "", measured: `${drawn(free.value)}; the worker is busy ${ms(median(free.value.busyMs))} a frame` },
    { what: `${name}: the page's own thread, a frame`, goal: "1.5 ms", measured: ms(free.msPerSecond / framesPerSecond(free.value)) },
    { what: `${name}: frames a second, page blocked ${STALL_MS} of every ${2 * STALL_MS} ms`, goal: "unaffected", measured: drawn(stalled) },
  ];
}

function framesPerSecond({ drawnMs, startMs, endMs }: DrawCounts): number {
  return drawnMs.length / ((endMs - startMs) / 1000);
}

function drawn(counts: DrawCounts): string {
  const gaps = counts.drawnMs.slice(1).map((at, index) => at - counts.drawnMs[index]!);
  return `${figure(framesPerSecond(counts))} (longest gap ${ms(Math.max(0, ...gaps))})`;
}
