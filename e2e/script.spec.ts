import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { imageDigest } from "../src/core/picture/imageDigest";
import type { ClusterImageJson } from "../src/core/picture/imageJson";
import { imagesInNode, loadPreset, presetNames } from "./support/core";
import { test } from "./support/pages";
import { differences, eventually, goTo, image, inspector, open, pause, submit } from "./support/playground";

test("window.topiq plays, pauses, steps, seeks, and sets the speed", async ({ page }) => {
  await open(page);
  const paused = await pause(page);
  await page.evaluate(() => window.topiq.step());
  await eventually(async () => (await image(page)).clock.eventCount).toBeGreaterThan(paused.clock.eventCount);
  await page.evaluate(() => window.topiq.step(-1));
  await eventually(async () => (await image(page)).clock.timeUs).toBeLessThanOrEqual(paused.clock.timeUs);
  await page.evaluate(() => window.topiq.seek(12_345));
  expect((await image(page)).clock.timeUs).toBe(12_345_000);
  await page.evaluate(() => {
    window.topiq.setSpeed(25);
    window.topiq.play();
  });
  await expect(page.getByRole("button", { name: "Speed", exact: true })).toHaveText("25×");
  await eventually(async () => (await image(page)).clock.timeUs).toBeGreaterThan(20_000_000);
});

test("window.topiq submits the commands of the buttons, and says why one is refused", async ({ page }) => {
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing", processing: { timeMs: 450 } } });
  await expect(page.getByRole("group", { name: /^Consumer c3 of group billing/ })).toBeVisible();
  const refused = await page.evaluate(() => window.topiq.submit({ type: "createPartitions", topic: "orders", count: 2 }));
  expect(refused).toMatchObject({ reason: "partitionsOnlyUp", params: { current: 4 } });
  // What a script did is undone like what a button did.
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await eventually(async () => Object.keys((await image(page)).consumers)).toEqual(["c1", "c2"]);
});

test("window.topiq gives the scenario and a link, and loads both", async ({ page }) => {
  await open(page);
  const scenario = await page.evaluate(() => window.topiq.scenario());
  expect(scenario).toEqual(await loadPreset("orders"));
  const link = await page.evaluate(() => window.topiq.link());

  const changed = { ...(await loadPreset("sticky-partitioner")), seed: 7 };
  await page.evaluate((given) => window.topiq.load(given), changed);
  expect(await page.evaluate(() => window.topiq.scenario())).toEqual(changed);
  expect(Object.keys((await image(page)).topics)).toContain("clicks");

  await page.evaluate((given) => window.topiq.load(given), link);
  expect(await page.evaluate(() => window.topiq.scenario())).toEqual(scenario);
  await expect(page.getByRole("alert")).toContainText("Opened from a link, as a copy that is not saved.");
});

test("names that look like numbers, and __proto__, are names on the page, in order of creation, and come back from a link", async ({ page }) => {
  await open(page);
  const names = ["toString", "10", "__proto__", "2"];
  for (const groupId of names) {
    await submit(page, { type: "addGroup", group: { groupId, topics: ["orders"], configs: {} } });
    await submit(page, { type: "addConsumer", consumer: { clientId: groupId, groupId, processing: { timeMs: 100 } } });
  }
  const groups = page.getByRole("tree", { name: "Outline" }).locator("[data-line^='group:'][aria-level='2']");
  const shownGroups = (): Promise<readonly (string | null)[]> => groups.evaluateAll((lines) => lines.map((line) => line.getAttribute("data-line")));
  await page.keyboard.press("o");
  await eventually(shownGroups).toEqual(["billing", ...names].map((groupId) => `group:${groupId}`));
  // So many groups are not all on the canvas; the outline has them.
  await page.getByRole("tree", { name: "Outline" }).locator("[data-line='group:__proto__']").first().click();
  await expect(inspector(page)).toContainText("__proto__");
  expect(await page.evaluate(() => Object.hasOwn(window.topiq.image()?.groups ?? {}, "__proto__"))).toBe(true);

  const link = await page.evaluate(() => window.topiq.link("run"));
  await page.evaluate((given) => window.topiq.load(given), link);
  await expect(page.getByRole("alert")).toContainText("Opened from a link");
  await eventually(shownGroups).toEqual(["billing", ...names].map((groupId) => `group:${groupId}`));
});

test("what window.topiq cannot load it refuses, and nothing changes", async ({ page }) => {
  await open(page);
  const scenario = await page.evaluate(() => window.topiq.scenario());
  const refusals = await page.evaluate(async () => {
    const given = window.topiq.scenario();
    const tries: unknown[] = [{ ...given, seed: "x" }, {}, null, "t1:AAAA", "t9:AAAA", "https://example.org/#hello"];
    const messages: string[] = [];
    for (const tried of tries) {
      await window.topiq.load(tried as string).then(
        () => messages.push("loaded"),
        (error: Error) => messages.push(error.message),
      );
    }
    return messages.map((message) => (JSON.parse(message) as { reason: string }).reason);
  });
  expect(refusals).toEqual(["invalid", "invalid", "invalid", "cutOff", "newer", "notALink"]);
  expect(await page.evaluate(() => window.topiq.scenario())).toEqual(scenario);
});

test("what is no move, no speed, no command and no link is refused as JSON, and nothing changes", async ({ page }) => {
  await open(page);
  const before = await image(page);
  const refusals = await page.evaluate(async () => {
    // Scripts are not held to the types.
    const topiq = window.topiq as unknown as Record<string, (given?: unknown) => unknown>;
    const tries: readonly (readonly [string, unknown])[] = [
      ...["x", 0, null].map((given) => ["step", given] as const),
      ...[null, "5000", Number.NaN, -1, 1e12].map((given) => ["seek", given] as const),
      ...["fast", -1, 0, Infinity, null].map((given) => ["setSpeed", given] as const),
      ...["zzz", null].map((given) => ["link", given] as const),
      ["load", { name: () => "x" }],
    ];
    const reasons: string[] = [];
    for (const [name, given] of tries) {
      try {
        await topiq[name]?.(given);
        reasons.push(`${name}(${String(given)}) was taken`);
      } catch (error) {
        reasons.push((JSON.parse((error as Error).message) as { reason: string }).reason);
      }
    }
    return reasons;
  });
  expect(refusals.filter((reason) => !/^(invalid|valueInvalid)$/.test(reason))).toEqual([]);
  expect(await page.evaluate(() => window.topiq.submit({ type: "deliverAs", mode: (() => "pubsub") as never }))).toMatchObject({ reason: "invalid" });
  expect(differences(await image(page), before)).toEqual([]);
});

test("every scene gives the same digest in Node and in the browser, at several moments", async ({ page }) => {
  await open(page);
  for (const name of presetNames) {
    const scenario = await loadPreset(name);
    const moments = [scenario.startMs, 42_424].toSorted((one, other) => one - other);
    const shown = page.evaluate(async ([given, timesMs]) => {
      await window.topiq.load(given);
      const images = new Map<number, ClusterImageJson | null>();
      for (const timeMs of timesMs.toReversed()) {
        await window.topiq.seek(timeMs);
        images.set(timeMs, window.topiq.image());
      }
      return timesMs.map((timeMs) => images.get(timeMs));
    }, [scenario, moments] as const);
    const inNode = imagesInNode(scenario, moments).map(imageDigest);
    expect([name, ...(await shown).map((each) => each && imageDigest(each))]).toEqual([name, ...inNode]);
  }
});

test("npm run simulate repeats without a browser what the page has shown: a scene, and the exact run of a link", async ({ page }) => {
  const scene = simulate("--preset", "queue-and-pubsub", "--until", "45s", "--digest");
  await open(page, "./?preset=queue-and-pubsub");
  const before = imageDigest(await goTo(page, 45_000));

  await submit(page, { type: "removeConsumer", clientId: "c4", how: "crash" });
  await submit(page, { type: "createPartitions", topic: "orders", count: 6 });
  const shown = await goTo(page, 60_000);
  const link = await page.evaluate(() => window.topiq.link("run"));
  const [digest, json] = await Promise.all([simulate("--link", link, "--digest"), simulate("--link", link, "--json")]);
  expect(await scene).toBe(before);
  expect(digest).toBe(imageDigest(shown));
  expect(differences(JSON.parse(json), shown)).toEqual([]);
});

async function simulate(...options: readonly string[]): Promise<string> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [".ci/run-typescript.mjs", "e2e/simulate.ts", ...options], { cwd: root, maxBuffer: 1 << 24 });
  return stdout.trim();
}
