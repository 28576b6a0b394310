import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { giveUp, root } from "./shell.mjs";

const [file, ...rest] = process.argv.slice(2);
if (!file) giveUp("Usage: node .ci/run-typescript.mjs FILE [arguments for its main]");
if (!existsSync(join(root, file))) giveUp(`There is no file ${file}.`);

await ensureInstalled().catch(giveUp);
const cache = join(root, ".cache");
mkdirSync(cache, { recursive: true });
// Below the top folder, so that packages are found from there; a folder of its own for each run, so that two may run at once.
const folder = mkdtempSync(join(cache, "run-"));
try {
  const main = await bundle(join(root, file), folder);
  if (typeof main !== "function") giveUp(`${file} exports no function "main".`);
  process.exitCode = (await main(rest)) ?? 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Bundled by what builds the page, so that Node and the browser run the same code, and as fast.
 * @param {string} entry
 * @param {string} outDir
 * @returns {Promise<unknown>} what the file exports as "main"
 */
async function bundle(entry, outDir) {
  const { build } = await import("vite");
  await build({
    root,
    configFile: false,
    logLevel: "error",
    // What stands in .ci finds its files from where it stands.
    build: { ssr: entry, outDir, target: "node20", rolldownOptions: { external: /[\\/]\.ci[\\/]/, output: { entryFileNames: "main.mjs" } } },
  });
  return (await import(pathToFileURL(join(outDir, "main.mjs")).href)).main;
}
