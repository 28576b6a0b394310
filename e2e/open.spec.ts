import { expect, type Page } from "@playwright/test";
import { freshTest, test } from "./support/pages";
import { card, eventually, goUntil, image, open, owned, pause, sentence } from "./support/playground";

freshTest("a finished scene runs at once, at its own virtual moment", async ({ page }) => {
  await page.goto("./");
  const startUs = await page.evaluate(async () => {
    await window.topiq.ready;
    const firstUs = window.topiq.image()?.clock.timeUs ?? 0;
    while ((window.topiq.image()?.clock.timeUs ?? 0) <= firstUs) await new Promise(requestAnimationFrame);
    return firstUs;
  });
  expect(startUs).toBeGreaterThanOrEqual(20_000_000);
});

freshTest("the picture stands at its place from its first frame on", async ({ page }) => {
  await page.addInitScript(() => {
    const places: string[] = [];
    Object.assign(window, { places });
    requestAnimationFrame(function look() {
      const place = document.querySelector<HTMLElement>(".react-flow__viewport")?.style.transform;
      if (place !== undefined && document.querySelector(".react-flow__node") && places.at(-1) !== place) places.push(place);
      requestAnimationFrame(look);
    });
  });
  // In a frame nothing plays until it is asked to, so that nothing else moves.
  await open(page, "./?embed&preset=orders");
  const seen = await page.evaluate(async () => {
    for (let frame = 0; frame < 40; frame++) await new Promise(requestAnimationFrame);
    return (window as unknown as { readonly places: readonly string[] }).places; // put there above
  });
  expect(seen, seen.join("; ")).toHaveLength(1);
});

freshTest("the scene is two producers with keys, one topic of four partitions, one group of two consumers, and one verb", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("group", { name: /^Producer / })).toHaveCount(2);
  await expect(page.getByRole("group", { name: "Topic orders, 4 partitions" })).toBeVisible();
  await expect(page.getByRole("group", { name: "Consumer group A, billing, reads orders, consumers: 2" })).toBeVisible();
  await expect(page.getByRole("group", { name: /^Consumer c\d of group billing, partitions: orders-\d, orders-\d$/ })).toHaveCount(2);
  await expect(page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true })).toBeEnabled();
  await expect(sentence(page)).toContainText("each record is handled by one of them, and stays in the log");
  await expect(page.getByRole("timer", { name: "Virtual time" })).toHaveText(/^\d\d:\d\d\.\d$/);

  const { producers, topics, partitions } = await pause(page);
  expect(Object.values(producers).every(({ spec, sent }) => spec.source.keys.kind !== "none" && sent > 0)).toBe(true);
  expect(topics["orders"]?.recordCount).toBeGreaterThan(30);
  expect(Object.values(partitions).flatMap(({ tail }) => tail).some(({ key }) => key === null)).toBe(false);
});

test("after its third verb the opening scene offers its question, also when it is opened again, and answers it side by side", async ({ page }) => {
  await open(page);
  const verb = page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true });
  const offer = page.getByRole("main").getByRole("button", { name: "Is it a topic or a queue?" });
  for (let pressed = 0; pressed < 3; pressed++) {
    await expect(offer).toHaveCount(0);
    await verb.click();
    await eventually(async () => Object.keys((await image(page)).consumers)).toHaveLength(3 + pressed);
  }
  await expect(offer).toBeVisible();
  await page.reload();
  await offer.click();
  await eventually(async () => Object.keys((await image(page)).queues)).toEqual(["orders.queue"]);
  await expect(offer).toHaveCount(0);
});

test("the verb adds a third, a fourth and a fifth consumer: each rebalances visibly and teaches its own sentence", async ({ page }) => {
  await open(page);
  const verb = page.getByRole("main").getByRole("button", { name: "Add a consumer", exact: true });
  const group = card(page, "group", "billing");

  await verb.click();
  await goUntil(page, ({ groups }) => groups["billing"]?.state !== "Stable", 250);
  await expect(group.getByText("rebalancing")).toBeVisible();
  await goUntilAtWork(page, "c3");
  await expect(sentence(page)).toContainText(/^c3 now reads /);
  await expect(card(page, "consumer", "c3")).toContainText("P");
  await expectWiresToBeAssignments(page);

  await verb.click();
  await goUntilAtWork(page, "c4");
  await expect(sentence(page)).toContainText(/^c4 now reads /);
  await expectWiresToBeAssignments(page);
  // When the event's sentence has had its time, the scene's own says what four of four mean.
  await goUntil(page, ({ narration }) => narration.id === "scene.queue.balanced", 2000);
  await expect(sentence(page)).toContainText("each consumer reads one");

  await verb.click();
  await goUntilAtWork(page, "c5");
  await expect(sentence(page)).toContainText(/^c5 idles: each partition is read by one consumer of billing at a time/);
  const fifth = card(page, "consumer", "c5");
  await expect(fifth).toHaveAccessibleName("Consumer c5 of group billing, partitions: nothing");
  await expect(fifth).toContainText("idle");
  await expect(fifth).toContainText("no partition");
  await expect(group).toHaveAccessibleName(/consumers: 5$/);
  await expectWiresToBeAssignments(page);
});

/** Every assignment is a wire: pointed at, a consumer brings out as many as it owns partitions; and there are no others. */
async function expectWiresToBeAssignments(page: Page): Promise<void> {
  const shown = await image(page);
  for (const clientId of Object.keys(shown.consumers)) {
    await card(page, "consumer", clientId).hover();
    await expect(page.locator(".scene-wires-brought mask path")).toHaveCount(owned(shown, clientId).length);
  }
  const produced = Object.values(shown.producers).length * (shown.topics["orders"]?.partitions ?? 0);
  const assigned = Object.keys(shown.consumers).flatMap((clientId) => owned(shown, clientId));
  expect(new Set(assigned).size).toBe(4);
  await expect(page.locator(".scene-wire-hit")).toHaveCount(produced + assigned.length);
}

/** Until the group has settled with a new consumer in it. */
async function goUntilAtWork(page: Page, clientId: string): Promise<void> {
  const isAtWork = ({ phase }: { readonly phase: string }): boolean => phase === "active" || phase === "idle";
  await goUntil(page, ({ consumers, groups }) => clientId in consumers && groups["billing"]?.state === "Stable" && Object.values(consumers).every(isAtWork));
}
