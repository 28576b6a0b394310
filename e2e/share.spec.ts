import { expect, type BrowserContext, type Page } from "@playwright/test";
import { collectProblems, freshTest, test } from "./support/pages";
import { differences, eventually, goTo, image, open, pause, playButton, ready, submit } from "./support/playground";
import { savedRuns } from "./support/savedRuns";

test("the link of an exact run gives the same run elsewhere, event for event", async ({ page, browser, problems }) => {
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing", processing: { timeMs: 450 } } });
  await goTo(page, 26_000);
  await submit(page, { type: "deliverAs", mode: "pubsub" });
  const shared = await goTo(page, 33_000);
  const sharedMs = shared.clock.timeUs / 1000;

  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  await dialog.getByRole("radio", { name: /^This exact run, up to 00:3\d\.\d/ }).check();
  const box = dialog.getByRole("textbox", { name: "Link" });
  await expect(box).toHaveValue(/#t2\./);
  await expect(dialog.getByText(/^[\d,]+ characters$/)).toBeVisible();
  const link = await box.inputValue();

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  collectProblems(other, problems);
  await other.goto(link);
  await ready(other);
  // It stands at the moment that was shared, and shows there and on the way what the first page shows.
  await expect(playButton(other)).toBeVisible();
  expect(differences(await image(other), shared)).toEqual([]);
  await expect(other.getByRole("group", { name: "Markers on the timeline" }).getByRole("button", { name: /shared here$/ })).toBeVisible();
  await goTo(other, sharedMs + 10_000);
  expect(differences(await goTo(other, sharedMs), shared)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();
  await goTo(page, sharedMs + 10_000);
  for (const timeMs of [5_000, 27_777, sharedMs + 3_333, sharedMs + 10_000]) {
    expect(differences(await goTo(other, timeMs), await goTo(page, timeMs))).toEqual([]);
  }
  await elsewhere.close();
});

freshTest("one button copies the link", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  // Alone on its line: what is pasted behind it is no part of it.
  expect(copied).toBe(`${await dialog.getByRole("textbox", { name: "Link" }).inputValue()}\n`);
  expect(copied.startsWith(`${baseURL}#t2.`)).toBe(true);
  expect(copied.length).toBeLessThan(1000);
  await expect(dialog.getByText("Some chat and mail programs")).toHaveCount(0);
});

test("a link that some programs would cut says what makes it long, by how much", async ({ page }) => {
  await open(page);
  await page.evaluate(async () => {
    const scenario = window.topiq.scenario();
    if (!scenario) throw new Error("nothing is open");
    // Syllables that do not repeat, or they would be packed away.
    const words = Array.from({ length: 900 }, (_, place) => String.fromCharCode(0xac00 + ((place * 7919 + 13) ** 2 % 11_172))).join("");
    await window.topiq.load({ ...scenario, description: words, layout: { "topic:orders": { x: 417, y: 93 } }, labels: {} });
  });
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  const box = dialog.getByRole("textbox", { name: "Link" });
  const advice = dialog.getByRole("status").filter({ hasText: "Some chat and mail programs cut links of more than 2,000 characters." });
  await expect(advice).toHaveText(/It would be shorter without the places on the canvas \(by \d+\), the description \(by \d+\)\.$/);
  const saved = Number(/description \(by (\d+)\)/.exec((await advice.textContent()) ?? "")?.[1]);
  const length = (await box.inputValue()).length;
  expect(length).toBeGreaterThan(2000);
  expect(length - saved).toBeLessThan(1200);

  await dialog.getByRole("radio", { name: /^This exact run/ }).check();
  await expect(advice).toHaveText(new RegExp(`A link to the scenario alone has ${length}\\.$`));
});

test("a link to a scenario holds it as it is wired now", async ({ page, browser }) => {
  await open(page);
  await submit(page, { type: "createPartitions", topic: "orders", count: 6 });
  await submit(page, { type: "addGroup", group: { groupId: "audit", topics: ["orders"], configs: { "auto.offset.reset": "earliest" } } });
  await submit(page, { type: "addConsumer", consumer: { clientId: "c9", groupId: "audit", processing: { timeMs: 123 } } });
  const link = await page.evaluate(() => window.topiq.link("scenario"));
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await open(other, link);
  const opened = await image(other);
  expect(opened.topics["orders"]?.partitions).toBe(6);
  expect(opened.groups["audit"]?.spec.configs).toEqual({ "auto.offset.reset": "earliest" });
  expect(opened.consumers["c9"]?.spec.processing).toEqual({ timeMs: 123 });
  await elsewhere.close();
});

freshTest("a foreign link never touches saved work, until it is kept", async ({ page, browser }) => {
  const link = await linkFromElsewhere(await browser.newContext());
  await open(page);
  await expect(page.getByText("saved in this browser")).toBeVisible();
  await submit(page, { type: "addConsumer", consumer: { clientId: "mine", groupId: "billing", processing: { timeMs: 450 } } });
  await goTo(page, 30_000);
  const own = await savedRuns(page);
  expect(own).toHaveLength(1);

  await page.goto("about:blank");
  await open(page, link);
  await expect(page.getByRole("alert")).toContainText("Opened from a link, as a copy that is not saved. Your own work is untouched.");
  await expect(page.getByText("a copy, not saved")).toBeVisible();
  expect(Object.keys((await image(page)).consumers)).toContain("foreign");
  await goTo(page, 60_000);
  await submit(page, { type: "removeConsumer", clientId: "foreign", how: "close" });
  expect(await savedRuns(page)).toEqual(own);

  await page.goto("./");
  await ready(page);
  expect(Object.keys((await image(page)).consumers)).toContain("mine");
  const resumed = await pause(page);
  expect(resumed.clock.timeUs).toBeGreaterThanOrEqual(own[0]?.durableTimeUs ?? Infinity);

  // Kept, it is a run of its own beside the other.
  await page.goto("about:blank");
  await open(page, link);
  await page.getByRole("button", { name: "Keep" }).click();
  await expect(page.getByText("saved in this browser")).toBeVisible();
  await eventually(async () => (await savedRuns(page)).length).toBe(2);
  await page.reload();
  await ready(page);
  expect(Object.keys((await image(page)).consumers)).toContain("foreign");
});

freshTest("a damaged link says how it is damaged, and opens nothing in its place", async ({ page }) => {
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "mine", groupId: "billing", processing: { timeMs: 450 } } });
  const link = await page.evaluate(() => window.topiq.link("run"));
  const damages = [
    { harmed: link.slice(0, -20), title: "This link has been cut off" },
    { harmed: link.slice(0, link.indexOf("t2.") + 8), title: "This link has been cut off" },
    { harmed: `${link.slice(0, -30)}${link.at(-30) === "A" ? "B" : "A"}${link.slice(-29)}`, title: "This link is damaged" },
    { harmed: link.replace("#t2.", "#t3."), title: "This link is from a newer Topiq" },
    { harmed: link.replace(/#.*$/, "#section-3"), title: "This is not a Topiq link" },
  ];
  const alert = page.getByRole("alert");
  const own = (await savedRuns(page)).map(({ runId }) => runId);
  for (const { harmed, title } of damages) {
    await page.goto("about:blank");
    await page.goto(harmed);
    await expect(alert.getByRole("heading", { name: title })).toBeVisible();
    await expect(alert).toContainText("Nothing was opened, and your saved work is as you left it.");
    expect(await page.evaluate(() => window.topiq.image())).toBeNull();
  }
  await alert.getByRole("button", { name: "Open my own work" }).click();
  await expect(page.getByRole("group", { name: /^Consumer mine of group billing/ })).toBeVisible();
  expect((await savedRuns(page)).map(({ runId }) => runId)).toEqual(own);
});

freshTest("a damaged link in the same tab leaves what is open alone, and goes back to it as it was", async ({ page }) => {
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "mine", groupId: "billing", processing: { timeMs: 450 } } });
  const before = await image(page);
  await page.evaluate(() => (location.hash = "#t2.AAAA"));
  const alert = page.getByRole("alert");
  await expect(alert.getByRole("heading", { name: "This link" })).toBeVisible();
  for (const key of ["v", ".", "Control+z", " "]) await page.keyboard.press(key);
  await alert.getByRole("button", { name: "Go on with what is open" }).click();
  await expect(alert).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe("");
  expect(differences(await image(page), before)).toEqual([]);
  await page.keyboard.press("Control+z");
  await eventually(async () => Object.keys((await image(page)).consumers)).not.toContain("mine");
});

freshTest("an address that asks for a scene that there is not says so", async ({ page }) => {
  await page.goto("./?preset=nonsense");
  await expect(page.getByRole("alert")).toContainText("This version of Topiq does not have the example “nonsense”.");
});

async function linkFromElsewhere(context: BrowserContext): Promise<string> {
  const page: Page = await context.newPage();
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "foreign", groupId: "billing", processing: { timeMs: 450 } } });
  const link = await page.evaluate(() => window.topiq.link("run"));
  await context.close();
  return link;
}
