import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

// So that a command line may name an installed package's tool on every system, also without npm around it.
process.env.PATH = join(root, "node_modules", ".bin") + delimiter + process.env.PATH;

/**
 * Runs one command line in the top folder.
 * @param {string} commandLine
 * @param {{ quiet?: boolean }} [options] `quiet` gathers what is printed instead of printing it.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(commandLine, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(commandLine, { cwd: root, shell: true, stdio: ["inherit", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"] });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Ends the process with one line that says what to do.
 * @param {unknown} reason a message, or an error that has one
 * @returns {never}
 */
export function giveUp(reason) {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exit(1);
}
