import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./shell.mjs";

/** The built page. */
export const dist = join(root, "dist");

const sources = ["index.html", "package-lock.json", "package.json", "public", "src", "tsconfig.json", "vite.config.ts"];

/**
 * Builds the page, unless what it is made of is unchanged since the last build.
 * @returns {Promise<{ code: number, output: string }>} the build's exit code and, if it failed, what it printed
 */
export async function ensureBuilt() {
  // Inside dist, which the bundler empties: a build by hand takes the stamp away and can never pass for this one.
  const stamp = join(dist, ".vite", "sources.sha256");
  const digest = digestOfSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return { code: 0, output: "" };
  const result = await run("vite build", { quiet: true });
  if (result.code === 0) writeFileSync(stamp, digest);
  return result;
}

function digestOfSources() {
  const hash = createHash("sha256");
  for (const name of sources) {
    const path = join(root, name);
    const files = name.includes(".") ? [path] : filesUnder(path);
    for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** @param {string} folder */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
