import { expect, type Page } from "@playwright/test";
import { freshTest } from "./support/pages";
import { open } from "./support/playground";

freshTest.use({ colorScheme: "dark", viewport: { width: 1100, height: 700 } });

freshTest("on paper the scene is whole, in dark ink on white, and the screen is as it was afterwards", async ({ page }) => {
  await open(page, "./?preset=queue-and-pubsub");
  const viewport = page.locator(".react-flow__viewport");
  const onScreen = await viewport.getAttribute("style");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".scene-tokens")).toHaveCount(0);
  for (const pressed of [page.getByRole("toolbar"), page.locator(".timeline"), page.locator(".scene-verb"), page.locator(".shell-side")]) await expect(pressed).toBeHidden();
  await expect(page.locator(".scene-sentence-text")).toBeVisible();
  const sheet = await page.locator(".scene").boundingBox();
  if (!sheet) throw new Error("there is no scene");
  const boxes = await page.locator(".react-flow__node").evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON()));
  expect(boxes).toHaveLength(11);
  for (const { left, right, top, bottom } of boxes) {
    expect(Math.min(left - sheet.x, top - sheet.y, sheet.x + sheet.width - right, sheet.y + sheet.height - bottom)).toBeGreaterThanOrEqual(-1);
  }
  expect(await lightness(page, "color")).toBeLessThan(80);
  expect(await lightness(page, "backgroundColor")).toBe(255);
  await page.emulateMedia({ media: null });
  await expect(page.locator(".scene-tokens")).toBeVisible();
  await expect(viewport).toHaveAttribute("style", onScreen ?? "");
  // One sheet, in the browser's own way to print, too.
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(1);
  await expect(viewport).toHaveAttribute("style", onScreen ?? "");
});

/** Of a topic's card: the brightest channel of its ink, the darkest of its ground. */
function lightness(page: Page, property: "color" | "backgroundColor"): Promise<number> {
  return page.locator(".scene-topic").first().evaluate((element, read) => {
    const channels = (getComputedStyle(element)[read].match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    return read === "color" ? Math.max(...channels) : Math.min(...channels);
  }, property);
}
