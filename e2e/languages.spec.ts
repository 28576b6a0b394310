import { expect, type Page } from "@playwright/test";
import { freshTest as test } from "./support/pages";
import { card, choose, eventually, goUntil, image, open, pause, play, playButton, submit } from "./support/playground";
import { englishAmong, visibleWords } from "./support/visibleWords";

test.describe("in a Korean browser", () => {
  test.use({ locale: "ko-KR" });

  test("the page is Korean, down to every dialog, panel and problem", async ({ page }) => {
    test.setTimeout(60_000);
    await open(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await expect(page.getByRole("main").getByRole("button", { name: "컨슈머 추가", exact: true })).toBeVisible();
    const left = new Set<string>();
    await everySurface(page, async () => {
      for (const text of englishAmong(await visibleWords(page))) left.add(text);
    });
    expect([...left]).toEqual([]);
  });

  test("its sentences are Korean: what the verb does, and what a fork drops", async ({ page }) => {
    await open(page);
    await play(page, 3);
    await page.getByRole("main").getByRole("button", { name: "컨슈머 추가", exact: true }).click();
    await expect(page.locator(".scene-sentence-text")).toContainText(/c3.*[가-힣]/);
    await pause(page);
    await page.evaluate(() => window.topiq.seek(20_000));
    await page.getByRole("main").getByRole("button", { name: "컨슈머 추가", exact: true }).click();
    await expect(page.locator(".ui-toast")).toContainText(/[가-힣]/);
    expect(englishAmong(await visibleWords(page))).toEqual([]);
  });

  test("the switch goes to English and is remembered", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "English", exact: true }).click();
    await expect(page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.reload();
    await expect(page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true })).toBeVisible();
  });
});

test("in an English browser the page is English, down to every dialog and panel", async ({ page }) => {
  test.setTimeout(60_000);
  await open(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const korean = new Set<string>();
  await everySurface(page, async () => {
    for (const text of await visibleWords(page)) if (/[가-힣]/.test(text)) korean.add(text);
  });
  // Whoever needs the other language must be able to read its name.
  expect([...korean].filter((text) => !["한국어", "한국어로 보기"].includes(text))).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in a ${colorScheme} browser`, () => {
    test.use({ colorScheme });

    test("the page has that theme, and another when it is switched, which is remembered", async ({ page }) => {
      const other = colorScheme === "light" ? "dark" : "light";
      await open(page);
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      const background = await backgroundLightness(page);
      await page.getByRole("button", { name: other === "dark" ? "Dark theme" : "Light theme" }).click();
      await expect(page.locator("html")).toHaveAttribute("data-theme", other);
      const switched = await backgroundLightness(page);
      expect(Math.sign(switched - background)).toBe(other === "light" ? 1 : -1);
      await page.reload();
      await expect(page.locator("html")).toHaveAttribute("data-theme", other);
    });
  });
}

test("theme and motion follow the system while the page is open, the theme until one is chosen", async ({ page }) => {
  const theme = page.locator("html");
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(theme).toHaveAttribute("data-theme", "dark");
  // A consumer at work shows how far it has come, in steps where motion is to be little.
  const steps = (): Promise<string | undefined> => page.locator(".scene-ring-done").evaluateAll((rings) => rings.flatMap((ring) => ring.getAnimations())[0]?.effect?.getTiming().easing);
  await goUntil(page, ({ consumers }) => Object.values(consumers).some(({ inWork }) => inWork !== null), 50);
  await eventually(steps).toBe("linear");
  await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "dark" });
  await eventually(steps).toContain("steps");
  await page.getByRole("button", { name: "Light theme" }).click();
  await page.emulateMedia({ colorScheme: "light" });
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(theme).toHaveAttribute("data-theme", "light");

  await page.goto("./?embed&preset=orders&theme=light");
  await expect(theme).toHaveAttribute("data-theme", "light");
  await page.emulateMedia({ colorScheme: "light" });
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(theme).toHaveAttribute("data-theme", "light");
  await page.goto("./?embed&preset=orders");
  await expect(theme).toHaveAttribute("data-theme", "dark");
});

test.describe("with reduced motion", () => {
  test.use({ reducedMotion: "reduce" });

  test("the facts change, and nothing moves from one to the next", async ({ page }) => {
    await open(page);
    await play(page, 5);
    await page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true }).click();
    await expect(card(page, "consumer", "c3")).toContainText("P");
    await eventually(() =>
        page.evaluate(() =>
          document.getAnimations().flatMap((animation) => {
            const timing = animation.effect?.getTiming();
            const isStill = (timing?.easing ?? "").startsWith("steps") || Number(timing?.duration) <= 1;
            return isStill ? [] : [`${animation.constructor.name} ${timing?.duration} ${timing?.easing}`];
          }),
        ),
      )
      .toEqual([]);
  });
});

/** Lets something be looked at in every place that the page has, with what people come to see there. */
async function everySurface(page: Page, look: () => Promise<void>): Promise<void> {
  await look();
  for (const [kind, name] of [["producer", "checkout"], ["topic", "orders"], ["group", "billing"], ["consumer", "c1"]] as const) {
    await choose(page, kind, name);
    const tabs = page.getByRole("complementary").getByRole("tab");
    for (const tab of await tabs.all()) {
      await tab.click();
      for (const summary of await page.locator("details:not([open]) > summary").all()) await summary.click();
      await look();
    }
  }
  // A wrong value, a refused command, and a change that has no opposite.
  await choose(page, "topic", "orders");
  await page.locator("#inspector-tab-settings").click();
  await page.getByRole("tabpanel").getByRole("textbox").first().fill("2");
  await look();
  await page.keyboard.press("Escape");
  await submit(page, { type: "createPartitions", topic: "orders", count: 5 });
  await card(page, "topic", "orders").focus();
  await page.keyboard.press("Control+z");
  await expect(page.locator(".ui-toast")).toBeVisible();
  await look();
  await page.keyboard.press("o");
  await expect(page.getByRole("tree")).toBeVisible();
  await page.getByRole("treeitem").first().focus();
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu")).toBeVisible();
  await look();
  await page.keyboard.press("Escape");

  await page.getByRole("banner").getByRole("button", { name: /^(Examples|예제)$/ }).click();
  await expect(page.locator("[data-preset]").first()).toBeVisible();
  await look();
  await page.keyboard.press("e");

  for (const name of [/^(Help|도움말)$/, /^(Embed|임베드)$/, /^(Share|공유)$/]) {
    await page.getByRole("banner").getByRole("button", { name }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  // The dialog is gone from the page a moment before the page knows, and until then its keys are the dialog's.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { expanded: true })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await look();
  await page.keyboard.press("Escape");
  await expect(playButton(page)).toBeVisible();
  expect((await image(page)).topics["orders"]?.partitions).toBe(4);
}

/** From 0 to 255. */
async function backgroundLightness(page: Page): Promise<number> {
  const colour = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}
