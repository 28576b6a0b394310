import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { figure, median, ms, type Part, repeat, type Row } from "./report";
import type { Stage } from "./stage";

/** Cold starts, each in a fresh profile, by turns with a bare React Flow page built by the same bundler; and what is loaded for them. */
export const start: Part = {
  name: "start",
  title: "Cold start (fresh profile, local server; by turns with a bare React Flow page)",
  measure: async (stage) => {
    const runs = await repeat(RUNS, async () => ({ ours: await coldStart(stage, ""), bare: await coldStart(stage, "bench/bare.html") }));
    const firstPaint = ratio(runs, ({ paintMs }) => paintMs);
    const firstToken = ratio(runs, ({ tokenMs }) => tokenMs);
    return [
      { what: "first paint", goal: "300 ms, 1.4 x bare", measured: firstPaint },
      { what: "first moving token (bare: a moving dot)", goal: "600 ms, 1.4 x bare", measured: firstToken },
      ...sizes((await stage.open()).folder, runs.at(-1)!.ours.scripts),
    ];
  },
};

const RUNS = 5;
const KIB = 1024;

interface ColdStart {
  /** From the navigation, ms. */
  readonly paintMs: number;
  readonly tokenMs: number;
  /** Paths of the scripts that were asked for until the first paint, workers included. */
  readonly scripts: readonly string[];
}

function ratio(runs: readonly { readonly ours: ColdStart; readonly bare: ColdStart }[], valueOf: (run: ColdStart) => number): string {
  const ours = median(runs.map((run) => valueOf(run.ours)));
  const bare = median(runs.map((run) => valueOf(run.bare)));
  return `${ms(ours)}; bare ${ms(bare)}; ratio ${figure(ours / bare)}`;
}

function coldStart(stage: Stage, address: string): Promise<ColdStart> {
  return stage.inPage(address, readColdStart, (page) => page.addInitScript(watchCanvas));
}

async function readColdStart(page: Page, { url }: { readonly url: string }): Promise<ColdStart> {
  await page.waitForFunction(() => performance.getEntriesByName("token moved").length > 0);
  const { paintMs, tokenMs, requested } = await page.evaluate(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
    const resources = performance.getEntriesByType("resource").filter(({ name, startTime }) => name.endsWith(".js") && startTime <= paint);
    return { paintMs: paint, tokenMs: performance.getEntriesByName("token moved")[0]!.startTime, requested: resources.map(({ name }) => name) };
  });
  return { paintMs, tokenMs, scripts: requested.map((name) => name.slice(url.length)) };
}

/** In the page, before anything else: looks each frame whether what the first canvas shows has changed since it first showed something. */
function watchCanvas(): void {
  const small = new OffscreenCanvas(360, 225);
  const context = small.getContext("2d", { willReadFrequently: true });
  let first: string | null = null;
  requestAnimationFrame(function look() {
    const canvas = document.querySelector("canvas");
    if (canvas && context && canvas.width > 0 && canvas.height > 0) {
      context.clearRect(0, 0, small.width, small.height);
      context.drawImage(canvas, 0, 0, small.width, small.height);
      const pixels = new Uint32Array(context.getImageData(0, 0, small.width, small.height).data.buffer);
      const seen = pixels.reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0, 0).toString();
      const isBlank = pixels.every((pixel) => pixel === 0);
      if (!isBlank && first !== null && seen !== first) return void performance.mark("token moved");
      if (!isBlank) first ??= seen;
    }
    requestAnimationFrame(look);
  });
}

function sizes(folder: string, scripts: readonly string[]): Row[] {
  const gzipped = [...new Set(scripts)].map((path) => ({ path, bytes: gzipSync(readFileSync(join(folder, path)), { level: 9 }).length }));
  const isWorker = ({ path }: { readonly path: string }): boolean => /Worker-/.test(path);
  const row = (what: string, goal: string, files: typeof gzipped): Row => ({ what, goal, measured: `${figure(files.reduce((sum, { bytes }) => sum + bytes, 0) / KIB)} KiB` });
  return [
    row("initial JavaScript of the page until the first paint, gzip", "170 KiB", gzipped.filter((file) => !isWorker(file))),
    row("workers until the first paint, gzip, loaded beside it", "", gzipped.filter(isWorker)),
    ...gzipped.toSorted((one, other) => other.bytes - one.bytes).map((file) => row(`    ${file.path}`, "", [file])),
  ];
}
