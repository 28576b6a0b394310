import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./shell.mjs";

/**
 * What stands in .ci finds its files from where it stands, so it is not bundled.
 * @type {import("vite").Plugin}
 */
const leaveTools = {
  name: "topiq:leave-tools",
  enforce: "pre",
  resolveId: (source, importer) => (importer && /[\\/]\.ci[\\/]/.test(source) ? { id: pathToFileURL(resolve(dirname(importer), source)).href, external: "absolute" } : null),
};

/**
 * Bundles a TypeScript file by what builds the page, so that Node and the browser run the same code, and as fast; then uses what it exports.
 * @template Result
 * @param {string} file from the top folder
 * @param {(exported: Record<string, unknown>) => Result | Promise<Result>} employ
 * @param {readonly import("vite").Plugin[]} [plugins]
 * @returns {Promise<Result>}
 */
export async function withBundle(file, employ, plugins = []) {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  // Below the top folder, so that packages are found from there; a folder of its own for each run, so that two may run at once.
  const outDir = mkdtempSync(join(cache, "run-"));
  try {
    const { build } = await import("vite");
    await build({
      root,
      configFile: false,
      logLevel: "error",
      plugins: [leaveTools, ...plugins],
      build: { ssr: join(root, file), outDir, target: "node20", rolldownOptions: { output: { entryFileNames: "main.mjs" } } },
    });
    return await employ(await import(/* @vite-ignore */ pathToFileURL(join(outDir, "main.mjs")).href));
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
