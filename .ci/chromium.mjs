import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./shell.mjs";

/** The headless shell first: it is the same engine without a window around it, and the tests take two thirds of the time. */
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

const { HOME = "", PROGRAMFILES = "", "PROGRAMFILES(X86)": PROGRAMFILES_X86 = "", LOCALAPPDATA = "" } = process.env;
const windowsFolders = [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA].filter(Boolean);

/** Where the systems' installers put a Chromium, for each `process.platform`. */
const places = {
  linux: ["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) => names.map((name) => join(folder, name))),
  darwin: ["", HOME].flatMap((home) =>
    ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
  ),
  win32: windowsFolders.flatMap((folder) => [
    join(folder, "Google", "Chrome", "Application", "chrome.exe"),
    join(folder, "Chromium", "Application", "chrome.exe"),
    join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
  ]),
};

/**
 * A Chromium that is on this machine: the one CHROMIUM_PATH names, else Playwright's own, else the system's.
 * @returns {Promise<string | null>} its executable
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return starts(named) ? named : null;
  const { chromium } = await import("@playwright/test");
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const usual = places[/** @type {keyof typeof places} */ (process.platform)] ?? [];
  return [chromium.executablePath(), ...onPath, ...usual].find(starts) ?? null;
}

/**
 * Finds a Chromium or gets one: Playwright's own download, else Debian's package.
 * @returns {Promise<string | null>} its executable, or null after a line that says what to do
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  if (!process.env.CHROMIUM_PATH) {
    for (const install of waysToInstall()) {
      console.log(`No Chromium found, trying: ${install}`);
      await run(install, { quiet: true });
      const installed = await findChromium();
      if (installed) return installed;
    }
  }
  console.error("No Chromium for the browser tests: install Chromium or Chrome, or set CHROMIUM_PATH to its executable.");
  return null;
}

function waysToInstall() {
  const ways = ["playwright install chromium"];
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) ways.push("apt-get update && (apt-get install -y chromium-headless-shell || apt-get install -y chromium)");
  return ways;
}

/**
 * Whether the executable exists and starts; Ubuntu's chromium-browser may be a stub, and a download may lack system libraries.
 * @param {string} path
 */
function starts(path) {
  if (!existsSync(path)) return false;
  // On Windows `--version` would open a window.
  return process.platform === "win32" || spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}
