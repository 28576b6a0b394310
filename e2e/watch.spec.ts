import { expect, type Page } from "@playwright/test";
import type { ClusterImageJson } from "../src/core/picture/imageJson";
import { murmur2, toPositive } from "../src/core/kafka/murmur2";
import { test } from "./support/pages";
import { card, choose, eventually, goTo, goUntil, image, inspector, open, openTab, pause, play, submit } from "./support/playground";

test("at every moment all figures agree: header, tracks, delivery check, topic, inspector", async ({ page }) => {
  await open(page, "./?preset=queue-and-pubsub");
  await expectFiguresToAgree(page, await pause(page));
  // While a group rebalances, and after.
  await submit(page, { type: "addConsumer", consumer: { clientId: "c7", groupId: "billing", processing: { timeMs: 400 } } });
  for (const timeMs of [21_500, 23_000, 26_000, 40_000]) {
    await goTo(page, timeMs);
    await expectFiguresToAgree(page, await image(page));
  }
  // After rewinding, and after a consumer died in the middle of its work.
  await expectFiguresToAgree(page, await goTo(page, 30_000));
  await submit(page, { type: "removeConsumer", clientId: "c3", how: "crash" });
  for (const timeMs of [33_000, 45_000, 70_000]) {
    await goTo(page, timeMs);
    await expectFiguresToAgree(page, await image(page));
  }
});

test("a record lands in the lane that Kafka's partitioner chooses for its key, coloured by the key", async ({ page }) => {
  await open(page);
  const shown = await goTo(page, 40_000);
  const colours = new Map<string, number>();
  const bytes = new TextEncoder();
  for (const { topic, partition, tail } of Object.values(shown.partitions)) {
    if (topic !== "orders") continue;
    for (const { key, colour } of tail) {
      expect(toPositive(murmur2(bytes.encode(key ?? ""))) % 4).toBe(partition);
      expect(colours.get(key ?? "") ?? colour).toBe(colour);
      colours.set(key ?? "", colour);
    }
  }
  expect(new Set(colours.values()).size).toBe(colours.size);
  // Tokens are requests and responses with their records, in those colours.
  const known = new Set(colours.values());
  const seen = new Set<string>();
  for (let ms = 40_000; ms < 45_000 && seen.size < 2; ms += 40) {
    const moment = await goTo(page, ms);
    for (const [api, kind] of [["Produce", "request"], ["Fetch", "response"]] as const) if (colouredParts(moment, api, kind, known) > 0) seen.add(`${api} ${kind}`);
  }
  expect(seen.size).toBe(2);
  await expect(page.locator(".scene canvas")).toBeVisible();
});

test("the records table has the newest first, grows, and opens a record", async ({ page }) => {
  await open(page);
  const grid = inspector(page).getByRole("grid", { name: "Records of orders partition 0, newest first" });
  const newest = async (): Promise<number> => Number.parseInt((await grid.getByRole("row").nth(1).getByRole("gridcell").first().textContent()) ?? "", 10);
  await expect(grid.getByRole("row").nth(1)).toBeVisible();
  const first = await newest();
  await play(page, 10);
  await eventually(newest).toBeGreaterThan(first);
  const { partitions } = await pause(page);
  await eventually(newest).toBe((partitions["orders-0"]?.logEndOffset ?? 0) - 1);
  const offsets = (await grid.getByRole("row").allTextContents()).slice(1).map((text) => Number.parseInt(text, 10));
  expect(offsets).toEqual(offsets.toSorted((one, other) => other - one));

  const record = partitions["orders-0"]?.tail.at(-1);
  const row = grid.getByRole("row").nth(1);
  await expect(row).toContainText(record?.key ?? "");
  await expect(row).toContainText(record?.value ?? "");
  await row.click();
  await expect(inspector(page).getByRole("heading", { name: `Record ${record?.offset}` })).toBeVisible();
  await expect(inspector(page).getByRole("region", { name: "Why this partition?" })).toContainText("P0");

  await inspector(page).getByRole("combobox", { name: "Partition" }).selectOption({ label: "all" });
  const all = inspector(page).getByRole("grid", { name: "Records of topic orders, all partitions, newest first" });
  await expect(all.getByRole("row").nth(1)).toBeVisible();
  const times = (await all.locator(".records-time").allTextContents()).map((text) => text.trim());
  expect(times).toEqual(times.toSorted().reverse());
});

test("a record's card tells when each step of its way was, and by whom, and goes on telling", async ({ page }) => {
  await open(page);
  const { partitions } = await pause(page);
  const newest = partitions["orders-0"]?.tail.at(-1);
  await inspector(page).getByRole("grid", { name: "Records of orders partition 0, newest first" }).getByRole("row").nth(1).click();
  const way = inspector(page).getByRole("region", { name: `Record ${newest?.offset}` });
  await expect(way.getByRole("listitem").filter({ hasText: "stored" })).toContainText(/\d\d:\d\d\.\d{3}/);
  await expect(way.getByRole("listitem").filter({ hasText: "sent in a batch" })).toContainText(/(checkout|mobile app) \d\d:\d\d\.\d{3}/);
  await goTo(page, 60_000);
  for (const word of ["fetched", "processed", "committed"]) await expect(way.getByRole("listitem").filter({ hasText: word })).toContainText(/c[12] \d\d:\d\d\.\d{3}/);
});

test("the legend opens in place with every mark, above the picture, and Escape closes it", async ({ page }) => {
  await open(page);
  const line = page.getByRole("button", { name: /colour = key/ });
  await line.press("Enter");
  const list = page.getByRole("region", { name: "What the marks mean" });
  await expect(list.locator("dt")).toHaveCount(14);
  await expect(list).toContainText("Fetch request");
  const box = await list.boundingBox();
  // Nothing of the picture lies over it.
  const covered = await page.evaluate(({ x, y, width, height }) => {
    const shown = document.querySelector(".legend-card");
    return [0.1, 0.5, 0.9].flatMap((across) => [0.1, 0.5, 0.9].filter((down) => !shown?.contains(document.elementFromPoint(x + width * across, y + height * down))));
  }, box ?? { x: 0, y: 0, width: 0, height: 0 });
  expect(covered).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(line).toBeFocused();
});

test("on a phone the legend hangs from its sign", async ({ page }) => {
  await open(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "What the marks mean" }).click();
  await expect(page.getByRole("region", { name: "What the marks mean" }).locator("dt")).toHaveCount(14);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "What the marks mean" })).toHaveCount(0);
  await page.setViewportSize({ width: 1280, height: 720 });
});

test("an idle consumer looks idle and says why", async ({ page }) => {
  await open(page, "./?preset=more-consumers-than-partitions");
  await goTo(page, 30_000);
  const idle = Object.values((await image(page)).consumers).filter(({ assignment }) => assignment.length === 0);
  expect(idle).toHaveLength(2);
  for (const { spec } of idle) {
    await expect(card(page, "consumer", spec.clientId)).toContainText("idle");
    await expect(card(page, "consumer", spec.clientId).locator(".scene-idle")).toBeVisible();
    await choose(page, "consumer", spec.clientId);
    await expect(inspector(page)).toContainText("billing has 6 consumers for 4 partitions.");
  }
});

test("the delivery check counts by identity: a crash makes some records twice, and loses none", async ({ page }) => {
  await open(page);
  await choose(page, "group", "billing");
  await openTab(page, "Now");
  await submit(page, { type: "alterGroup", groupId: "billing", configs: { "auto.commit.interval.ms": 8000 } });
  // What is shown when it stands still counts: a commit may have come since it was wanted.
  await expect(async () => {
    const { partitions } = await goUntil(page, (moment) => uncommitted(moment.partitions, "c1") >= 3);
    expect(uncommitted(partitions, "c1")).toBeGreaterThanOrEqual(3);
  }).toPass();
  await submit(page, { type: "removeConsumer", clientId: "c1", how: "crash" });
  const shown = await goTo(page, 90_000);
  const check = shown.audit["billing/orders"];
  expect(check?.twice).toBeGreaterThan(0);
  expect(check?.lost).toBe(0);
  await expect(deliveryFigures(page, "Twice")).resolves.toEqual([check?.twice]);
});

/** Records that a consumer has processed and not committed. */
function uncommitted(partitions: ClusterImageJson["partitions"], clientId: string): number {
  const tracks = Object.values(partitions).flatMap((partition) => partition.tracks);
  const own = tracks.filter(({ owner, committedOffset }) => owner === clientId && committedOffset >= 0);
  return own.reduce((sum, { nextOffset, committedOffset }) => sum + nextOffset - committedOffset, 0);
}

function colouredParts(shown: ClusterImageJson, api: string, kind: string, known: ReadonlySet<number>): number {
  return shown.messages
    .filter((message) => message.api === api && message.kind === kind)
    .flatMap(({ parts }) => parts.flatMap(({ colours }) => colours))
    .filter((colour) => known.has(colour)).length;
}

/** Compares what stands on the page, figure by figure, with each other and with the read model. The page must stand still. */
async function expectFiguresToAgree(page: Page, shown: ClusterImageJson): Promise<void> {
  const groups = Object.values(shown.groups);
  for (const { spec, waiting } of groups) {
    const { groupId } = spec;
    const header = await card(page, "group", groupId).locator(".scene-group-head").getByText(/^\d+ waiting$/).textContent();
    expect(Number(header?.replace(" waiting", ""))).toBe(waiting);
    expect(await tracksOnPage(page, groupId)).toBe(waiting);
    const check = shown.audit[`${groupId}/orders`];
    if (!check) throw new Error(`nobody checks ${groupId}`);
    expect(check.waiting + check.again).toBe(waiting);
    expect(check.acknowledged + check.unconfirmed).toBe(check.processed + check.waiting + check.lost);
    expect(check.processed).toBe(shown.groups[groupId]?.processed);
  }
  const sent = Object.values(shown.producers).reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  await inspector(page).getByRole("combobox", { name: "Partition" }).selectOption({ label: "all" });
  for (const [row, field] of deliveryRows) {
    const figures = groups.map(({ spec }) => shown.audit[`${spec.groupId}/orders`]?.[field]);
    // What the producers know stands there once.
    const isOnce = field === "acknowledged" || field === "unconfirmed";
    expect(await deliveryFigures(page, row)).toEqual(isOnce ? [...new Set(figures)] : figures);
  }
  expect(shown.audit[`${groups[0]?.spec.groupId}/orders`]?.acknowledged).toBe(sent);

  const stored = Object.values(shown.partitions).reduce((sum, { topic, recordCount }) => (topic === "orders" ? sum + recordCount : sum), 0);
  expect(shown.topics["orders"]?.recordCount).toBe(stored);
  await expect(card(page, "topic", "orders")).toContainText(`${stored.toLocaleString("en")} records`);
  for (const { spec, assignment, processed } of Object.values(shown.consumers)) {
    const chips = assignment.map(({ partition }) => `P${partition}`);
    await expect(card(page, "consumer", spec.clientId).locator(".scene-chip")).toHaveText(chips);
    await expect(card(page, "consumer", spec.clientId)).toContainText(`${processed} processed`);
  }
}

const deliveryRows = [
  ["Acknowledged", "acknowledged"],
  ["Stored, not acknowledged yet", "unconfirmed"],
  ["Processed", "processed"],
  ["Waiting", "waiting"],
  ["Lost", "lost"],
] as const;

/** What a group's tracks under the lanes say is waiting, added up. */
async function tracksOnPage(page: Page, groupId: string): Promise<number> {
  const titles = await page.locator(".scene-track").evaluateAll((tracks) => tracks.map((track) => track.getAttribute("title") ?? ""));
  const own = titles.filter((title) => title.startsWith(`${groupId}: next record`));
  return own.reduce((sum, title) => sum + Number(/waiting (\d+)$/.exec(title)?.[1]), 0);
}

async function deliveryFigures(page: Page, row: string): Promise<number[]> {
  const rows = inspector(page).getByRole("region", { name: "Delivery check" }).getByRole("row");
  const cells = rows.filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${row}`) }) }).getByRole("cell");
  return (await cells.allTextContents()).map(Number);
}
