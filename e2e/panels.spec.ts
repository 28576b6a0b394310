import { expect, type Page } from "@playwright/test";
import { presetNames } from "./support/core";
import { freshTest, test } from "./support/pages";
import { choose, eventually, goUntil, image, inspector, open, openTab, pause, play, ready, submit } from "./support/playground";

const catalogue = (page: Page): ReturnType<Page["locator"]> => page.getByRole("complementary", { name: "Examples" });
const canvasWidth = async (page: Page): Promise<number> => Math.round((await page.locator(".shell-canvas").boundingBox())?.width ?? 0);

freshTest("an example is searched in either language, and is marked once its goal is reached, also after a reload", async ({ page }) => {
  await open(page);
  await page.keyboard.press("e");
  const search = catalogue(page).getByRole("searchbox", { name: "Search examples" });
  await expect(search).toBeFocused();
  const shown = async (): Promise<readonly string[]> => catalogue(page).locator("[data-preset]").evaluateAll((all) => all.map((one) => one.getAttribute("data-preset") ?? ""));
  await search.fill("sticky");
  await eventually(shown).toEqual(["sticky-partitioner"]);
  await search.fill("느린 컨슈머");
  await eventually(shown).toEqual(["slow-consumer"]);
  await search.fill("zzz");
  await expect(catalogue(page).getByRole("status")).toHaveText("No example has this in its name, its text or its goal.");
  await search.fill("");
  await eventually(async () => (await shown()).length).toBe(presetNames.length);

  const orders = catalogue(page).locator("[data-preset=orders]");
  await expect(orders).toHaveAttribute("aria-current", "true");
  await expect(orders).not.toContainText("done");
  await page.getByRole("banner").click({ position: { x: 4, y: 4 } });
  for (let press = 0; press < 3; press++) await page.keyboard.press("v");
  await goUntil(page, ({ consumers }) => Object.values(consumers).some(({ phase }) => phase === "idle"));
  await expect(orders).toContainText("done");
  await page.reload();
  await ready(page);
  // What stood open stands open again, and the focus stays with the page.
  await expect(orders).toContainText("done");
  await expect(search).not.toBeFocused();
});

test("a drawer leaves the canvas 720 pixels or lies over it; it is made wider by its edge", async ({ page }) => {
  await open(page);
  for (const width of [1440, 1280, 1024]) {
    await page.setViewportSize({ width, height: 800 });
    const alone = await canvasWidth(page);
    await page.keyboard.press("e");
    await expect(catalogue(page)).toBeVisible();
    await eventually(() => canvasWidth(page)).toBe(alone - 320 >= 720 ? alone - 320 : alone);
    await page.keyboard.press("Escape");
    await expect(catalogue(page)).toHaveCount(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press("o");
  await expect(page.getByRole("treeitem").first()).toBeFocused();
  const edge = page.getByRole("separator", { name: "Width of the left panel" });
  await edge.press("ArrowRight");
  await eventually(async () => Math.round((await page.locator(".shell-drawer").boundingBox())?.width ?? 0)).toBe(340);
  // The other content of the drawer is one press away.
  await page.getByRole("complementary", { name: "Outline" }).getByRole("button", { name: "Examples" }).click();
  await expect(catalogue(page)).toBeVisible();
});

test("the details fold away for the picture, and come back", async ({ page }) => {
  await open(page);
  const before = await canvasWidth(page);
  await page.keyboard.press("Control+\\");
  await expect(inspector(page)).toHaveCount(0);
  await eventually(() => canvasWidth(page)).toBe(before + 330);
  await page.getByRole("main").getByRole("button", { name: "Show or hide the details" }).click();
  await expect(inspector(page)).toBeVisible();
});

test("records and charts go to the full width below, follow what is chosen of the log, and come back", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await inspector(page).getByRole("button", { name: "Records in a wide table below" }).click();
  const table = page.getByRole("region", { name: "Records in a wide table below" });
  await expect(table.getByRole("grid", { name: /^Records of orders partition 0/ })).toBeVisible();
  expect((await table.boundingBox())?.width).toBe(await page.evaluate(() => innerWidth));
  // The value is whole here.
  await expect(table.getByRole("row").nth(1)).toContainText("}");
  await choose(page, "group", "billing");
  await expect(table.getByRole("grid", { name: /^Records of orders partition 0/ })).toBeVisible();
  await table.getByRole("combobox", { name: "Partition" }).selectOption("all");
  await expect(table.getByRole("grid", { name: /^Records of topic orders, all/ })).toBeVisible();
  await table.getByRole("row").nth(2).click();
  await expect(inspector(page).getByRole("heading", { name: /^Record / })).toBeVisible();
  const edge = page.getByRole("separator", { name: "Height of the table" });
  const height = async (): Promise<number> => Math.round((await table.boundingBox())?.height ?? 0);
  const before = await height();
  await edge.press("ArrowUp");
  await eventually(height).toBe(before + 20);
  await inspector(page).getByRole("button", { name: "Bring them back here" }).click();
  await expect(table).toHaveCount(0);
  await expect(inspector(page).getByRole("grid")).toBeVisible();

  await openTab(page, "Charts");
  await inspector(page).getByRole("button", { name: "Charts below, at full width" }).click();
  const charts = page.getByRole("region", { name: "Charts below, at full width" });
  await expect(charts.locator("canvas")).toBeVisible();
  await charts.getByRole("button", { name: "Close" }).click();
  await expect(charts).toHaveCount(0);
});

test("a wrong offset says what the log holds, in a line of its own, until something else is looked at", async ({ page }) => {
  await open(page);
  const log = (await image(page)).partitions["orders-0"];
  await inspector(page).getByRole("textbox", { name: "Go to an offset" }).fill("999");
  await inspector(page).getByRole("textbox", { name: "Go to an offset" }).press("Enter");
  const alert = inspector(page).getByRole("alert");
  await expect(alert).toHaveText(`The log holds 0 to ${(log?.logEndOffset ?? 0) - 1}.`);
  const heads = inspector(page).getByRole("columnheader").first();
  const [said, head] = [await alert.boundingBox(), await heads.boundingBox()];
  expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(head?.y ?? 0);
  await inspector(page).getByRole("row").nth(2).click();
  await expect(alert).toHaveCount(0);
  // And what is newer is told below the rows, not on them.
  await goUntil(page, ({ partitions }) => (partitions["orders-0"]?.logEndOffset ?? 0) > (log?.logEndOffset ?? 0));
  const newer = await inspector(page).getByRole("button", { name: /newer/ }).boundingBox();
  const rows = await inspector(page).locator(".records-rows").boundingBox();
  expect(newer?.y).toBeGreaterThanOrEqual((rows?.y ?? 0) + (rows?.height ?? 0));
});

test("at 10,000 records a second the list is never empty, and never ahead of the picture", async ({ page }) => {
  await open(page);
  for (const clientId of ["checkout", "mobile-app"]) await submit(page, { type: "alterProducer", clientId, source: { ratePerSecond: 5000 } });
  // The inspector comes after the first picture, and its records after that.
  await expect(page.locator(".records-space .records-place").first()).toBeVisible();
  await play(page, 1);
  const seen = await page.evaluate(async () => {
    const looks: { readonly first: string; readonly end: number }[] = [];
    for (let look = 0; look < 120; look++) {
      await new Promise(requestAnimationFrame);
      const first = document.querySelector(".records-space .records-place")?.textContent ?? "none";
      const end = Number([...document.querySelectorAll(".inspector-marks b")].at(-1)?.textContent ?? 0);
      looks.push({ first, end });
    }
    return looks;
  });
  expect(seen.filter(({ first }) => first === "none")).toEqual([]);
  expect(seen.filter(({ first, end }) => Number.parseInt(first) >= end)).toEqual([]);
  await pause(page);
});

test("a search that finds nothing in one partition says where it looked, and looks in all when asked", async ({ page }) => {
  await open(page);
  const search = inspector(page).getByRole("searchbox", { name: "Search in keys and values" });
  await search.fill("user-3");
  await expect(inspector(page)).toContainText("No record of P0 has this text in its key or value.");
  await inspector(page).getByRole("button", { name: "Search all partitions" }).click();
  await expect(search).toHaveValue("user-3");
  await expect(inspector(page).getByRole("row").nth(1)).toContainText("user-3");
});
