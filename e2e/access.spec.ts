import { expect, type Page } from "@playwright/test";
import { freshTest, test } from "./support/pages";
import { card, choose, eventually, image, open, openRunning, pause, playButton, submit } from "./support/playground";

test("every control has a name, ids are unique, and one heading level is not skipped", async ({ page }) => {
  await open(page);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("o");
  await expect(page.getByRole("tree")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("o");
  for (const [kind, name] of [["producer", "checkout"], ["group", "billing"], ["consumer", "c2"], ["topic", "orders"]] as const) {
    await choose(page, kind, name);
    for (const tab of await page.getByRole("complementary").getByRole("tab").all()) {
      await tab.click();
      expect(await faults(page)).toEqual([]);
    }
  }
  await page.keyboard.press("e");
  await expect(page.getByRole("complementary", { name: "Examples" })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("e");
  for (const name of ["Help", "Embed", "Share"]) {
    await page.getByRole("banner").getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});

freshTest("whatever Tab reaches shows that it has the focus", async ({ page }) => {
  await open(page);
  const invisible: string[] = [];
  const seen = new Set<string>();
  for (let pressed = 0; pressed < 70; pressed++) {
    await page.keyboard.press("Tab");
    const { name, isShown } = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return { name: "", isShown: true };
      const drawn = ({ outlineStyle, outlineWidth, boxShadow }: CSSStyleDeclaration): boolean =>
        (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
      // A card on the canvas draws the focus of its frame.
      const around = [element, ...element.children].map((part) => getComputedStyle(part));
      const words = element.getAttribute("aria-label") ?? element.textContent?.slice(0, 30);
      return { name: `${element.tagName} ${element.className} ${words}`, isShown: around.some(drawn) };
    });
    seen.add(name);
    if (!isShown) invisible.push(name);
  }
  expect(seen.size).toBeGreaterThan(30);
  expect([...new Set(invisible)]).toEqual([]);
});

freshTest("single keys can be switched off, and are a field's own inside a field", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Space");
  await expect(playButton(page)).toBeHidden();
  await pause(page);
  await page.getByRole("searchbox", { name: "Search in keys and values" }).fill("v o");
  await expect(page.getByRole("tree")).toHaveCount(0);
  await playButton(page).focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Help" }).getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("o");
  await expect(page.getByRole("tree")).toHaveCount(0);
  // Keys with Ctrl stay.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused();
  await page.keyboard.type("outline");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tree")).toBeVisible();
});

test("a live region says what happens, one calm sentence at a time", async ({ page }) => {
  await open(page);
  const status = page.locator(".scene-sentence").getByRole("status");
  await expect(status).toHaveAttribute("aria-live", "polite");
  await expect(status).toContainText("each record is handled by one of them");
});

freshTest.describe("on a phone", () => {
  freshTest.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  freshTest("what one presses first is large enough for a finger", async ({ page }) => {
    await openRunning(page);
    const controls = {
      play: page.getByRole("button", { name: "Pause", exact: true }),
      verb: page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true }),
      menu: page.getByRole("button", { name: "Menu", exact: true }),
      add: page.getByRole("button", { name: "Add", exact: true }),
      queue: page.getByRole("radio", { name: "Queue", exact: true }),
      pubsub: page.getByRole("radio", { name: "Pub/sub" }),
      undo: page.getByRole("button", { name: "Undo", exact: true }),
      stepBack: page.getByRole("button", { name: "To the event before" }),
      stepForward: page.getByRole("button", { name: "To the next event" }),
      speed: page.getByRole("button", { name: "Speed", exact: true }),
    };
    const small: string[] = [];
    for (const [name, control] of Object.entries(controls)) {
      const box = await control.boundingBox();
      if (!box || Math.round(box.width) < 44 || Math.round(box.height) < 44) small.push(`${name}: ${box?.width} x ${box?.height}`);
    }
    expect(small).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  freshTest("it plays, presses the verb, scrubs and reads by touch", async ({ page }) => {
    await openRunning(page);
    await page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true }).tap();
    await expect(card(page, "consumer", "c3")).toBeVisible();
    await page.getByRole("button", { name: "Pause", exact: true }).tap();
    await expect(playButton(page)).toBeVisible();
    const before = await image(page);
    const line = await page.locator(".timeline-line").boundingBox();
    if (!line) throw new Error("there is no timeline");
    await page.touchscreen.tap(line.x + line.width * 0.2, line.y + line.height * 0.6);
    await eventually(async () => (await image(page)).clock.timeUs).toBeLessThan(before.clock.timeUs);
    await card(page, "topic", "orders").getByText("orders", { exact: true }).tap();
    await expect(page.getByRole("complementary", { name: "Details" })).toContainText("Delivery check");
    await page.getByRole("button", { name: "Close" }).tap();
  });

  freshTest("two taps on handles connect", async ({ page }) => {
    await open(page);
    await submit(page, { type: "createTopic", topic: { name: "audit", partitions: 1, configs: {} } });
    await expect(card(page, "topic", "audit")).toBeVisible();
    await card(page, "producer", "checkout").getByTitle("Connect this producer to a topic").tap();
    await card(page, "topic", "audit").getByTitle("Connect a producer to this topic").tap();
    await eventually(async () => (await image(page)).producers["checkout"]?.spec.topics).toEqual(["orders", "audit"]);
  });
});

/** What would stop somebody who hears the page or moves by keyboard. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const nameOf = (element: Element): string => {
      const labels = "labels" in element ? [...((element as HTMLInputElement).labels ?? [])].map(({ textContent }) => textContent) : []; // fields have them
      const labelledBy = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
      return [element.getAttribute("aria-label"), element.getAttribute("title"), element.textContent, ...labels, ...labelledBy].join("").trim();
    };
    const controls = "button, a[href], input, select, textarea, summary, dialog";
    const roles = ["button", "radio", "tab", "slider", "tree", "grid", "dialog"].map((role) => `[role=${role}]`).join(", ");
    for (const element of document.querySelectorAll(`${controls}, ${roles}`)) {
      if (element.checkVisibility() && nameOf(element) === "") found.push(`no name: ${element.outerHTML.slice(0, 120)}`);
    }
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at))) found.push(`id twice: ${id}`);
    for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls", "aria-activedescendant"]) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        const named = (element.getAttribute(attribute) ?? "").split(" ");
        for (const id of named) if (id !== "" && !document.getElementById(id)) found.push(`${attribute} names nothing: ${id}`);
      }
    }
    const levels = [...document.querySelectorAll("h1, h2, h3, h4")].filter((heading) => heading.checkVisibility()).map(({ tagName }) => Number(tagName[1]));
    levels.forEach((level, at) => {
      if (at > 0 && level > (levels[at - 1] ?? 0) + 1) found.push(`heading ${level} after ${levels[at - 1]}`);
    });
    return found;
  });
}
