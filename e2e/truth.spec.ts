import { expect } from "@playwright/test";
import { test } from "./support/pages";
import { card, goTo, goUntil, image, open, play, sentence, submit } from "./support/playground";

test("a lane is a log at any rate: in order, without holes, without overlaps", async ({ page }) => {
  await open(page);
  for (const ratePerSecond of [50, 2000]) {
    await submit(page, { type: "alterProducer", clientId: "checkout", source: { ratePerSecond } });
    await play(page, 1);
    const faults = await page.evaluate(async () => {
      const found: string[] = [];
      for (let frame = 0; frame < 40; frame++) {
        await new Promise(requestAnimationFrame);
        for (const lane of document.querySelectorAll(".scene-lane")) {
          const cells = [...lane.querySelectorAll(".scene-cell")].map((cell) => ({ offset: Number.parseInt(cell.textContent ?? "", 10), box: cell.getBoundingClientRect() }));
          for (const [at, { offset, box }] of cells.entries()) {
            const before = cells[at - 1];
            if (!before) continue;
            if (offset !== before.offset + 1) found.push(`${before.offset} is followed by ${offset}`);
            if (box.left < before.box.right - 0.5) found.push(`${offset} lies on ${before.offset}`);
            if (box.left > before.box.right + before.box.width / 2) found.push(`there is a hole before ${offset}`);
          }
        }
      }
      return found;
    });
    expect(faults).toEqual([]);
  }
});

test("a crashed consumer stays, silent, until its group gives it up", async ({ page }) => {
  await open(page);
  await submit(page, { type: "removeConsumer", clientId: "c2", how: "crash" });
  await goTo(page, (await image(page)).clock.timeUs / 1000 + 6000);
  await expect(card(page, "consumer", "c2")).toContainText(/silent \d+ s of 10/);
  await expect(page.locator(".scene-wire-broken")).toHaveCount(2);
  await expect(sentence(page)).toContainText(/c2 has sent no heartbeat for \d+ s\. billing waits 10 s/);
  await goUntil(page, ({ consumers }) => !Object.hasOwn(consumers, "c2"));
  await expect(card(page, "consumer", "c2")).toHaveCount(0);
  await expect(sentence(page)).toContainText("takes it for dead");
});

test("a deleted topic stays where its clients name it, and is made again from there", async ({ page }) => {
  await open(page);
  await submit(page, { type: "deleteTopic", topic: "orders" });
  await goTo(page, (await image(page)).clock.timeUs / 1000 + 8000);
  await expect(card(page, "topic", "orders")).toContainText("missing");
  await expect(sentence(page)).toContainText("UNKNOWN_TOPIC_OR_PARTITION");
  // By key: the camera may still be gliding to the smaller picture, and a press that begins on the button would end beside it.
  await card(page, "topic", "orders").getByRole("button", { name: "Create it" }).press("Enter");
  await expect(card(page, "topic", "orders")).not.toContainText("missing");
  await goUntil(page, ({ topics }) => topics["orders"]?.partitions === 3);
  await goUntil(page, ({ audit }) => (audit["billing/orders"]?.processed ?? 0) > 0, 1000);
});

test("queue, pub/sub, and both at once: each is gone back to", async ({ page }) => {
  await open(page, "./?preset=queue-and-pubsub");
  const mode = page.getByRole("radiogroup", { name: "Deliver as" });
  await expect(mode.getByRole("radio", { name: "Both" })).toBeChecked();
  const before = (await image(page)).groups;
  for (const name of ["Queue", "Both", "Pub/sub", "Both"]) {
    await mode.getByRole("radio", { name, exact: true }).click();
    await expect(mode.getByRole("radio", { name, exact: true })).toBeChecked();
  }
  const after = (await image(page)).groups;
  const shape = (groups: typeof before): unknown => Object.values(groups).map(({ spec, consumers }) => [spec, consumers]);
  expect(shape(after)).toEqual(shape(before));
});

test("what is not simulated is to be seen, and not to be set", async ({ page }) => {
  await open(page);
  await card(page, "topic", "orders").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: "Settings" }).click();
  const idle = page.getByRole("group", { name: "Not simulated here" });
  for (const name of ["cleanup.policy", "retention.ms"]) await expect(idle.getByRole("textbox", { name })).toBeDisabled();
});
