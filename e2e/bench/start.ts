import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { initialFiles, type Manifest } from "../../.ci/sizes.mjs";
import { type Measured, type Part, trial } from "./part";
import { figure, type Row } from "./report";

/** Cold starts, each in a fresh profile, by turns with a bare React Flow page built by the same bundler; and what is loaded for them. */
export const start: Part = {
  name: "start",
  title: "Cold start (fresh profile, local server; by turns with a bare React Flow page)",
  needsBrowser: true,
  trials: [
    trial(
      {
        paint: { what: "first paint", unit: "ms", goal: "300" },
        barePaint: { what: "    of a bare React Flow page", unit: "ms" },
        paintRatio: { what: "    beside the bare page", unit: "x", goal: "1.4x" },
        token: { what: "first moving token", unit: "ms", goal: "600" },
        bareToken: { what: "    the moving dot of a bare React Flow page", unit: "ms" },
        tokenRatio: { what: "    beside the bare page", unit: "x", goal: "1.4x" },
      },
      async (side) => {
        const [ours, bare] = [await side.inPage("", readColdStart, watch), await side.inBenchPage("bare.html", readColdStart, watch)];
        return {
          paint: ours.paintMs,
          barePaint: bare.paintMs,
          paintRatio: ours.paintMs / bare.paintMs,
          token: ours.tokenMs,
          bareToken: bare.tokenMs,
          tokenRatio: ours.tokenMs / bare.tokenMs,
        };
      },
    ),
    trial(
      {
        initial: { what: "initial JavaScript of the page, gzip", unit: "KiB", goal: "170" },
        workers: { what: "workers, gzip, loaded beside it", unit: "KiB" },
      },
      async (side): Promise<Measured<"initial" | "workers">> => {
        const { initial, workers } = shippedFiles((await side.site()).folder);
        return { initial: kibibytes(initial), workers: kibibytes(workers) };
      },
    ),
  ],
  ownRows: async (own) => {
    const { initial, workers } = shippedFiles((await own.site()).folder);
    return [...initial, ...workers].map((file): Row => ({ what: `    ${file.path}`, goal: "", measured: `${figure(kibibytes([file]))} KiB` }));
  },
};

const KIB = 1024;

interface ColdStart {
  /** From the navigation, ms. */
  readonly paintMs: number;
  readonly tokenMs: number;
}

const watch = (page: Page): Promise<unknown> => page.addInitScript(watchCanvas);

async function readColdStart(page: Page): Promise<ColdStart> {
  await page.waitForFunction(() => performance.getEntriesByName("token moved").length > 0);
  return page.evaluate(() => ({
    paintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    tokenMs: performance.getEntriesByName("token moved")[0]!.startTime,
  }));
}

/**
 * In the page, before anything else: looks each frame whether what the first canvas shows has changed since it first showed something. It takes
 * single pixels of it, a few from each thing that moves: to look costs next to nothing, however large the canvas is.
 */
function watchCanvas(): void {
  const small = new OffscreenCanvas(270, 180);
  const context = small.getContext("2d", { willReadFrequently: true });
  if (context) context.imageSmoothingEnabled = false;
  let first: number | null = null;
  requestAnimationFrame(function look() {
    const canvas = document.querySelector("canvas");
    if (canvas && context && canvas.width > 0 && canvas.height > 0) {
      context.clearRect(0, 0, small.width, small.height);
      context.drawImage(canvas, 0, 0, small.width, small.height);
      const pixels = new Uint32Array(context.getImageData(0, 0, small.width, small.height).data.buffer);
      let seen = 0;
      let isBlank = true;
      for (const pixel of pixels) {
        seen = (Math.imul(seen, 31) + pixel) | 0;
        if (pixel !== 0) isBlank = false;
      }
      if (!isBlank && first !== null && seen !== first) return void performance.mark("token moved");
      if (!isBlank) first ??= seen;
    }
    requestAnimationFrame(look);
  });
}

interface Shipped {
  readonly path: string;
  /** Zipped. */
  readonly bytes: number;
}

/** As `npm run check` counts them: all that the editor's first picture needs, and the workers beside it. */
function shippedFiles(folder: string): { readonly initial: readonly Shipped[]; readonly workers: readonly Shipped[] } {
  const manifest = JSON.parse(readFileSync(join(folder, ".vite", "manifest.json"), "utf8")) as Manifest; // the bundler's own
  const gzipped = (path: string): Shipped => ({ path, bytes: gzipSync(readFileSync(join(folder, path)), { level: 9 }).length });
  const initial = [...initialFiles(manifest)].map(gzipped).toSorted((one, other) => other.bytes - one.bytes);
  const workers = readdirSync(join(folder, "assets")).map((file) => `assets/${file}`).filter((file) => /Worker-.*\.js$/.test(file) && !initialFiles(manifest).has(file)).map(gzipped);
  return { initial, workers };
}

function kibibytes(files: readonly Shipped[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0) / KIB;
}
