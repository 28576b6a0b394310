import { existsSync } from "node:fs";
import { join } from "node:path";
import { withBundle } from "./bundle.mjs";
import { ensureInstalled } from "./install.mjs";
import { giveUp, root } from "./shell.mjs";

const [file, ...rest] = process.argv.slice(2);
if (!file) giveUp("Usage: node .ci/run-typescript.mjs FILE [arguments for its main]");
if (!existsSync(join(root, file))) giveUp(`There is no file ${file}.`);

await ensureInstalled().catch(giveUp);
process.exitCode = await withBundle(file, async ({ main }) => {
  if (typeof main === "function") return (await main(rest)) ?? 0;
  console.error(`${file} exports no function "main".`);
  return 1;
});
