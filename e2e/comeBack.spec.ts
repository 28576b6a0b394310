import { expect, type Page } from "@playwright/test";
import type { Command } from "../src/core/world/command";
import type { ClusterImageJson } from "../src/core/picture/imageJson";
import { nextBelow, randomStream, type RandomStream } from "../src/core/sim/random";
import { expectToHoldAllThatWasShown } from "./support/keptRun";
import { plainTest, freshTest as test } from "./support/pages";
import { clockMs, differences, eventually, expectWorldToStand, goTo, goUntil, image, open, openRunning, pause, play, playButton, ready, submit } from "./support/playground";
import { killBrowser, newProfile, openBlank, processIdsOf } from "./support/profile";
import { onlySavedRun, savedRuns, standings } from "./support/savedRuns";

test("loading the page again goes on where it was, with what was done in it", async ({ page }) => {
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing", processing: { timeMs: 450 } } });
  await page.getByRole("banner").getByRole("button", { name: "Orders: a topic or a queue?" }).click();
  await page.getByRole("textbox", { name: "Rename the scenario" }).fill("Mine");
  await page.keyboard.press("Enter");
  const before = await goTo(page, 35_000);

  await page.reload();
  await ready(page);
  await expect(page.getByText("The run goes on where it was.")).toBeVisible();
  await expect(page.getByRole("banner").getByRole("button", { name: "Mine" })).toBeVisible();
  const after = await image(page);
  expect(after.clock.timeUs).toBeGreaterThanOrEqual(before.clock.timeUs);
  await play(page, 1);
  await eventually(() => clockMs(page)).toBeGreaterThan(after.clock.timeUs / 1000);
  expect(differences(await goTo(page, before.clock.timeUs / 1000), before)).toEqual([]);
});

test("a scene of the page that somebody has changed is found so again, and one that nobody has begins anew", async ({ page }) => {
  await open(page, "./?preset=slow-consumer&lang=en");
  await goTo(page, 60_000);
  await page.reload();
  await ready(page);
  expect(await clockMs(page)).toBeLessThan(60_000);
  const { consumers } = await image(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "mine", groupId: Object.values(consumers)[0]?.spec.groupId ?? "", processing: { timeMs: 450 } } });
  await expect(page).toHaveURL(/\?lang=en$/);
  await page.reload();
  await ready(page);
  expect(Object.keys((await image(page)).consumers)).toEqual([...Object.keys(consumers), "mine"]);
});

test("a run that was left standing in its past, at a speed of its own, is found so, with what lay ahead", async ({ page }) => {
  await open(page);
  await goTo(page, 60_000);
  const before = await goTo(page, 30_000);
  await page.evaluate(() => window.topiq.setSpeed(5));
  const speed = page.locator(".timeline-speed");
  await expect(speed).toContainText("5");
  // Where it is looked at is noted soon after, and nobody waits for that.
  await eventually(() => standings(page)).toEqual([expect.objectContaining({ speed: 5 })]);

  await page.reload();
  await ready(page);
  expect(differences(await image(page), before)).toEqual([]);
  await expect(playButton(page)).toBeVisible();
  await expect(speed).toContainText("5");
  expect((await goTo(page, 60_000)).clock.timeUs).toBe(60_000_000);
});

test("a fork and what undo took back are kept as they are", async ({ page }) => {
  await open(page);
  await goTo(page, 40_000);
  await goTo(page, 25_000);
  await submit(page, { type: "addConsumer", consumer: { clientId: "forked", groupId: "billing", processing: { timeMs: 450 } } });
  await goTo(page, 30_000);
  await submit(page, { type: "createPartitions", topic: "orders", count: 9 });
  await goUntil(page, ({ topics }) => topics["orders"]?.partitions === 9);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(page.getByRole("group", { name: "Topic orders, 4 partitions" })).toBeVisible();
  const before = await goTo(page, 36_000);

  await page.reload();
  await ready(page);
  expect(await clockMs(page)).toBeGreaterThanOrEqual(before.clock.timeUs / 1000);
  expect(Object.keys((await image(page)).consumers)).toContain("forked");
  expect(differences(await goTo(page, before.clock.timeUs / 1000), before)).toEqual([]);
  await expect(page.getByText("saved in this browser")).toBeVisible();
});

test("work that another scene took the place of is found again, goes on, and can be thrown away", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "mine", groupId: "billing", processing: { timeMs: 450 } } });
  const before = await goTo(page, 30_000);
  const scenes = page.getByRole("banner").getByRole("button", { name: "Examples" });
  const kept = page.getByRole("region", { name: "Kept in this browser" });
  await scenes.click();
  // The run that is open is not offered, and there is no other.
  await expect(page.locator("[data-preset=keys-and-order]")).toBeVisible();
  await expect(kept).toHaveCount(0);
  await page.locator("[data-preset=keys-and-order]").click();
  await eventually(async () => Object.keys((await image(page))?.consumers ?? {})).not.toContain("mine");

  await kept.getByRole("button", { name: /^Orders: a topic or a queue/ }).click();
  await eventually(async () => Object.keys((await image(page))?.consumers ?? {})).toContain("mine");
  expect(differences(await goTo(page, before.clock.timeUs / 1000), before)).toEqual([]);
  // It is the last one used now, so it is the one that comes back.
  await page.reload();
  await ready(page);
  expect(Object.keys((await image(page)).consumers)).toContain("mine");

  await page.locator("[data-preset=keys-and-order]").click();
  await eventually(async () => Object.keys((await image(page))?.consumers ?? {})).not.toContain("mine");
  await kept.getByRole("button", { name: "Delete the run Orders: a topic or a queue?" }).click();
  await kept.getByRole("button", { name: /for good$/ }).click();
  await expect(kept).toHaveCount(0);
  expect(await savedRuns(page)).toHaveLength(1);
});

test("the place where something was dropped is kept", async ({ page }) => {
  await openRunning(page);
  const tool = page.getByRole("toolbar", { name: "Add" }).getByRole("button", { name: "Topic" });
  await tool.dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 420, y: 480 }, force: true });
  await expect(page.getByRole("group", { name: "Topic topic-1, 3 partitions" })).toBeVisible();
  const { layout } = (await page.evaluate(() => window.topiq.scenario())) ?? {};
  expect(layout).toHaveProperty(["topic:topic-1"]);
  await page.reload();
  await ready(page);
  expect((await page.evaluate(() => window.topiq.scenario()))?.layout).toEqual(layout);
});

const busySource = { ratePerSecond: 40, keys: { kind: "range", prefix: "user-", from: 1, to: 50 }, valueSizeInBytes: 300 } as const;

const doings: readonly (readonly Command[])[] = [
  [{ type: "addConsumer", consumer: { clientId: "c3", groupId: "billing", processing: { timeMs: 300 } } }],
  [{ type: "createPartitions", topic: "orders", count: 7 }, { type: "deliverAs", mode: "pubsub" }],
  [{ type: "removeConsumer", clientId: "c1", how: "crash" }, { type: "alterProducer", clientId: "checkout", source: busySource }],
];

// `npm run kills` tries as many as it is told, from the seed it is told.
const firstKill = Number(process.env["TOPIQ_KILLS_FROM"] ?? 1);
const kills = Array.from({ length: Number(process.env["TOPIQ_KILLS"] ?? 2) }, (_, at) => firstKill + at);

for (const seed of kills) {
  plainTest(`a browser killed in the middle of a run has lost nothing that was shown as acknowledged, seed ${seed}`, async ({ launchOptions, baseURL }) => {
    plainTest.setTimeout(150_000);
    const chance = randomStream(seed, "kill");
    const profile = newProfile(launchOptions, baseURL ?? "");
    try {
      let context = await profile.launch();
      const page = context.pages()[0] ?? (await context.newPage());
      await open(page);
      await expect(page.getByText("saved in this browser")).toBeVisible();
      const killed = processIdsOf(context);
      const shown = await watchUntilSomeMoment(page, doings[seed % doings.length] ?? [], chance);
      await killBrowser(context, await killed);

      context = await profile.launch();
      const blank = context.pages()[0] ?? (await context.newPage());
      await openBlank(blank);
      expectToHoldAllThatWasShown(await onlySavedRun(blank), shown);

      await open(blank);
      await expect(blank.getByText("The run goes on where it was.")).toBeVisible();
      expect(await clockMs(blank)).toBeGreaterThanOrEqual(shown.clock.timeUs / 1000);
      expect(differences({ ...(await goTo(blank, shown.clock.timeUs / 1000)), messages: shown.messages }, shown)).toEqual([]);
      await context.close();
    } finally {
      profile.remove();
    }
  });
}

/** Plays at some speed, does something, and returns what the page shows at a moment that the seed chose. */
async function watchUntilSomeMoment(page: Page, commands: readonly Command[], chance: RandomStream): Promise<ClusterImageJson> {
  const speed = 2 + nextBelow(chance, 280) / 10;
  // Between a fifth of a second and a second and a half of real time, at the rate of the scene when it is not busy.
  const more = Math.ceil(speed * 3.5 * (0.2 + nextBelow(chance, 130) / 100));
  const from = acknowledgedIn(await image(page));
  await play(page, speed);
  for (const command of commands) await submit(page, command);
  let shown = await image(page);
  await expect
    .poll(
      async () => {
        shown = await image(page);
        return acknowledgedIn(shown);
      },
      { timeout: 30_000, intervals: [10] },
    )
    .toBeGreaterThanOrEqual(from + more);
  return shown;
}

function acknowledgedIn({ producers }: ClusterImageJson): number {
  return Object.values(producers).reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}

const REFUSING_LATER = `setTimeout(() => target.dispatchEvent(new Event("error")));`;

test.describe("without storage the run is in memory, and the page says so", () => {
  const refusals = [
    { name: "there is none", prelude: `Object.defineProperty(globalThis, "indexedDB", { value: undefined });`, says: "This browser offers no storage here" },
    { name: "it is refused", prelude: `IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };`, says: "The browser refused storage." },
    { name: "it is newer", prelude: `IDBFactory.prototype.open = ${fakeOpen(REFUSING_LATER)};`, says: "A newer Topiq has saved here" },
    { name: "it never answers", prelude: `IDBFactory.prototype.open = ${fakeOpen("")};`, says: "Saving failed" },
  ];
  for (const { name, prelude, says } of refusals) {
    test(name, async ({ page }) => {
      // The simulation worker is who opens the storage; scripts that a page is given beforehand do not reach it.
      await page.route("**/simulationWorker*.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${prelude}\n${await response.text()}` });
      });
      await openRunning(page);
      const { clock } = await image(page);
      await eventually(() => clockMs(page)).toBeGreaterThan(clock.timeUs / 1000);
      await expect(page.getByRole("alert")).toContainText(says);
      await expect(page.getByText("in memory only")).toBeVisible();
      await submit(page, { type: "createPartitions", topic: "orders", count: 5 });
      await expect(page.getByRole("group", { name: "Topic orders, 5 partitions" })).toBeVisible();
    });
  }
});

/** As code: a request to open the database that fails as one for a newer version does, if something makes it answer. */
function fakeOpen(answer: string): string {
  return `() => {
    const request = Object.create(IDBOpenDBRequest.prototype);
    const target = new EventTarget();
    for (const method of ["addEventListener", "removeEventListener", "dispatchEvent"]) request[method] = target[method].bind(target);
    Object.defineProperty(request, "error", { value: new DOMException("no", "VersionError") });
    ${answer}
    return request;
  }`;
}

test("when no room is left the run goes on in memory, says until when it is saved, and tries again when asked", async ({ page }) => {
  await open(page);
  await goTo(page, 30_000);
  const worker = page.workers().find((each) => each.url().includes("simulationWorker"));
  if (!worker) throw new Error("there is no simulation worker");
  await worker.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    const full = { is: true, refused: 0 };
    Object.assign(globalThis, { full });
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (!full.is) return put.apply(this, given);
      full.refused++;
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await play(page, 1);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText(/The browser's storage is full\. The run goes on in memory, and what is not saved is gone when the tab is closed\. Saved until \d\d:\d\d\.\d\./);
  const { clock } = await image(page);
  await eventually(() => clockMs(page)).toBeGreaterThan(clock.timeUs / 1000);

  const refused = (): Promise<number> => worker.evaluate(() => (globalThis as unknown as { readonly full: { readonly refused: number } }).full.refused);
  const before = await refused();
  await alert.getByRole("button", { name: "Try again" }).click();
  // Tried, and refused again.
  await eventually(refused).toBeGreaterThan(before);
  await expect(alert).toContainText("The browser's storage is full.");
  await worker.evaluate(() => {
    (globalThis as unknown as { readonly full: { is: boolean } }).full.is = false;
  });
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("saved in this browser")).toBeVisible();
  await expect(alert).toBeHidden();
  const kept = await goTo(page, clock.timeUs / 1000 + 5000);
  await page.reload();
  await ready(page);
  expect(differences(await goTo(page, kept.clock.timeUs / 1000), kept)).toEqual([]);
});

test("when the site's data is cleared half-way the run goes on in memory and says so", async ({ page, context }) => {
  await openRunning(page);
  const cleaner = await context.newPage();
  await openBlank(cleaner);
  await cleaner.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase("topiq");
        request.addEventListener("success", () => resolve());
        request.addEventListener("error", () => reject(request.error ?? new Error("refused")));
      }),
  );
  await expect(page.getByRole("alert")).toContainText(/The connection to the browser's storage was lost, and what was saved may be gone, too/);
  const { clock } = await image(page);
  await eventually(() => clockMs(page)).toBeGreaterThan(clock.timeUs / 1000);
});

test("a second tab opens an unsaved copy and says so", async ({ page, context }) => {
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing", processing: { timeMs: 450 } } });
  await goTo(page, 30_000);
  const own = await savedRuns(page);

  const second = await context.newPage();
  await open(second);
  await expect(second.getByRole("alert")).toContainText("This run is open in another tab. Here you have a copy that is not saved.");
  expect(Object.keys((await image(second)).consumers)).toContain("c3");
  await submit(second, { type: "removeConsumer", clientId: "c1", how: "close" });
  await goTo(second, 60_000);
  expect(await savedRuns(page)).toEqual(own);
  // Where nothing was done that would be lost, it can be tried again.
  await expect(second.getByRole("button", { name: "Keep" })).toBeVisible();
  await expect(second.getByRole("button", { name: "Try again" })).toBeHidden();
  await second.close();

  // The first tab gone, the run is anyone's again.
  const third = await context.newPage();
  await open(third);
  await page.close();
  await third.getByRole("button", { name: "Try again" }).click();
  await expect(third.getByText("saved in this browser")).toBeVisible();
  expect(Object.keys((await image(third)).consumers)).toContain("c1");
});

test("a hidden tab pauses", async ({ page }) => {
  await open(page);
  await play(page, 25);
  await setHidden(page, true);
  const hiddenUs = await expectWorldToStand(page);
  await setHidden(page, false);
  await eventually(() => clockMs(page)).toBeGreaterThan(hiddenUs / 1000);
  await expect(playButton(page)).toBeHidden();
  await pause(page);
});

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((given) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: given });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}
