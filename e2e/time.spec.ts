import { expect, type Page } from "@playwright/test";
import { test } from "./support/pages";
import { clockMs, differences, eventually, expectWorldToStand, goTo, image, open, openRunning, pause, playButton, submit } from "./support/playground";

test("pausing stops the clock, playing starts it again", async ({ page }) => {
  await openRunning(page);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(playButton(page)).toBeVisible();
  const stood = await image(page);
  expect(await expectWorldToStand(page)).toBe(stood.clock.timeUs);
  expect(differences(await image(page), stood)).toEqual([]);

  await playButton(page).click();
  await eventually(() => clockMs(page)).toBeGreaterThan(stood.clock.timeUs / 1000);
  await page.keyboard.press("Space");
  await expect(playButton(page)).toBeVisible();
});

test("a step goes to the next event, and back to the one before", async ({ page }) => {
  await open(page);
  const before = await pause(page);
  await page.getByRole("button", { name: "To the next event" }).click();
  await eventually(async () => (await image(page)).clock.eventCount).toBeGreaterThan(before.clock.eventCount);
  const after = await image(page);
  expect(after.clock.timeUs).toBeGreaterThan(before.clock.timeUs);

  await page.keyboard.press(".");
  await eventually(async () => (await image(page)).clock.eventCount).toBeGreaterThan(after.clock.eventCount);
  await page.keyboard.press(",");
  await eventually(async () => differences(await image(page), after)).toEqual([]);
});

test("rewinding shows exactly what was, and playing on repeats it exactly", async ({ page }) => {
  await open(page);
  const first = await goTo(page, 27_000);
  await goTo(page, first.clock.timeUs / 1000 + 500);
  await submit(page, { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing", processing: { timeMs: 450 } } });
  const second = await goTo(page, 41_000);
  const last = await goTo(page, 60_000);
  expect(Object.keys(second.consumers)).toHaveLength(3);

  expect(differences(await goTo(page, first.clock.timeUs / 1000), first)).toEqual([]);
  expect(differences(await goTo(page, second.clock.timeUs / 1000), second)).toEqual([]);
  expect(differences(await goTo(page, first.clock.timeUs / 1000), first)).toEqual([]);

  // Played on from there, through the same command, at another pace.
  await goTo(page, 45_000);
  expect(differences(await goTo(page, second.clock.timeUs / 1000), second)).toEqual([]);
  expect(differences(await goTo(page, last.clock.timeUs / 1000), last)).toEqual([]);
});

test("the timeline is dragged back and moved by keys", async ({ page }) => {
  await open(page);
  await goTo(page, 60_000);
  const line = page.locator(".timeline-line");
  const box = await line.boundingBox();
  if (!box) throw new Error("there is no timeline");
  const endMs = await clockMs(page);
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await eventually(() => clockMs(page)).toBeLessThan(endMs * 0.6);

  const head = page.getByRole("slider", { name: "Moment shown" });
  await head.focus();
  const draggedTo = await clockMs(page);
  await page.keyboard.press("ArrowLeft");
  await eventually(() => clockMs(page)).toBeCloseTo(draggedTo - 1000, 0);
  await page.keyboard.press("Home");
  await eventually(() => clockMs(page)).toBe(0);
  await page.keyboard.press("End");
  await eventually(() => clockMs(page)).toBe(endMs);
  await expect(head).toHaveAttribute("aria-valuetext", /^(\d\d:\d\d\.\d), of \1 reached$/);
});

test("markers on the timeline lead to their moments", async ({ page }) => {
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing", processing: { timeMs: 450 } } });
  await goTo(page, 60_000);
  const markers = page.getByRole("group", { name: "Markers on the timeline" }).getByRole("button");
  const marker = markers.filter({ hasText: "c3" }).or(page.getByRole("button", { name: /^00:\d\d\.\d c3 / })).first();
  const name = (await marker.getAttribute("aria-label")) ?? "";
  await marker.click();
  await eventually(() => clockText(page)).toBe(name.slice(0, 7));
});

test("a command in the past forks: the old future is dropped, and undo brings it back", async ({ page }) => {
  await open(page);
  const old = await goTo(page, 60_000);
  await goTo(page, 30_000);
  await page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true }).click();
  await expect(page.getByText("You changed the past at 00:30.0")).toBeVisible();
  // The timeline ends at the fork: there is nothing of the old run beyond it.
  await expect(page.getByRole("slider", { name: "Moment shown" })).toHaveAttribute("aria-valuemax", "30");
  // The new way ends before the old one did: coming back, all of the old one must be there again.
  const forked = await goTo(page, 36_000);
  expect(Object.keys(forked.consumers)).toContain("c3");

  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await eventually(async () => Object.keys((await image(page)).consumers)).not.toContain("c3");
  expect(differences(await goTo(page, old.clock.timeUs / 1000), old)).toEqual([]);
});

test("speeds from a tenth to a hundredfold, chosen from the menu; the clock goes on at each", async ({ page }) => {
  await openRunning(page);
  for (const speed of ["0.1×", "100×", "1×"]) {
    await page.getByRole("button", { name: "Speed", exact: true }).click();
    await page.getByRole("menuitemradio", { name: speed, exact: true }).click();
    await expect(page.getByRole("button", { name: "Speed", exact: true })).toHaveText(speed);
    const shownMs = await clockMs(page);
    await eventually(() => clockMs(page)).toBeGreaterThan(shownMs);
  }
});

async function clockText(page: Page): Promise<string> {
  return (await page.getByRole("timer", { name: "Virtual time" }).textContent()) ?? "";
}

test("a long way ahead says how far it has come, and Escape ends it where it began", async ({ page }) => {
  await open(page);
  const before = await pause(page);
  const end = page.evaluate(() => window.topiq.seek(20_000_000).then(String, String));
  const progress = page.getByRole("region", { name: "On the way to that moment" });
  await expect(progress).toContainText(/\d+:\d\d of 5:33:20/);
  await expect(progress.getByRole("status")).toHaveText("On the way to that moment");
  await page.keyboard.press("Escape");
  expect(await end).toContain("cancelled");
  await expect(progress).toHaveCount(0);
  expect((await image(page)).clock.timeUs).toBe(before.clock.timeUs);
});
