import { defineConfig } from "@playwright/test";
import { findChromium } from "../.ci/chromium.mjs";

// npm test names the browser it found or installed; a run by hand looks for one. Workers read this file again and inherit the name.
process.env.CHROMIUM_PATH ||= (await findChromium()) ?? "";

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../test-results",
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  // Two slow cores run two browsers at once.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "../.cache/playwright.json" }]],
  use: {
    baseURL: process.env.TOPIQ_URL ?? "",
    locale: "en",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH },
  },
  webServer: {
    command: "node ../.ci/start.mjs --port 0",
    // The server prints the address it has found free; Playwright keeps it as TOPIQ_URL.
    wait: { stdout: /(?<topiq_url>http:\S+)/ },
    timeout: 180_000,
  },
});
