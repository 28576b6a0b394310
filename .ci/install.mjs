import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./shell.mjs";

/** Installs what package-lock.json names, unless exactly that is installed: a server that is running keeps the files it runs on. Throws when it cannot. */
export async function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Topiq needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  if (isInstalled()) return;
  console.log("Installing packages (package-lock.json differs from what is installed) ...");
  const { code } = await run("npm ci --include=dev");
  if (code !== 0) throw new Error("The packages could not be installed: see npm's message above.");
}

/** npm keeps the lockfile of what it has really installed in node_modules; packages for other systems are not in there. */
function isInstalled() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf(join("node_modules", ".package-lock.json"));
  return (
    Object.keys(installed).length > 0 &&
    Object.keys(installed).every((path) => wanted[path]) &&
    Object.entries(wanted).every(([path, { version, optional }]) => (installed[path] ? installed[path].version === version : optional))
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>} by path; the project's own entry left out
 */
function packagesOf(file) {
  const path = join(root, file);
  if (!existsSync(path)) return {};
  const { "": _project, ...packages } = JSON.parse(readFileSync(path, "utf8")).packages;
  return packages;
}
