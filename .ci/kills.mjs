import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled } from "./install.mjs";
import { giveUp, run } from "./shell.mjs";

const [count = "", flag, from = "1"] = process.argv.slice(2);
if (!/^\d{1,4}$/.test(count) || (flag !== undefined && flag !== "--from") || !/^\d{1,6}$/.test(from)) giveUp("Usage: npm run kills -- COUNT [--from SEED]");

// Each kill is a test of its own, told as it ends: what was stopped goes on with --from.
await ensureInstalled().catch(giveUp);
const chromium = await ensureChromium();
if (!chromium) process.exit(1);
Object.assign(process.env, { CHROMIUM_PATH: chromium, TOPIQ_KILLS: count, TOPIQ_KILLS_FROM: from });
const { code } = await run('playwright test -c e2e comeBack.spec.ts -g "a browser killed" --workers=1');
process.exitCode = code;
