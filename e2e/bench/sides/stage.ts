import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { findChromium } from "../../../.ci/chromium.mjs";
import { root } from "../../../.ci/shell.mjs";
import { serve } from "../../../.ci/static-server.mjs";
import { BenchProblem } from "./problem";

const VIEWPORT = { width: 1440, height: 900 };

/** Wall ms that one piece of work in a page may take: whoever hangs is left, and says so. */
const LIMIT_MS = 300_000;

export interface Site {
  /** Where it is served; ends with a slash. */
  readonly url: string;
  /** The served files. */
  readonly folder: string;
}

/**
 * What the measurements in a browser share: one Chromium, and folders that are served. All of it is made when it is first asked for, and
 * gone after `close`.
 */
export class Stage {
  private readonly executable: Promise<string | null> = findChromium();
  private opening: Promise<Browser> | null = null;
  private readonly stops: (() => void)[] = [];
  private readonly folders = new Set<string>();
  private isClosed = false;

  /** Refuses before anything is measured, so that nobody waits for half of a table. */
  async needBrowser(): Promise<void> {
    if (!(await this.executable)) throw new BenchProblem("There is no Chromium for the measurements: install one, or set CHROMIUM_PATH to its executable.");
  }

  /** For people. */
  async browserName(): Promise<string> {
    if (!(await this.executable)) return "no Chromium";
    return `Chromium ${(await this.browser()).version()}`;
  }

  /** Does some work in a fresh page of a fresh context: nothing cached, storage in memory. */
  async inPage<Value>(address: string, work: (page: Page) => Promise<Value>, beforeLoad?: (page: Page) => Promise<unknown>): Promise<Value> {
    const browser = await this.browser();
    return visit(await browser.newContext({ viewport: VIEWPORT, locale: "en" }), address, work, beforeLoad);
  }

  /** The same in a profile on disk, where IndexedDB writes to a disk, too. */
  async onDisk<Value>(address: string, work: (page: Page) => Promise<Value>): Promise<Value> {
    await this.needBrowser();
    this.refuseClosed();
    const profile = this.folder("profile");
    try {
      const context = await chromium.launchPersistentContext(profile, { ...(await this.launchOptions()), viewport: VIEWPORT, locale: "en" });
      return await visit(context, address, work);
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  /** Serves a folder until `close`. */
  async serve(folder: string): Promise<Site> {
    const { url, close } = await serve(folder, { port: 0 });
    this.stops.push(close);
    return { url, folder };
  }

  /** Serves a copy of a built page with the bench's own pages under `bench/`. */
  async serveWithBenchPages(dist: string): Promise<Site> {
    const folder = this.folder("pages");
    cpSync(dist, folder, { recursive: true });
    await buildBenchPages(join(folder, "bench"));
    // Counts what the emitted worker draws, from within: the file itself stays as it is.
    const tokenWorker = onlyFile(join(folder, "assets"), /^tokenWorker-.*\.js$/);
    const counter = onlyFile(join(folder, "bench", "assets"), /^countDraws-.*\.js$/);
    writeFileSync(join(folder, "bench", "countedTokenWorker.js"), `import "./assets/${counter}";\nimport "../assets/${tokenWorker}";\n`);
    return this.serve(folder);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const browser = await this.opening?.catch(() => null);
    await browser?.close();
    for (const stop of this.stops.splice(0)) stop();
    this.removeFolders();
  }

  /** At once, and as often as wanted: what was under way when it was closed may have put something back. */
  removeFolders(): void {
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private folder(name: string): string {
    const folder = mkdtempSync(join(tmpdir(), `topiq-bench-${name}-`));
    this.folders.add(folder);
    return folder;
  }

  private browser(): Promise<Browser> {
    this.refuseClosed();
    this.opening ??= this.needBrowser().then(async () => chromium.launch(await this.launchOptions()));
    return this.opening;
  }

  /** Playwright would end this process at Ctrl+C, before what was checked out is removed. */
  private async launchOptions() {
    return { executablePath: (await this.executable) ?? "", handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  }

  private refuseClosed(): void {
    if (this.isClosed) throw new Error("the bench has ended");
  }
}

async function visit<Value>(context: BrowserContext, address: string, work: (page: Page) => Promise<Value>, beforeLoad?: (page: Page) => Promise<unknown>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const page = await context.newPage();
    // A page that fails or hangs measures nothing: that ends the work in it.
    const failed = new Promise<never>((_, reject) => {
      page.on("pageerror", reject);
      timer = setTimeout(() => reject(new Error(`the page took longer than ${LIMIT_MS / 1000} s`)), LIMIT_MS);
    });
    // It may fail before it is waited for.
    failed.catch(() => undefined);
    await beforeLoad?.(page);
    await page.goto(address);
    return await Promise.race([work(page), failed]);
  } finally {
    clearTimeout(timer);
    await context.close();
  }
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
