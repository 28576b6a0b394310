import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { build } from "vite";
import { logStoreContract } from "../src/storage/contract/logStoreContract";
import { plainTest as test } from "./support/pages";
import { newProfile, openBlank } from "./support/profile";

test("the log store keeps its contract on the browser's own IndexedDB, on disk", async ({ launchOptions, baseURL }) => {
  const entry = fileURLToPath(new URL("support/storageContractInPage.ts", import.meta.url));
  const bundle = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, target: "es2023", lib: { entry, formats: ["iife"], name: "contract" } },
  });
  const [output] = Array.isArray(bundle) ? bundle : [bundle];
  if (!output || !("output" in output)) throw new Error("nothing was built");
  const profile = newProfile(launchOptions, baseURL ?? "");
  try {
    const context = await profile.launch();
    const page = context.pages()[0] ?? (await context.newPage());
    await openBlank(page);
    await page.addScriptTag({ content: output.output[0].code });
    const outcomes = await page.evaluate(() => window.runStorageContract());
    expect(Object.keys(outcomes)).toEqual(logStoreContract.map(({ name }) => name));
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== "")).toEqual([]);
    await context.close();
  } finally {
    profile.remove();
  }
});
