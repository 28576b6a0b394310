import { expect, type Locator, type Page } from "@playwright/test";
import { freshTest, test } from "./support/pages";
import { card, choose, eventually, image, inspector, open, openTab, pause, playButton } from "./support/playground";

test("after a press by pointer, Space is play or pause, and presses nothing again", async ({ page }) => {
  await open(page);
  await page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true }).click();
  await expect(card(page, "consumer", "c3")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(playButton(page)).toBeHidden();
  await page.keyboard.press("Space");
  await expect(playButton(page)).toBeVisible();
  expect(Object.keys((await image(page)).consumers)).toEqual(["c1", "c2", "c3"]);
});

test("who goes to a button by keyboard presses it with Space", async ({ page }) => {
  await open(page);
  await page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect(card(page, "consumer", "c3")).toBeVisible();
  await expect(playButton(page)).toBeVisible();
});

test("O opens the outline and goes there; O and Escape close it and go back", async ({ page }) => {
  await open(page);
  const tree = page.getByRole("tree");
  await card(page, "topic", "orders").focus();
  for (const key of ["o", "Escape"]) {
    await page.keyboard.press("o");
    await expect(tree.getByRole("treeitem").first()).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press(key);
    await expect(tree).toHaveCount(0);
    await expect(card(page, "topic", "orders")).toBeFocused();
  }
  // A pointer that opens it goes on where it is.
  await page.getByRole("main").getByRole("button", { name: "Outline" }).click();
  await expect(tree).toBeVisible();
  await page.keyboard.press("Space");
  await expect(playButton(page)).toBeHidden();
  await pause(page);
  await page.keyboard.press("o");
  await expect(tree).toHaveCount(0);
});

freshTest("play and the timeline are two keys away, and what floats over the canvas comes before it", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("button", { name: "Skip to play and timeline" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(playButton(page)).toBeFocused();
  const playhead = page.getByRole("slider", { name: "Moment shown" });
  for (let presses = 0; presses < 5 && !(await playhead.evaluate((element) => element === document.activeElement)); presses++) await page.keyboard.press("Tab");
  await expect(playhead).toBeFocused();
  await page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true }).focus();
  const reached: string[] = [];
  for (let presses = 0; presses < 5; presses++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement?.getAttribute("data-id") ?? ""));
  }
  expect(reached).toEqual(["", "producer:checkout", "producer:mobile-app", "topic:orders", expect.anything()]);
});

test("Ctrl+A chooses everything on the canvas, and no text of the page", async ({ page }) => {
  await open(page);
  await card(page, "topic", "orders").focus();
  await page.keyboard.press("Control+a");
  await expect(page.locator(".react-flow__node.selected")).toHaveCount(6);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("");
  await expect(inspector(page).getByRole("heading").first()).toContainText("orders");
  // In a field it chooses what is typed there.
  const search = page.getByRole("searchbox", { name: "Search in keys and values" });
  await search.fill("user");
  await page.keyboard.press("Control+a");
  expect(await search.evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd])).toEqual([0, 4]);
});

test("Enter and Escape that belong to a Hangul syllable neither take nor drop what is typed", async ({ page }) => {
  await open(page);
  const title = page.getByRole("banner").getByRole("textbox", { name: "Rename the scenario" });
  await page.getByRole("banner").getByTitle("Rename the scenario").click();
  await expectToSurviveComposing(title);
  await page.keyboard.press("Escape");
  await expect(title).toHaveCount(0);

  await page.keyboard.press("o");
  await page.getByRole("treeitem", { name: /^checkout/ }).focus();
  await page.keyboard.press("F2");
  const name = page.getByRole("tree").getByRole("textbox", { name: "Rename" });
  await expectToSurviveComposing(name);
  await page.keyboard.press("Escape");
  await expect(name).toHaveCount(0);
  await page.keyboard.press("o");

  await choose(page, "producer", "checkout");
  await openTab(page, "Settings");
  const label = inspector(page).getByRole("tabpanel").getByRole("textbox").first();
  await expectToSurviveComposing(label);
  await label.press("Escape");
  await expect(label).not.toHaveValue("결제");
});

test("Escape that only ends a Hangul syllable leaves the palette open", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Find a command" });
  await expect(field).toBeFocused();
  await composeThenEscape(page);
  await expect(field).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
});

/** Enter and Escape as browsers give them in the middle of a composition. */
async function expectToSurviveComposing(field: Locator): Promise<void> {
  await field.fill("결제");
  for (const key of ["Enter", "Escape"]) {
    await field.evaluate((element, pressed) => element.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, isComposing: true, bubbles: true, cancelable: true })), key);
  }
  await expect(field).toHaveValue("결제");
  await eventually(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
}

/** A syllable under the keyboard's hands, and the Escape that puts it away. */
async function composeThenEscape(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "개", selectionStart: 1, selectionEnd: 1 });
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Escape", code: "Escape", windowsVirtualKeyCode: 27 });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Escape", code: "Escape", windowsVirtualKeyCode: 27 });
  await session.send("Input.imeSetComposition", { text: "", selectionStart: 0, selectionEnd: 0 });
  await session.detach();
}

test("Shift adds to what is selected, a box leaves nothing over it, and Escape lets all of it go", async ({ page }) => {
  await open(page);
  const selected = page.locator(".react-flow__node.selected");
  await card(page, "producer", "checkout").click();
  await card(page, "producer", "mobile-app").click({ modifiers: ["Shift"] });
  await expect(selected).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(selected).toHaveCount(0);
  const [first, second] = [await card(page, "producer", "checkout").boundingBox(), await card(page, "producer", "mobile-app").boundingBox()];
  await page.keyboard.down("Shift");
  await page.mouse.move((first?.x ?? 0) - 8, (first?.y ?? 0) - 8);
  await page.mouse.down();
  await page.mouse.move((second?.x ?? 0) + (second?.width ?? 0) + 8, (second?.y ?? 0) + (second?.height ?? 0) + 8, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect(selected).toHaveCount(2);
  await card(page, "producer", "checkout").click();
  await expect(selected).toHaveCount(1);
  await page.keyboard.press("Control+a");
  await expect(selected).not.toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(selected).toHaveCount(0);
});
