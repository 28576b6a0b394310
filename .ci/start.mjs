import { parseArgs } from "node:util";
import { dist, ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { giveUp } from "./shell.mjs";
import { serve } from "./static-server.mjs";

const usage = "Usage: npm start -- [--port 4173] [--host 127.0.0.1]";

function readOptions() {
  try {
    const { values } = parseArgs({ options: { port: { type: "string", default: "4173" }, host: { type: "string", default: "127.0.0.1" } } });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port is a whole number from 0 to 65535, not "${values.port}".`);
    return { port, host: values.host };
  } catch (error) {
    return giveUp(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

const options = readOptions();
await ensureInstalled().catch(giveUp);
console.log("Building the page, if it has changed ...");
const built = await ensureBuilt();
if (built.code !== 0) giveUp(built.output);
const { url } = await serve(dist, options).catch((error) => giveUp(`Cannot serve on ${options.host}: ${error.message}`));
console.log(`Topiq is running at ${url} (Ctrl+C ends it)`);
