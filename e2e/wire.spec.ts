import { expect, type Locator, type Page } from "@playwright/test";
import { freshTest, test } from "./support/pages";
import { card, choose, eventually, goUntil, image, inspector, open, openRunning, pause, submit } from "./support/playground";

test.describe("by mouse", () => {
  test("things are added by pressing and by dragging, and wired by dragging from handle to handle", async ({ page }) => {
    await open(page);
    const tools = page.getByRole("toolbar", { name: "Add" });
    await tools.getByRole("button", { name: "Producer" }).click();
    await expect(card(page, "producer", "producer-1")).toBeVisible();

    // The legend lies there: what is dropped on it falls onto the canvas.
    await tools.getByRole("button", { name: "Topic" }).dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 420, y: 480 }, force: true });
    await expect(card(page, "topic", "topic-1")).toBeVisible();
    await drag(page, handle(page, "producer", "producer-1", "Connect this producer to a topic"), handle(page, "topic", "topic-1", "Connect a producer to this topic"));
    await eventually(async () => (await image(page)).producers["producer-1"]?.spec.topics).toContain("topic-1");

    await tools.getByRole("button", { name: "Group" }).click();
    await expect(card(page, "group", "group-1")).toBeVisible();
    await drag(page, handle(page, "topic", "topic-1", "Connect this topic to a group"), handle(page, "group", "group-1", "Connect a topic to this group"));
    await eventually(async () => (await image(page)).groups["group-1"]?.spec.topics).toContain("topic-1");

    const flowing = await goUntil(page, (shown) => (shown.audit["group-1/topic-1"]?.processed ?? 0) > 5);
    expect(flowing.topics["topic-1"]?.recordCount).toBeGreaterThan(5);
  });

  test("a consumer is carried into another group, and a card to another place", async ({ page }) => {
    await open(page, "./?preset=pubsub-two-groups");
    await drag(page, card(page, "consumer", "c3"), card(page, "group", "analytics"));
    await eventually(async () => (await image(page)).consumers["c3"]?.spec.groupId).toBe("analytics");
    await expect(page.getByRole("group", { name: /^Consumer c3 of group analytics/ })).toBeVisible();

    await pause(page);
    const before = await box(card(page, "producer", "checkout"));
    await page.mouse.move(before.x + 40, before.y + 14);
    await page.mouse.down();
    await page.mouse.move(before.x + 60, before.y + 40, { steps: 5 });
    await page.mouse.move(before.x + 70, before.y + 74, { steps: 5 });
    await page.mouse.up();
    await eventually(async () => (await page.evaluate(() => window.topiq.scenario()))?.layout["producer:checkout"]).toBeDefined();
    await page.keyboard.press("Control+z");
    await eventually(async () => (await page.evaluate(() => window.topiq.scenario()))?.layout["producer:checkout"]).toBeUndefined();
  });

  test("delete, undo and redo, of what has an opposite and of what has not", async ({ page }) => {
    await openRunning(page);
    await page.getByRole("toolbar", { name: "Add" }).getByRole("button", { name: "Consumer" }).click();
    await eventually(() => consumers(page)).toEqual(["c1", "c2", "c3"]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await eventually(() => consumers(page)).toEqual(["c1", "c2"]);
    await page.getByRole("button", { name: "Redo", exact: true }).click();
    await eventually(() => consumers(page)).toEqual(["c1", "c2", "c3"]);

    // The canvas may still be making room for what came back.
    await expect(async () => {
      await card(page, "consumer", "c1").click();
      await expect(card(page, "consumer", "c1")).toHaveClass(/selected/, { timeout: 500 });
    }).toPass();
    await page.keyboard.press("Delete");
    await eventually(() => consumers(page)).toEqual(["c2", "c3"]);
    await page.keyboard.press("Control+z");
    await expect(page.getByText("No command undoes this, so the run went back to just before it")).toBeVisible();
    await eventually(() => consumers(page)).toEqual(["c1", "c2", "c3"]);
    await page.keyboard.press("Control+Shift+z");
    await eventually(() => consumers(page)).toEqual(["c2", "c3"]);
  });

  test("what is selected can be disconnected on the canvas, and connected again", async ({ page }) => {
    await open(page);
    await choose(page, "producer", "checkout");
    await page.getByRole("button", { name: "Disconnect checkout from orders" }).click();
    await eventually(async () => (await image(page)).producers["checkout"]?.spec.topics).toEqual([]);
    await expect(page.getByRole("button", { name: /^Disconnect/ })).toHaveCount(0);
    await choose(page, "topic", "orders");
    await expect(page.getByRole("button", { name: /^Disconnect/ })).toHaveCount(2);
    await page.getByRole("button", { name: "Disconnect orders from billing" }).click();
    await eventually(async () => (await image(page)).groups["billing"]?.spec.topics).toEqual([]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await eventually(async () => (await image(page)).producers["checkout"]?.spec.topics).toEqual(["orders"]);
    expect((await image(page)).groups["billing"]?.spec.topics).toEqual(["orders"]);
  });

  test("a wire that Kafka does not have is refused, with the reason", async ({ page }) => {
    await open(page);
    await card(page, "producer", "checkout").click();
    await page.keyboard.press("c");
    await card(page, "group", "billing").getByText("billing", { exact: true }).click();
    expect((await image(page)).producers["checkout"]?.spec.topics).toEqual(["orders"]);
    await page.keyboard.press("o");
    const group = page.getByRole("treeitem", { name: /^billing/ });
    await expect(group).toBeVisible();
    // A topic's and a group's name is its identity in Kafka: there is no such command.
    await group.focus();
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: "Rename" })).toHaveCount(0);
  });
});

freshTest("a whole wiring by keyboard alone, through the outline", async ({ page }) => {
  await open(page);
  await tabTo(page, page.getByRole("button", { name: "Outline" }));
  await page.keyboard.press("Enter");
  const tree = page.getByRole("tree", { name: "Outline" });
  await expect(tree).toBeVisible();
  await expect(tree.getByRole("treeitem", { name: /^Producers/ })).toBeFocused();

  await command(page, "Add a producer");
  await eventually(async () => Object.keys((await image(page)).producers)).toContain("producer-1");
  await walkTo(page, "topics", "ArrowDown");
  await command(page, "Add a topic");
  await eventually(async () => Object.keys((await image(page)).topics)).toContain("topic-1");

  // The new producer was selected when the topic was made, so it writes there; it need not write to the first topic as well.
  await walkTo(page, "producer:mobile-app", "ArrowUp");
  await command(page, "Connect to topic topic-1");
  await eventually(async () => (await image(page)).producers["mobile-app"]?.spec.topics).toEqual(["orders", "topic-1"]);
  await walkTo(page, "producer:producer-1", "ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(tree.getByRole("treeitem", { name: "→ writes to orders" }).last()).toBeFocused();
  await page.keyboard.press("Delete");
  await eventually(async () => (await image(page)).producers["producer-1"]?.spec.topics).toEqual(["topic-1"]);
  await walkTo(page, "producer:producer-1", "ArrowUp");
  await page.keyboard.press("F2");
  await page.keyboard.type("website");
  await page.keyboard.press("Enter");
  await expect(card(page, "producer", "producer-1")).toContainText("website");

  await walkTo(page, "groups", "ArrowDown");
  await command(page, "Add a group");
  await eventually(async () => Object.keys((await image(page)).groups)).toContain("group-1");
  await walkTo(page, "group:group-1", "ArrowDown");
  await command(page, "Connect to topic orders");
  await eventually(async () => (await image(page)).groups["group-1"]?.spec.topics).toEqual(["topic-1", "orders"]);
  await command(page, "Add a consumer");
  await eventually(async () => (await image(page)).groups["group-1"]?.consumers).toHaveLength(2);

  await walkTo(page, "consumer:c2", "ArrowUp");
  await command(page, "Move to group group-1");
  await eventually(async () => (await image(page)).consumers["c2"]?.spec.groupId).toBe("group-1");
  // The line has gone to another branch, and the focus with it.
  await expect(tree.locator("[data-line='consumer:c2']")).toBeFocused();
  const flowing = await goUntil(page, ({ audit }) => (audit["group-1/topic-1"]?.processed ?? 0) > 5);
  expect(Object.keys(flowing.consumers)).toEqual(["c1", "c2", "c3", "c4"]);

  await walkTo(page, "consumer:c4", "ArrowDown");
  await page.keyboard.press("Delete");
  await eventually(() => consumers(page)).toEqual(["c1", "c2", "c3"]);
  // The focus stays in the tree, on a line that is there.
  await expect(tree.locator("[tabindex='0']")).toBeFocused();
});

test("the picture is drawn larger and smaller, says what is outside, and is fitted and tidied again", async ({ page }) => {
  await open(page);
  const size = page.getByRole("group", { name: "Size of the picture" });
  const fitted = await size.locator("output").textContent();
  const where = async (): Promise<number[]> => Object.values((await card(page, "topic", "orders").boundingBox()) ?? {}).map(Math.round);
  const place = await where();
  for (let press = 0; press < 4; press++) await size.getByRole("button", { name: "Larger" }).click();
  await expect(size.locator("output")).not.toHaveText(fitted ?? "");
  await size.getByRole("button", { name: /outside/ }).click();
  await expect(size.getByRole("button", { name: /outside/ })).toHaveCount(0);
  await size.getByRole("button", { name: "Fit to view" }).click();
  await expect(size.locator("output")).toHaveText(fitted ?? "");
  await eventually(where).toEqual(place);

  await card(page, "topic", "orders").press("Enter");
  await card(page, "topic", "orders").press("ArrowDown");
  await size.getByRole("button", { name: "Tidy up" }).click();
  await expect(size.getByRole("button", { name: "Tidy up" })).toHaveCount(0);
  await eventually(where).toEqual(place);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(size.getByRole("button", { name: "Tidy up" })).toBeVisible();
});

test("the inspector is made wider by its edge, by keys and by dragging, and stays so; the records fill what it leaves", async ({ page }) => {
  await open(page);
  const edge = page.getByRole("separator", { name: "Width of the details" });
  const width = async (): Promise<number> => Math.round((await inspector(page).boundingBox())?.width ?? 0);
  const before = await width();
  await edge.press("ArrowLeft");
  await eventually(width).toBe(before + 20);
  const { x = 0 } = (await edge.boundingBox()) ?? {};
  await page.mouse.move(x + 2, 300);
  await page.mouse.down();
  await page.mouse.move(x - 98, 300, { steps: 4 });
  await page.mouse.up();
  const after = await width();
  expect(after).toBeGreaterThan(before + 100);
  await page.reload();
  await eventually(width).toBe(after);
  for (let press = 0; press < 20; press++) await edge.press("End");
  await eventually(width).toBe(280);
});

test("pressed quickly, every press counts", async ({ page }) => {
  await open(page);
  const verb = page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true });
  for (let pressed = 0; pressed < 4; pressed++) await verb.dispatchEvent("click");
  await eventually(() => consumers(page)).toEqual(["c1", "c2", "c3", "c4", "c5", "c6"]);
  // And each is taken back by itself.
  for (let pressed = 0; pressed < 4; pressed++) await page.getByRole("button", { name: "Undo", exact: true }).click();
  await eventually(() => consumers(page)).toEqual(["c1", "c2"]);
});

test("pressed quickly while it stands still, each press asks for one partition more", async ({ page }) => {
  await open(page, "./?preset=keys-and-order");
  const verb = page.getByRole("main").getByRole("button", { name: "Add a partition", exact: true });
  for (let pressed = 0; pressed < 5; pressed++) await verb.click();
  await expect(page.locator(".ui-toast")).toHaveCount(0);
  await goUntil(page, ({ topics }) => topics["orders"]?.partitions === 9);
});

test("a limit that is reached is named", async ({ page }) => {
  await open(page);
  const refused = await page.evaluate(() => window.topiq.submit({ type: "createPartitions", topic: "orders", count: 201 }));
  expect(refused).toMatchObject({ reason: "invalid", path: "count", params: { max: 200 } });
  for (let number = 1; number <= 15; number++) await submit(page, { type: "addGroup", group: { groupId: `g${number}`, topics: [], configs: {} } });
  await eventually(async () => Object.keys((await image(page)).groups)).toHaveLength(16);
  await page.getByRole("toolbar", { name: "Add" }).getByRole("button", { name: "Group" }).click();
  await expect(page.locator(".ui-toast")).toContainText("A limit of this playground is reached: groups, at most 16.");
});

function handle(page: Page, kind: "producer" | "topic" | "group", name: string, title: string): Locator {
  return card(page, kind, name).getByTitle(title);
}

async function box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const found = await locator.boundingBox();
  if (!found) throw new Error("it is not on the page");
  return found;
}

/** Drags as a hand does: presses, moves in steps, lets go. The canvas may still be fitting itself to what was added. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  // A group's middle is covered by its consumers: it need not be free to be dropped on, only to stand still.
  await (await to.elementHandle())?.waitForElementState("stable");
  const start = await box(from);
  const end = await box(to);
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 12, start.y + start.height / 2, { steps: 3 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 10 });
  await page.mouse.up();
}

async function consumers(page: Page): Promise<readonly string[]> {
  return Object.keys((await image(page)).consumers);
}

/** Tab, and nothing else, until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await isFocused(target)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

/** From line to line of the outline, by its ids. */
async function walkTo(page: Page, line: string, key: "ArrowDown" | "ArrowUp"): Promise<void> {
  const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute("data-line"));
  for (let pressed = 0; pressed < 80 && (await focused()) !== line; pressed++) await page.keyboard.press(key);
  expect(await focused()).toBe(line);
}

function isFocused(target: Locator): Promise<boolean> {
  return target.first().evaluate((element) => element === document.activeElement);
}

/** Chooses from the menu of the line that has the focus, by keys; the focus is on the line again afterwards. */
async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Shift+F10");
  const item = page.getByRole("menuitem", { name, exact: true });
  await expect(item).toBeVisible();
  for (let pressed = 0; pressed < 12 && !(await isFocused(item)); pressed++) await page.keyboard.press("ArrowDown");
  await expect(item).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toHaveCount(0);
}
