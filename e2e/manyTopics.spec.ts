import { expect } from "@playwright/test";
import type { Scenario } from "../src/scenario/scenario";
import { workScene } from "./bench/scenes";
import { freshTest as test } from "./support/pages";
import { card, eventually, image, open } from "./support/playground";

const lines = ".scene-folded";
const lanes = ":is(.scene-lane, .scene-thin)";

for (const language of ["en", "ko"] as const) {
  test(`a topology from work stands as lines, and the topic that is pressed has its lanes, with the records of those alone (${language})`, async ({ page }) => {
    await open(page, `./?lang=${language}`);
    await page.evaluate((document) => window.topiq.load(document as unknown as Scenario), workScene(5)); // it reads documents of every schema
    await eventually(() => page.locator(lines).count()).toBeGreaterThan(10);
    await expect(page.locator(lanes)).toHaveCount(0);
    // Why a record is where it is, is told of what the panel shows at first, too: its producers have keys.
    await expect(page.locator(".why-formula")).toBeVisible();

    await card(page, "topic", "topic-3").locator(lines).click();
    await expect(card(page, "topic", "topic-3").locator(lanes)).toHaveCount(15);
    await eventually(async () => (await image(page)).partitions["topic-3-0"]?.tail.length).toBeGreaterThan(0);
    const { partitions, topics } = await image(page);
    expect(Object.values(partitions).filter(({ tail }) => tail.length > 0).every(({ topic }) => topic === "topic-3" || topic === "topic-0")).toBe(true);
    expect(Object.values(topics).every(({ recordCount }) => recordCount > 0)).toBe(true);

    await page.keyboard.press("Escape");
    await expect(page.locator(lanes)).toHaveCount(0);
  });
}
