#!/usr/bin/env bash
# A Web Lock that a dedicated worker holds is released when the worker ends. In Chromium a worker in the middle of a long task does not
# end with its page: the page, loaded again at once, asks for the lock with `ifAvailable` and is told that it is taken, by nobody who can
# be seen, until that task is over. With an idle worker the lock is free at once. (Web Locks API, W3C: locks are released when their agent
# terminates; HTML: a worker is terminated with its owner. Neither says how soon.)
# So "this is open in another tab" must not be said on the first answer of `ifAvailable`: wait a moment for the page that was there before.
#
# Seen with Chromium 156.0.8078.108, headless and headless shell, playwright-core 1.65.1:
#   worker idle: free free free free free
#   worker busy: taken taken taken taken taken, then free when its task of 1500 ms was over
# Run: bash findings/web-lock-outlives-its-page.sh   (a Chromium on PATH, or CHROMIUM_PATH)
set -euo pipefail
chromium=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || command -v chromium-headless-shell)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund playwright-core@1.65.1
cat > look.mjs <<'JS'
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const TASK_MS = 1500;
const worker = `
  navigator.locks.request("run", () => new Promise(() => postMessage("held")));
  onmessage = () => { const end = Date.now() + ${TASK_MS}; while (Date.now() < end); };`;
const page = `<!doctype html><title>lock</title><script>
  hold = () => new Promise((resolve) => { held = new Worker("/worker.js"); held.onmessage = resolve; });
  ask = () => navigator.locks.request("run", { ifAvailable: true }, (lock) => (lock ? "free" : "taken"));
</script>`;
const server = createServer(({ url }, response) => {
  response.setHeader("content-type", url === "/worker.js" ? "text/javascript" : "text/html");
  response.end(url === "/worker.js" ? worker : page);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));

const browser = await chromium.launch({ executablePath: process.argv[2] });
console.log(`Chromium ${browser.version()}`);
const answers = {};
for (const state of ["idle", "busy"]) {
  answers[state] = [];
  for (let time = 0; time < 5; time++) {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.evaluate("hold().then(() => undefined)");
    if (state === "busy") await tab.evaluate("held.postMessage(0)");
    await tab.reload();
    const first = await tab.evaluate("ask()");
    let last = first;
    for (let tries = 0; last === "taken" && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      last = await tab.evaluate("ask()");
    }
    answers[state].push(first === last ? first : `${first}, then ${last}`);
    await context.close();
  }
  console.log(`worker ${state}: ${answers[state].join(" | ")}`);
}
await browser.close();
server.close();
const isAsSeen = answers.idle.every((answer) => answer === "free") && answers.busy.every((answer) => answer === "taken, then free");
console.log(isAsSeen ? "as described" : "NOT as described");
process.exit(isAsSeen ? 0 : 1);
JS
node look.mjs "$chromium"
