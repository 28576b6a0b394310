import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type LaunchOptions, type Page } from "@playwright/test";

/** A browser profile on disk, as a person's: only there does IndexedDB outlive the browser. */
export interface Profile {
  /** Starts the browser on this profile. */
  launch(): Promise<BrowserContext>;
  remove(): void;
}

export function newProfile(launchOptions: LaunchOptions, baseURL: string): Profile {
  const folder = mkdtempSync(join(tmpdir(), "topiq-profile-"));
  return {
    launch: () => chromium.launchPersistentContext(folder, { ...launchOptions, baseURL, locale: "en" }),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Ends a browser at once by SIGKILL, all of its processes: nothing can be written any more. */
export async function killBrowser(context: BrowserContext, processIds: readonly number[]): Promise<void> {
  const ended = context.waitForEvent("close", { timeout: 15_000 });
  for (const id of processIds) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It went down with the ones before it.
    }
  }
  await ended;
}

/** The processes of a browser, its main one first, so that a kill takes no further question. */
export async function processIdsOf(context: BrowserContext): Promise<readonly number[]> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error("this browser has no processes to be asked for");
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.toSorted((one, other) => Number(other.type === "browser") - Number(one.type === "browser")).map(({ id }) => id);
}

/** An empty page of the playground's origin: what is stored can be read there while none of the playground's code runs. */
export async function openBlank(page: Page): Promise<void> {
  await page.route("**/blank", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>blank</title>" }));
  await page.goto("./blank");
}
