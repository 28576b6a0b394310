import { expect, type Locator, type Page } from "@playwright/test";
import { freshTest, test } from "./support/pages";
import { card, choose, eventually, goTo, goUntil, image, inspector, open, openTab, sentence } from "./support/playground";

test.describe("a queue beside the topic, by hand", () => {
  test("is added, wired by dragging, parted by its cross, and brought back by undo", async ({ page }) => {
    await open(page);
    await add(page, "Classic queue");
    await expect(card(page, "queue", "queue-1")).toBeVisible();
    await expect(card(page, "receiver", "r1")).toBeVisible();
    await eventually(() => targets(page, "checkout")).toEqual(["queue-1"]);
    await drag(page, card(page, "producer", "mobile-app").getByTitle("Connect this producer to a topic"), card(page, "queue", "queue-1").getByTitle("Messages come in here"));
    await eventually(() => targets(page, "mobile-app")).toEqual(["queue-1"]);
    await choose(page, "producer", "mobile-app");
    await page.getByRole("button", { name: "Disconnect mobile app from queue-1" }).click();
    await eventually(() => targets(page, "mobile-app")).toEqual([]);
    await page.keyboard.press("Control+z");
    await eventually(() => targets(page, "mobile-app")).toEqual(["queue-1"]);
    // A receiver is never cut off its queue: no cross is offered that would only be refused.
    await choose(page, "receiver", "r1");
    await expect(page.getByRole("button", { name: /^Disconnect/ })).toHaveCount(0);
    const flowing = await goUntil(page, ({ queues }) => (queues["queue-1"]?.removed ?? 0) > 3);
    expect(flowing.queues["queue-1"]?.audit).toMatchObject({ lost: 0, twice: 0 });
  });

  test("by keyboard alone: an exchange from the palette, one more subscriber from the outline, and away again", async ({ page }) => {
    await open(page);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused();
    await page.keyboard.type("fanout");
    await page.keyboard.press("Enter");
    await expect(card(page, "exchange", "fanout-1")).toBeVisible();
    await page.keyboard.press("o");
    const line = page.getByRole("tree").getByRole("treeitem", { name: /^fanout-1 , \d+ passed/ });
    await expect(line).toBeVisible();
    await line.focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Add a subscriber: a queue with a receiver" }).press("Enter");
    await eventually(async () => (await image(page)).exchanges["fanout-1"]?.queues).toHaveLength(2);
    await card(page, "exchange", "fanout-1").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Delete");
    await eventually(async () => Object.keys((await image(page)).exchanges)).toEqual([]);
    // What it has handed on stays.
    expect(Object.keys((await image(page)).queues)).toHaveLength(2);
  });

  test("what cannot be joined is told why", async ({ page }) => {
    await open(page, "./?preset=same-input");
    for (const [from, to, why] of [
      [card(page, "exchange", "orders.fanout"), card(page, "receiver", "r1"), "Bind a queue to the exchange"],
      [card(page, "queue", "orders.queue"), card(page, "group", "billing"), "A consumer group reads topics"],
    ] as const) {
      await from.click({ position: { x: 24, y: 8 } });
      await to.click({ position: { x: 60, y: 8 }, modifiers: ["Shift"] });
      await page.keyboard.press("c");
      await expect(page.getByText(why)).toBeVisible();
    }
  });
});

test.describe("what is seen of a queue", () => {
  test("a killed receiver's messages come back to their place with a mark, and one record can be followed through all", async ({ page }) => {
    await open(page, "./?preset=same-input");
    await goUntil(page, ({ receivers, queues }) => (receivers["r1"]?.heldCount ?? 0) > 0 && receivers["r1"]?.inWork !== null && (queues["orders.queue"]?.readyCount ?? 0) > 1, 100);
    await page.getByRole("button", { name: "Kill receiver r1" }).click();
    await eventually(async () => (await image(page)).receivers["r1"]).toBeUndefined();
    const back = (await image(page)).queues["orders.queue"]?.ready.filter(({ redelivered }) => redelivered) ?? [];
    expect(back.length).toBeGreaterThan(1);
    await expect(card(page, "queue", "orders.queue").locator(".scene-bead-again")).toHaveCount(back.length);
    await expect(sentence(page)).toContainText("r1 was killed");
    await expect(page.getByRole("button", { name: "Kill receiver r2" })).toBeVisible();
    // The newest record: in the log by its offset, in the queue by its send number.
    const shown = await image(page);
    const stored = Object.values(shown.partitions).flatMap(({ tail }) => tail.slice(-4)).flatMap(({ sent }) => sent?.number ?? []);
    const inBoth = shown.queues["orders.queue"]?.ready.findIndex(({ sendNumber }) => stored.includes(sendNumber)) ?? -1;
    expect(inBoth).toBeGreaterThanOrEqual(0);
    const newest = card(page, "queue", "orders.queue").locator(".scene-bead").nth(inBoth);
    await newest.hover();
    await expect(card(page, "topic", "orders").locator(".scene-cell.scene-followed")).toHaveCount(1);
    await page.mouse.move(5, 5);
    await expect(page.locator(".scene-followed")).toHaveCount(0);
    await newest.click();
    await expect(card(page, "topic", "orders").locator(".scene-cell.scene-followed")).toHaveCount(1);
    await expect(inspector(page).getByRole("heading", { name: "orders.queue" })).toBeVisible();
  });

  test("the broker is killed and started again: nobody reaches it meanwhile, and what was durable is back", async ({ page }) => {
    await open(page, "./?preset=same-input");
    await choose(page, "queue", "orders.queue");
    const menu = inspector(page).locator(".inspector-menu");
    await menu.click();
    await page.getByRole("menuitem", { name: "Kill the RabbitMQ broker" }).click();
    await eventually(async () => (await image(page)).isAmqpUp).toBe(false);
    await expect(card(page, "queue", "orders.queue").getByText("broker down")).toBeVisible();
    const down = await goUntil(page, ({ receivers }) => receivers["r1"]?.phase === "waiting");
    expect(down.receivers["r2"]?.phase).toBe("waiting");
    await menu.click();
    await page.getByRole("menuitem", { name: "Start the RabbitMQ broker" }).click();
    const up = await goUntil(page, ({ receivers }) => receivers["r1"]?.phase === "receiving");
    expect(up.queues["orders.queue"]?.audit.lost).toBe(0);
  });

  test("a queue that is bound late has missed what came before, in both languages", async ({ page }) => {
    await open(page, "./?preset=same-input");
    const { neverGot } = (await image(page)).queues["s2.queue"]?.audit ?? {};
    await expect(card(page, "queue", "s2.queue").getByText(`missed ${neverGot}`)).toBeVisible();
    await page.getByRole("banner").getByRole("button", { name: "한국어" }).click();
    await expect(card(page, "queue", "s2.queue").getByText(`놓침 ${neverGot}`)).toBeVisible();
    await expect(page.getByText("Kafka 토픽", { exact: true })).toBeVisible();
    await page.getByRole("banner").getByRole("button", { name: "English" }).click();
  });
});

test.describe("settings", () => {
  test("a receiver's prefetch and way to acknowledge; a wrong number says what is allowed", async ({ page }) => {
    await open(page, "./?preset=same-input");
    await choose(page, "receiver", "r1");
    await openTab(page, "Settings");
    const prefetch = inspector(page).getByRole("textbox", { name: "prefetch" });
    await prefetch.fill("-1");
    await prefetch.press("Enter");
    await expect(inspector(page).getByRole("alert")).toHaveText("A whole number from 0 to 65535.");
    await prefetch.fill("7");
    await prefetch.press("Enter");
    await eventually(async () => (await image(page)).receivers["r1"]?.spec.prefetchCount).toBe(7);
    await inspector(page).getByRole("combobox", { name: "acknowledgement" }).selectOption("automatic");
    await eventually(async () => (await image(page)).receivers["r1"]?.spec.noAck).toBe(true);
    await expect(inspector(page).getByText("what its receiver has is lost with it")).toBeVisible();
    await expect(prefetch).toHaveCount(0);
  });

  test("what was declared of a queue changes by declaring it anew, which the page says, and one undo takes back", async ({ page }) => {
    await open(page, "./?preset=same-input");
    await choose(page, "queue", "orders.queue");
    await openTab(page, "Settings");
    await expect(inspector(page).getByText("what is in it is gone")).toBeVisible();
    const ttl = inspector(page).getByRole("textbox", { name: "x-message-ttl" });
    await ttl.fill("soon");
    await ttl.press("Enter");
    await expect(inspector(page).getByRole("alert")).toBeVisible();
    await ttl.fill("4000");
    await ttl.press("Enter");
    await eventually(async () => (await image(page)).queues["orders.queue"]?.spec.arguments["x-message-ttl"]).toBe(4000);
    await expect(sentence(page)).toContainText("what was in it is gone");
    await goUntil(page, ({ receivers }) => receivers["r1"]?.phase === "receiving" && receivers["r2"]?.phase === "receiving");
    await page.getByRole("button", { name: "Undo", exact: true }).first().click();
    await eventually(async () => (await image(page)).queues["orders.queue"]?.spec.arguments["x-message-ttl"]).toBeUndefined();
    expect(Object.keys((await image(page)).receivers)).toEqual(["r1", "r2", "s1", "s2"]);
  });

  test("how a producer publishes", async ({ page }) => {
    await open(page, "./?preset=same-input");
    await choose(page, "producer", "checkout");
    await openTab(page, "Settings");
    await inspector(page).getByRole("combobox", { name: "publisher confirms" }).selectOption("no");
    await eventually(async () => (await image(page)).producers["checkout"]?.spec.publishes?.confirms).toBe(false);
  });
});

freshTest("a scene with queues is kept, goes into a link, and where its part of the page cannot be loaded, that is said", async ({ page, context }) => {
  await open(page, "./?preset=same-input");
  const moment = (await goTo(page, 50_000)).queues["orders.queue"];
  const link = await page.evaluate(() => window.topiq.link("run"));
  await page.reload();
  await expect(card(page, "queue", "orders.queue")).toBeVisible();
  const other = await context.newPage();
  await other.goto(link ?? "");
  await expect(card(other, "queue", "orders.queue")).toBeVisible();
  expect((await image(other)).queues["orders.queue"]?.spec).toEqual(moment?.spec);
  await other.close();
  const refused = await context.newPage();
  await refused.route(/queueKinds/, (route) => route.abort());
  await refused.goto("./?preset=same-input");
  await expect(refused.getByText("This part of the page could not be loaded")).toBeVisible();
  await refused.close();
});

async function add(page: Page, name: string): Promise<void> {
  await page.getByRole("toolbar", { name: "Add" }).getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
}

async function targets(page: Page, clientId: string): Promise<string[]> {
  return ((await image(page)).producers[clientId]?.spec.publishes?.targets ?? []).map(({ exchange, routingKey }) => exchange || routingKey);
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await middle(from), await middle(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 12, start.y, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 10 });
  await page.mouse.up();
}

async function middle(of: Locator): Promise<{ readonly x: number; readonly y: number }> {
  await (await of.elementHandle())?.waitForElementState("stable");
  const box = await of.boundingBox();
  if (!box) throw new Error("it is not to be seen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
