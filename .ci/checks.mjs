import { ensureBuilt } from "./build.mjs";
import { run } from "./shell.mjs";
import { checkSizes } from "./sizes.mjs";

/** @typedef {{ code: number, output: string, skipped?: string }} Result */

/** @type {readonly { name: string, perform: () => Result | Promise<Result>, shows?: boolean }[]} */
const checks = [
  { name: "types", perform: () => run("tsc -p .", { quiet: true }) },
  { name: "types of the core, which knows no platform", perform: () => run("tsc -p src/core", { quiet: true }) },
  { name: "types of the worker, which knows no page", perform: () => run("tsc -p src/worker", { quiet: true }) },
  { name: "lint", perform: () => run("npm run --silent lint", { quiet: true }) },
  { name: "unused files, exports, dependencies", perform: () => run("knip", { quiet: true }) },
  { name: "build, within its size limits", perform: buildAndMeasure, shows: true },
  { name: "known vulnerabilities in what ships", perform: audit },
];

/** Performs every check, also after one has failed, and prints what the failed ones say. */
export async function runChecks() {
  let passed = 0;
  let failed = 0;
  // Side by side: some wait for one core, others for the disk.
  const results = await Promise.all(checks.map(async ({ perform }) => ({ start: performance.now(), ...(await perform()), end: performance.now() })));
  for (const [at, { name, shows }] of checks.entries()) {
    const { code = 1, output = "", skipped, start = 0, end = 0 } = results[at] ?? {};
    const seconds = `${((end - start) / 1000).toFixed(1)} s`;
    if (skipped) console.log(`  skipped  ${name}: ${skipped}`);
    else if (code === 0) passed++;
    else failed++;
    if (!skipped) console.log(`  ${code === 0 ? "ok     " : "FAILED "}  ${name} (${seconds})`);
    if (output && (code !== 0 || shows)) console.log(output);
  }
  return { passed, failed };
}

/** @returns {Promise<Result>} */
async function buildAndMeasure() {
  const built = await ensureBuilt();
  return built.code === 0 ? checkSizes() : built;
}

/** @returns {Promise<Result>} */
async function audit() {
  const { code, output } = await run("npm audit --omit=dev --json", { quiet: true });
  // npm's exit code is 1 for a finding and for a registry that gave no answer; only a report has this field.
  if (!output.includes('"auditReportVersion"')) return { code: 0, output: "", skipped: "the registry does not answer" };
  return { code, output };
}
