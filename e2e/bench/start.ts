import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { initialFiles, type Manifest } from "../../.ci/sizes.mjs";
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
      ...sizes((await stage.open()).folder),
    ];
  },
};

const RUNS = 5;
const KIB = 1024;

interface ColdStart {
  /** From the navigation, ms. */
  readonly paintMs: number;
  readonly tokenMs: number;
}

function ratio(runs: readonly { readonly ours: ColdStart; readonly bare: ColdStart }[], valueOf: (run: ColdStart) => number): string {
  const ours = median(runs.map((run) => valueOf(run.ours)));
  const bare = median(runs.map((run) => valueOf(run.bare)));
  return `${ms(ours)}; bare ${ms(bare)}; ratio ${figure(ours / bare)}`;
}

function coldStart(stage: Stage, address: string): Promise<ColdStart> {
  return stage.inPage(address, readColdStart, (page) => page.addInitScript(watchCanvas));
}

async function readColdStart(page: Page): Promise<ColdStart> {
  await page.waitForFunction(() => performance.getEntriesByName("token moved").length > 0);
  return page.evaluate(() => ({
    paintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    tokenMs: performance.getEntriesByName("token moved")[0]!.startTime,
  }));
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

/** As `npm run check` counts them: all that the editor's first picture needs, and the workers beside it. */
function sizes(folder: string): Row[] {
  const manifest = JSON.parse(readFileSync(join(folder, ".vite", "manifest.json"), "utf8")) as Manifest; // the bundler's own
  const gzipped = (path: string): { path: string; bytes: number } => ({ path, bytes: gzipSync(readFileSync(join(folder, path)), { level: 9 }).length });
  const row = (what: string, goal: string, files: readonly { readonly bytes: number }[]): Row => ({ what, goal, measured: `${figure(files.reduce((sum, { bytes }) => sum + bytes, 0) / KIB)} KiB` });
  const initial = [...initialFiles(manifest)].map(gzipped).toSorted((one, other) => other.bytes - one.bytes);
  const workers = readdirSync(join(folder, "assets")).filter((file) => /Worker-.*\.js$/.test(file)).map((file) => gzipped(`assets/${file}`));
  return [
    row("initial JavaScript of the page, gzip", "170 KiB", initial),
    row("workers, gzip, loaded beside it", "", workers),
    ...[...initial, ...workers].map((file) => row(`    ${file.path}`, "", [file])),
  ];
}
