import { expect } from "@playwright/test";
import type { ClusterImageJson } from "../src/core/picture/imageJson";
import { loadPreset, presetNames } from "./support/core";
import { freshTest, test } from "./support/pages";
import { choose, clockMs, eventually, goTo, goUntil, image, inspector, open, openTab, owned, play, sentence, submit } from "./support/playground";

test("every preset opens from the catalogue, running at its own moment", async ({ page }) => {
  // Beside the picture the catalogue stays open.
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await page.getByRole("button", { name: "Examples" }).click();
  const catalogue = page.getByRole("complementary", { name: "Examples" });
  for (const name of presetNames) {
    const { name: title, startMs, producers } = await loadPreset(name);
    const text = typeof title === "string" ? title : title.en;
    await catalogue.locator(`[data-preset=${name}]`).filter({ hasText: text }).click();
    await expect(catalogue.locator("[aria-current]")).toHaveAttribute("data-preset", name);
    await expect(page.getByRole("banner").getByRole("button", { name: text })).toBeVisible();
    await eventually(async () => Object.keys((await image(page)).producers)).toEqual(producers.map(({ clientId }) => clientId));
    const start = await clockMs(page);
    expect(start).toBeGreaterThanOrEqual(startMs);
    await eventually(() => clockMs(page)).toBeGreaterThan(start);
  }
});

test("four partitions, six consumers: two idle, until there are more partitions", async ({ page }) => {
  await open(page, "./?preset=more-consumers-than-partitions");
  const before = await goTo(page, 30_000);
  expect(phases(before)).toEqual(["active", "active", "active", "active", "idle", "idle"]);
  await page.getByRole("main").getByRole("button", { name: "Add a partition", exact: true }).click();
  const after = await goUntil(page, (shown) => Object.values(shown.consumers).filter(({ assignment }) => assignment.length > 0).length === 5);
  expect(after.topics["orders"]?.partitions).toBe(5);
});

test("a group of two and a group of four at once: a queue inside each, pub/sub across them", async ({ page }) => {
  await open(page, "./?preset=queue-and-pubsub");
  const shown = await goTo(page, 60_000);
  expect(["c1", "c2"].map((clientId) => owned(shown, clientId).length)).toEqual([2, 2]);
  expect(["c3", "c4", "c5", "c6"].map((clientId) => owned(shown, clientId).length)).toEqual([1, 1, 1, 1]);
  for (const groupId of ["billing", "shipping"]) {
    const members = Object.values(shown.consumers).filter(({ spec }) => spec.groupId === groupId);
    const partitions = members.flatMap(({ spec }) => owned(shown, spec.clientId));
    // Inside the group nobody shares a partition with another.
    expect(new Set(partitions).size).toBe(4);
    expect(partitions).toHaveLength(4);
    // And the members' counts add up to the group's: each record is handled by one of them.
    expect(members.reduce((sum, { processed }) => sum + processed, 0)).toBe(shown.groups[groupId]?.processed);
  }
  const stopped = Object.values(shown.producers).map(({ spec }) => spec);
  for (const { clientId } of stopped) await submit(page, { type: "alterProducer", clientId, source: { ratePerSecond: 0 } });
  const isAcknowledged = ({ producers }: ClusterImageJson): boolean => Object.values(producers).every(({ sent, acknowledged }) => sent === acknowledged);
  const drained = await goUntil(page, (now) => isAcknowledged(now) && Object.values(now.groups).every(({ waiting }) => waiting === 0));
  const stored = drained.topics["orders"]?.recordCount;
  for (const groupId of ["billing", "shipping"]) expect(drained.audit[`${groupId}/orders`]).toMatchObject({ processed: stored, waiting: 0, lost: 0, twice: 0 });
});

test("groups A and B both receive everything: one falls behind, the other does not notice", async ({ page }) => {
  await open(page, "./?preset=pubsub-two-groups");
  const shown = await goTo(page, 120_000);
  const [first, second] = Object.values(shown.groups);
  expect([first?.letter, second?.letter]).toEqual([0, 1]);
  expect(first?.waiting).toBeGreaterThan(20);
  expect(second?.waiting).toBeLessThan(15);
  for (const { spec } of Object.values(shown.groups)) {
    const check = shown.audit[`${spec.groupId}/orders`];
    expect((check?.processed ?? 0) + (check?.waiting ?? 0)).toBe(shown.topics["orders"]?.recordCount);
  }
});

test("one slow consumer: the lag grows, and drains when instances are added, on a chart over time", async ({ page }) => {
  await open(page, "./?preset=slow-consumer");
  const early = await image(page);
  const late = await goTo(page, 80_000);
  const grown = late.groups["billing"]?.waiting ?? 0;
  expect(grown).toBeGreaterThan((early.groups["billing"]?.waiting ?? 0) + 15);

  await choose(page, "group", "billing");
  await openTab(page, "Charts");
  const chart = inspector(page).getByRole("region", { name: "Waiting records" });
  await expect(chart.locator("canvas")).toBeVisible();
  await expect(chart).toContainText(`billing${grown} waiting`);

  const verb = page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true });
  await verb.click();
  await verb.click();
  await verb.click();
  await goUntil(page, ({ consumers }) => Object.values(consumers).filter(({ assignment }) => assignment.length === 1).length === 4);
  const drained = await goUntil(page, ({ groups }) => (groups["billing"]?.waiting ?? grown) < 8, 2000);
  await expect(chart).toContainText(`billing${drained.groups["billing"]?.waiting} waiting`);
  await expect(chart.getByRole("list", { name: "What happened, by the numbers on the chart" })).toContainText("c4");
});

test("keys and order: the same key stays in its partition, and more partitions end that", async ({ page }) => {
  await open(page, "./?preset=keys-and-order");
  const before = await goTo(page, 60_000);
  const homes = partitionsOfKeys(before, 0);
  expect([...homes.values()].every((partitions) => partitions.size === 1)).toBe(true);
  expect(before.audit["billing/orders"]?.outOfOrder).toBe(0);
  // Few of six keys move with one partition more; with several, some do.
  await submit(page, { type: "createPartitions", topic: "orders", count: 9 });
  const changedMs = before.clock.timeUs / 1000;
  const after = partitionsOfKeys(await goTo(page, changedMs + 40_000), changedMs + 10_000);
  expect([...after.values()].every((partitions) => partitions.size === 1)).toBe(true);
  expect([...after].some(([key, [partition]]) => !homes.get(key)?.has(partition ?? -1))).toBe(true);
});

test("null keys: the sticky partitioner stays for about a batch, then moves on", async ({ page }) => {
  await open(page, "./?preset=sticky-partitioner");
  const shown = await goTo(page, 120_000);
  const sends = Object.values(shown.partitions)
    .filter(({ topic }) => topic === "clicks")
    .flatMap(({ tail, partition }) => tail.map((record) => ({ ...record, partition })));
  expect(sends.every(({ key }) => key === null)).toBe(true);
  const order = sends.toSorted((one, other) => one.timestampMs - other.timestampMs).map(({ partition }) => partition);
  const stays = order.filter((partition, at) => partition === order[at - 1]).length;
  // Round robin would never stay, and one partition alone would always.
  expect(stays / order.length).toBeGreaterThan(0.5);
  expect(new Set(order).size).toBe(4);
  const [decision] = shown.producers["web-clicks"]?.decisions ?? [];
  expect(decision?.hash === null && decision.stickyBytes).toBeLessThanOrEqual(600);
  await play(page, 3);
  await expect(sentence(page)).toContainText(/web clicks moves on to P\d after about \d+ bytes/, { timeout: 15_000 });
});

test("eager and cooperative rebalancing: who keeps working when partitions are added", async ({ page }) => {
  await open(page, "./?preset=rebalance-protocols");
  const before = await goTo(page, 30_000);
  await page.getByRole("main").getByRole("button", { name: "Add a partition", exact: true }).click();
  const given = { eager: new Set<string>(), cooperative: new Set<string>() };
  const said = new Set<string>();
  await goUntil(
    page,
    (shown) => {
      said.add(shown.narration.id);
      for (const { spec } of Object.values(before.consumers)) {
        const kept = new Set(owned(shown, spec.clientId));
        for (const name of owned(before, spec.clientId)) if (!kept.has(name)) given[spec.groupId as keyof typeof given].add(name);
      }
      return Object.values(shown.groups).every(({ rebalances, state, spec }) => state === "Stable" && rebalances > (before.groups[spec.groupId]?.rebalances ?? 0));
    },
    250,
  );
  expect(given.eager.size).toBe(4);
  expect(given.cooperative.size).toBe(0);
  // And the page has said so, as it happened.
  expect([...said]).toEqual(expect.arrayContaining(["partitions.added", "rebalance.started", "rebalance.done.eager", "rebalance.done.cooperative"]));
});

freshTest("a scene opens with its author's sentence, and speaks of what is done in it from then on", async ({ page }) => {
  await open(page, "./?preset=keys-and-order");
  await expect(sentence(page)).toHaveText(/^The same key goes to the same partition/);
  await page.getByRole("main").getByRole("button", { name: "Add a partition", exact: true }).click();
  await expect(sentence(page)).toHaveText(/^orders now has 5 partitions/);
});

function phases({ consumers }: ClusterImageJson): readonly string[] {
  return Object.values(consumers).map(({ phase }) => phase);
}

/** Where the newest records of each key lie, those from a virtual moment on. */
function partitionsOfKeys({ partitions }: ClusterImageJson, fromMs: number): ReadonlyMap<string, ReadonlySet<number>> {
  const places = new Map<string, Set<number>>();
  for (const { topic, partition, tail } of Object.values(partitions)) {
    for (const { key, timestampMs } of topic === "orders" ? tail : []) {
      if (timestampMs >= fromMs) places.set(key ?? "", (places.get(key ?? "") ?? new Set<number>()).add(partition));
    }
  }
  return places;
}
