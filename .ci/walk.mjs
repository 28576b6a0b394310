import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled } from "./install.mjs";
import { giveUp, run } from "./shell.mjs";

// Every scene in every size, in both languages; pictures of all of it stand in test-results/walk.
await ensureInstalled().catch(giveUp);
const chromium = await ensureChromium();
if (!chromium) process.exit(1);
Object.assign(process.env, { CHROMIUM_PATH: chromium, TOPIQ_WALK: "all" });
const { code } = await run("playwright test -c e2e sizes.spec.ts");
process.exitCode = code;
