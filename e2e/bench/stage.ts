import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { dist, ensureBuilt } from "../../.ci/build.mjs";
import { findChromium } from "../../.ci/chromium.mjs";
import { root } from "../../.ci/shell.mjs";
import { serve } from "../../.ci/static-server.mjs";

const VIEWPORT = { width: 1440, height: 900 };

/**
 * What the measurements in a browser need: a copy of the built page with the bench's own pages under `bench/`, served, and one Chromium.
 * All of it is made when it is first asked for, and gone after `close`.
 */
export class Stage {
  #opening: Promise<OpenStage> | null = null;

  open(): Promise<OpenStage> {
    this.#opening ??= openStage();
    return this.#opening;
  }

  /** Does some work in a fresh page of a fresh context: nothing cached, storage in memory. */
  async inPage<Value>(address: string, work: (page: Page, stage: OpenStage) => Promise<Value>, beforeLoad?: (page: Page) => Promise<unknown>): Promise<Value> {
    const stage = await this.open();
    const context = await stage.browser.newContext({ viewport: VIEWPORT, locale: "en" });
    return visit(context, stage, address, work, beforeLoad);
  }

  /** The same in a profile on disk, where IndexedDB writes to a disk, too. */
  async onDisk<Value>(address: string, work: (page: Page, stage: OpenStage) => Promise<Value>): Promise<Value> {
    const stage = await this.open();
    const profile = mkdtempSync(join(tmpdir(), "topiq-bench-profile-"));
    try {
      const context = await chromium.launchPersistentContext(profile, { executablePath: stage.executablePath, viewport: VIEWPORT, locale: "en" });
      return await visit(context, stage, address, work);
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  async close(): Promise<void> {
    const stage = await this.#opening?.catch(() => null);
    if (!stage) return;
    await stage.browser.close();
    stage.stopServing();
    rmSync(stage.folder, { recursive: true, force: true });
  }
}

export interface OpenStage {
  /** Where the built page is served; ends with a slash. */
  readonly url: string;
  /** The served files. */
  readonly folder: string;
  readonly executablePath: string;
  readonly browser: Browser;
  readonly stopServing: () => void;
}

async function visit<Value>(
  context: BrowserContext,
  stage: OpenStage,
  address: string,
  work: (page: Page, stage: OpenStage) => Promise<Value>,
  beforeLoad?: (page: Page) => Promise<unknown>,
): Promise<Value> {
  try {
    const page = await context.newPage();
    // A page that fails measures nothing: its error ends the part.
    const failed = new Promise<never>((_, reject) => page.on("pageerror", reject));
    await beforeLoad?.(page);
    await page.goto(stage.url + address);
    return await Promise.race([work(page, stage), failed]);
  } finally {
    await context.close();
  }
}

async function openStage(): Promise<OpenStage> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("There is no Chromium for the measurements: install one, or set CHROMIUM_PATH to its executable.");
  const built = await ensureBuilt();
  if (built.code !== 0) throw new Error(built.output);
  const folder = mkdtempSync(join(tmpdir(), "topiq-bench-"));
  cpSync(dist, folder, { recursive: true });
  await buildBenchPages(join(folder, "bench"));
  // Counts what the emitted worker draws, from within: the file itself stays as it is.
  const tokenWorker = onlyFile(join(folder, "assets"), /^tokenWorker-.*\.js$/);
  const counter = onlyFile(join(folder, "bench", "assets"), /^countDraws-.*\.js$/);
  writeFileSync(join(folder, "bench", "countedTokenWorker.js"), `import "./assets/${counter}";\nimport "../assets/${tokenWorker}";\n`);
  const { url, close } = await serve(folder, { port: 0 });
  const browser = await chromium.launch({ executablePath });
  return { url, folder, executablePath, browser, stopServing: close };
}

async function buildBenchPages(outDir: string): Promise<void> {
  const source = join(root, "e2e", "bench", "pages");
  await build({
    configFile: false,
    root: source,
    base: "./",
    logLevel: "error",
    plugins: [react()],
    worker: { format: "es" },
    build: {
      outDir,
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: ["bare.html", "tokens.html", "frame.html", "countDraws.ts"].map((file) => join(source, file)) },
    },
  });
}

function onlyFile(folder: string, pattern: RegExp): string {
  const [file, ...others] = readdirSync(folder).filter((name) => pattern.test(name));
  if (!file || others.length > 0) throw new Error(`there should be one file like ${pattern} in the built page`);
  return file;
}
