import { expect, type Page } from "@playwright/test";
import type { ClusterImageJson } from "../src/core/picture/imageJson";
import { test } from "./support/pages";
import { goTo, goUntil, image, open, play, sentence, submit, trackWaiting } from "./support/playground";

test("Pub/sub gives the same consumers a group each, and everyone gets everything at their own pace", async ({ page }) => {
  await open(page);
  await page.getByRole("radio", { name: "Pub/sub" }).click();
  await expect(page.getByRole("radio", { name: "Pub/sub" })).toBeChecked();
  await play(page, 5);
  await expect(page.getByRole("group", { name: /^Consumer group [A-C], .+, reads orders, consumers: 1$/ })).toHaveCount(2);
  await expect(sentence(page)).toContainText("a group for each consumer");

  // The second consumer is made slower: its group falls behind, the other does not notice.
  await submit(page, { type: "alterConsumer", clientId: "c2", processing: { timeMs: 900 } });
  const apart = await goUntil(page, (shown) => Math.abs(lagOf(shown, "c1") - lagOf(shown, "c2")) > 20, 5000);
  expect(lagOf(apart, "c2")).toBeGreaterThan(lagOf(apart, "c1"));
  expect(groupOf(apart, "c1")).not.toBe(groupOf(apart, "c2"));

  await stopProducers(page);
  const drained = await goUntil(page, settled, 5000);
  const groups = [groupOf(drained, "c1"), groupOf(drained, "c2")];
  const stored = drained.topics["orders"]?.recordCount;
  for (const groupId of groups) {
    const check = drained.audit[`${groupId}/orders`];
    expect(check).toMatchObject({ acknowledged: stored, processed: stored, waiting: 0, unconfirmed: 0, lost: 0, beforeStart: 0 });
  }
});

test("in Pub/sub each group's offsets are its own", async ({ page }) => {
  await open(page);
  await page.getByRole("radio", { name: "Pub/sub" }).click();
  await submit(page, { type: "alterConsumer", clientId: "c2", processing: { timeMs: 900 } });
  const isCalm = ({ groups }: ClusterImageJson): boolean => Object.values(groups).every(({ state }) => state === "Stable" || state === "Empty");
  const shown = await goTo(page, 60_000).then(() => goUntil(page, isCalm));
  for (const { tracks, logEndOffset } of userPartitions(shown)) {
    const one = tracks.find(({ groupId }) => groupId === groupOf(shown, "c1"));
    const other = tracks.find(({ groupId }) => groupId === groupOf(shown, "c2"));
    expect(one?.owner).toBe("c1");
    expect(other?.owner).toBe("c2");
    expect(one?.nextOffset).toBeLessThanOrEqual(logEndOffset);
    expect(other?.nextOffset).toBeLessThanOrEqual(logEndOffset);
  }
  const positions = (clientId: string): readonly number[] =>
    userPartitions(shown).map(({ tracks }) => tracks.find(({ groupId }) => groupId === groupOf(shown, clientId))?.nextOffset ?? -1);
  expect(positions("c1")).not.toEqual(positions("c2"));
});

test("back to Queue, the first group resumes at its old commit, and the page says why there is lag", async ({ page }) => {
  await open(page);
  const before = await goTo(page, 30_000);
  await page.getByRole("radio", { name: "Pub/sub" }).click();
  await goTo(page, 75_000);
  const meanwhile = await image(page);
  const home = "billing";
  const others = Object.keys(meanwhile.groups).filter((groupId) => groupId !== home);
  expect(others.length).toBeGreaterThan(0);

  await page.getByRole("radio", { name: "Queue", exact: true }).click();
  await play(page, 2);
  await expect(sentence(page)).toContainText("the work of billing is shared, from the commits on");
  const isHome = ({ groups }: ClusterImageJson): boolean => groups[home]?.state === "Stable" && groups[home].consumers.length === 2;
  const joined = await goUntil(page, (shown) => isHome(shown) && trackWaiting(shown, home) > 0);
  expect(Object.keys(joined.consumers).map((clientId) => groupOf(joined, clientId))).toEqual([home, home]);
  for (const [name, partition] of Object.entries(joined.partitions)) {
    const was = before.partitions[name]?.tracks.find(({ groupId }) => groupId === home);
    const is = partition.tracks.find(({ groupId }) => groupId === home);
    if (was && is) expect(is.committedOffset).toBeGreaterThanOrEqual(was.committedOffset);
  }

  await stopProducers(page);
  const drained = await goUntil(page, settled, 5000);
  const stored = drained.topics["orders"]?.recordCount;
  expect(drained.audit[`${home}/orders`]).toMatchObject({ acknowledged: stored, processed: stored, waiting: 0, lost: 0 });
});

function groupOf(shown: ClusterImageJson, clientId: string): string {
  return shown.consumers[clientId]?.spec.groupId ?? "";
}

function lagOf(shown: ClusterImageJson, clientId: string): number {
  return shown.groups[groupOf(shown, clientId)]?.waiting ?? 0;
}

function userPartitions(shown: ClusterImageJson): readonly ClusterImageJson["partitions"][string][] {
  return Object.values(shown.partitions).filter(({ topic }) => topic === "orders");
}

async function stopProducers(page: Page): Promise<void> {
  for (const { spec } of Object.values((await image(page)).producers)) {
    await submit(page, { type: "alterProducer", clientId: spec.clientId, source: { ratePerSecond: 0 } });
  }
}

/** Nothing is on its way or waits any more. */
function settled(shown: ClusterImageJson): boolean {
  const allSent = Object.values(shown.producers).every(({ sent, acknowledged }) => sent === acknowledged);
  return allSent && Object.values(shown.groups).every(({ waiting, consumers }) => waiting === 0 || consumers.length === 0);
}
