import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { giveUp, root } from "./shell.mjs";

const [file, ...rest] = process.argv.slice(2);
if (!file) giveUp("Usage: node .ci/run-typescript.mjs FILE [arguments for its main]");
if (!existsSync(join(root, file))) giveUp(`There is no file ${file}.`);

await ensureInstalled().catch(giveUp);
// The bundler's own module runner reads TypeScript as the page's build does, so that Node and the browser run the same code.
const { runnerImport } = await import("vite");
const { module } = await runnerImport(join(root, file), { root, logLevel: "error" });
const main = /** @type {{ main?: unknown }} */ (module).main;
if (typeof main !== "function") giveUp(`${file} exports no function "main".`);
process.exitCode = (await main(rest)) ?? 0;
