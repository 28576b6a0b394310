import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runChecks } from "./checks.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled } from "./install.mjs";
import { giveUp, root, run } from "./shell.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

/** @type {Record<string, () => Promise<Count>>} */
const parts = { check: runChecks, unit: runUnitTests, browser: runBrowserTests };

const cache = join(root, ".cache");

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !Object.hasOwn(parts, name));
if (unknown) giveUp(`There is no part "${unknown}": ${Object.keys(parts).join(", ")}.`);

const total = { passed: 0, failed: 0 };
try {
  await ensureInstalled();
  for (const [name, perform] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.log(`\n${name}`);
    const { passed, failed } = await perform();
    total.passed += passed;
    total.failed += failed;
  }
} catch (error) {
  console.error(error);
  total.failed++;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @returns {Promise<Count>} */
function runUnitTests() {
  const report = join(cache, "vitest.json");
  const commandLine = `vitest run --reporter=default --reporter=json --outputFile.json="${report}"`;
  return runAndCount(commandLine, report, ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }));
}

/** @returns {Promise<Count>} */
async function runBrowserTests() {
  const chromium = await ensureChromium();
  if (!chromium) return { passed: 0, failed: 1 };
  process.env.CHROMIUM_PATH = chromium;
  const report = join(cache, "playwright.json");
  return runAndCount("playwright test -c e2e", report, ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }));
}

/**
 * Runs a test runner that leaves a JSON report. One that fails without a failed test (a file that does not load, a server that does
 * not start) counts as one failure.
 * @param {string} commandLine
 * @param {string} report
 * @param {(report: any) => Count} countOf
 * @returns {Promise<Count>}
 */
async function runAndCount(commandLine, report, countOf) {
  rmSync(report, { force: true });
  const { code } = await run(commandLine);
  const count = existsSync(report) ? countOf(JSON.parse(readFileSync(report, "utf8"))) : { passed: 0, failed: 0 };
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}
