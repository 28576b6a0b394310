import { expect, type Page } from "@playwright/test";
import type { ClusterImageJson } from "../src/core/picture/imageJson";
import { test } from "./support/pages";
import { card, choose, eventually, goUntil, image, inspector, open, openRunning, openTab, submit } from "./support/playground";

test.describe("settings while it runs", () => {
  test("partitions only go up, and a wrong number says what is allowed and is not applied", async ({ page }) => {
    await openRunning(page);
    await choose(page, "topic", "orders");
    await openTab(page, "Settings");
    const field = inspector(page).getByRole("textbox", { name: "Partitions" });
    for (const wrong of ["3", "201", "4.5", "many", ""]) {
      await field.fill(wrong);
      await field.press("Enter");
      await expect(inspector(page).getByRole("alert")).toHaveText("A whole number from 4 (as now; Kafka only adds) to 200.");
      await expect(field).toHaveAccessibleDescription(/Kafka only adds/);
      expect((await image(page)).topics["orders"]?.partitions).toBe(4);
    }
    await field.fill("6");
    await field.press("Enter");
    await expect(page.getByRole("group", { name: "Topic orders, 6 partitions" })).toBeVisible();
    await expect(inspector(page).getByRole("alert")).toHaveCount(0);
    await eventually(async () => Object.keys((await image(page)).partitions).filter((name) => name.startsWith("orders-"))).toHaveLength(6);
  });

  test("a wrong value of a config says what is allowed, beside the field, and is not applied", async ({ page }) => {
    await open(page);
    await choose(page, "producer", "checkout");
    await openTab(page, "Settings");
    const field = inspector(page).getByRole("textbox", { name: "linger.ms" });
    await field.fill("-1");
    await field.press("Enter");
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(/A whole number, at least 0\./);
    expect(config(await image(page), "linger.ms")).toBeUndefined();
    await field.press("Escape");
    await expect(field).toHaveAttribute("aria-invalid", "false");

    // A value that is fine by itself and not beside another setting names the other one.
    await choose(page, "group", "billing");
    const session = inspector(page).getByRole("textbox", { name: "session.timeout.ms" });
    await session.fill("400");
    await session.press("Enter");
    await expect(inspector(page).getByRole("alert")).toHaveText("With this, heartbeat.interval.ms would have to be at most 399.");
    expect((await image(page)).groups["billing"]?.spec.configs["session.timeout.ms"]).toBe(10_000);
  });

  test("a changed setting shows Kafka's default beside it, and goes back to it", async ({ page }) => {
    await open(page);
    await choose(page, "producer", "checkout");
    await openTab(page, "Settings");
    // What the scene itself has changed for the eye is shown, too.
    await expect(inspector(page).getByText("Kafka’s default: true").or(inspector(page).getByText("Kafka's default: true"))).toBeVisible();
    const field = inspector(page).getByRole("textbox", { name: "linger.ms" });
    await expect(field).toHaveValue("5");
    await field.fill("250");
    await field.press("Enter");
    await eventually(async () => config(await image(page), "linger.ms")).toBe(250);
    const changed = inspector(page).locator(".ui-field-changed").filter({ hasText: "linger.ms" });
    await expect(changed).toContainText("default: 5");
    await changed.getByRole("button", { name: "Reset" }).click();
    await eventually(async () => config(await image(page), "linger.ms")).toBeUndefined();
    await expect(field).toHaveValue("5");
  });

  test("every setting of the list takes effect", async ({ page }) => {
    await open(page);
    await choose(page, "producer", "checkout");
    await openTab(page, "Settings");
    await type(page, "Rate", "7.5");
    await eventually(async () => (await image(page)).producers["checkout"]?.spec.source.ratePerSecond).toBe(7.5);
    await type(page, "batch.size", "1000");
    await eventually(async () => config(await image(page), "batch.size")).toBe(1000);
    await select(page, "acks", "1");
    await eventually(async () => (await image(page)).producers["checkout"]?.spec.configs).toMatchObject({ "batch.size": 1000, acks: "1" });
    for (const [label, kind] of [["a list", "list"], ["none", "none"], ["a range, one hot key", "skewed"], ["a range", "range"]] as const) {
      await select(page, "Keys", label);
      await eventually(async () => (await image(page)).producers["checkout"]?.spec.source.keys.kind).toBe(kind);
    }

    await choose(page, "consumer", "c1");
    await type(page, "Processing time", "50");
    await eventually(async () => (await image(page)).consumers["c1"]?.spec.processing.timeMs).toBe(50);
    await choose(page, "group", "billing");
    const groupConfigs = async (): Promise<object | undefined> => (await image(page)).groups["billing"]?.spec.configs;
    await type(page, "max.poll.records", "9");
    await eventually(groupConfigs).toMatchObject({ "max.poll.records": 9 });
    await select(page, "Commit", "after processing");
    await eventually(groupConfigs).toMatchObject({ "enable.auto.commit": false });
    await select(page, "auto.offset.reset", "latest");
    // Kafka's default: it is no longer a changed setting.
    await eventually(groupConfigs).not.toHaveProperty(["auto.offset.reset"]);
    await select(page, "partition.assignment.strategy", "cooperative-sticky");
    await eventually(groupConfigs).toMatchObject({ "partition.assignment.strategy": "cooperative-sticky" });
    expect(await groupConfigs()).toMatchObject({ "max.poll.records": 9, "enable.auto.commit": false });
    const isAtWork = (shown: ClusterImageJson): boolean => Object.values(shown.consumers).every(({ phase }) => phase === "active");
    const settled = await goUntil(page, (shown) => shown.groups["billing"]?.protocolName === "cooperative-sticky" && isAtWork(shown));
    await goUntil(page, ({ groups }) => (groups["billing"]?.processed ?? 0) > (settled.groups["billing"]?.processed ?? 0) + 10);
  });
});

test("what is changed field after field, without a pause, holds altogether", async ({ page }) => {
  await open(page);
  for (const name of ["a", "b"]) await submit(page, { type: "createTopic", topic: { name, partitions: 1, configs: {} } });
  await choose(page, "producer", "checkout");
  await openTab(page, "Settings");
  await select(page, "Keys", "a range");
  await eventually(async () => (await image(page)).producers["checkout"]?.spec.source.keys.kind).toBe("range");
  await expect(inspector(page).getByRole("checkbox", { name: "b" })).toBeVisible();
  // In one go, as a script that fills a form: nobody waits for an answer between two fields.
  await inspector(page).evaluate((panel) => {
    for (const box of panel.querySelectorAll<HTMLInputElement>("input[type=checkbox]:not(:checked)")) box.click();
  });
  await type(page, "Prefix", "u");
  await type(page, "To", "5");
  await type(page, "From", "2");
  await eventually(async () => (await image(page)).producers["checkout"]?.spec).toMatchObject({ topics: ["orders", "a", "b"], source: { keys: { kind: "range", prefix: "u", from: 2, to: 5 } } });
});

test.describe("a program that fails", () => {
  test("is set up in its consumer's settings: a poison key goes to the dead-letter topic and is set aside, not lost", async ({ page }) => {
    await open(page);
    await submit(page, { type: "createTopic", topic: { name: "orders-dead", partitions: 1, configs: {} } });
    await submit(page, { type: "alterProducer", clientId: "checkout", source: { keys: { kind: "list", keys: ["poison", "fine"] } } });
    await submit(page, { type: "removeConsumer", clientId: "c2", how: "close" });
    await choose(page, "consumer", "c1");
    await openTab(page, "Settings");
    await expect(inspector(page).getByText("The consumers of billing commit automatically.")).toBeVisible();
    await select(page, "What goes wrong", "the handler throws");
    await type(page, "Of all attempts", "101");
    await expect(inspector(page).getByRole("alert")).toHaveText("A number from 0 to 100.");
    await type(page, "Of all attempts", "0");
    await type(page, "And with these keys", "poison");
    await select(page, "If it throws again", "the record is sent to another topic");
    const topics = inspector(page).getByRole("textbox", { name: "Retry topics, the dead-letter topic last" });
    await topics.fill("no such name");
    await topics.press("Enter");
    await expect(inspector(page).getByRole("alert")).toContainText("no such name");
    await type(page, "Retry topics, the dead-letter topic last", "orders-dead");
    const program = { failure: { how: "throw", percent: 0, keys: ["poison"] }, rescue: { retries: 0, backoffMs: 0, giveUp: "forward", topics: ["orders-dead"] } };
    await eventually(async () => (await image(page)).consumers["c1"]?.spec.processing).toMatchObject(program);
    const done = await goUntil(page, (shown) => (shown.audit["billing/orders"]?.setAside ?? 0) >= 3 && (shown.topics["orders-dead"]?.recordCount ?? 0) >= 3);
    expect(done.audit["billing/orders"]?.lost).toBe(0);
    await openTab(page, "Now");
    await expect(inspector(page).getByRole("row", { name: /Set aside/ })).not.toContainText(/ 0$/);

    // What is set up is taken back like everything else.
    await openTab(page, "Settings");
    await select(page, "What goes wrong", "nothing");
    await eventually(async () => (await image(page)).consumers["c1"]?.spec.processing.failure).toBeUndefined();
    await page.getByRole("button", { name: "Undo" }).click();
    await eventually(async () => (await image(page)).consumers["c1"]?.spec.processing).toMatchObject(program);
  });

  test("with a pool shows every record in work, and where it commits is its own where nothing does so by itself", async ({ page }) => {
    await open(page);
    await choose(page, "group", "billing");
    await openTab(page, "Settings");
    await select(page, "Commit", "after processing");
    await choose(page, "consumer", "c1");
    await openTab(page, "Settings");
    await type(page, "Processing time", "3000");
    await type(page, "Workers outside the poll loop", "65");
    await expect(inspector(page).getByRole("alert")).toHaveText("A whole number from 0 to 64.");
    await type(page, "Workers outside the poll loop", "4");
    await select(page, "Commits", "after each record");
    await eventually(async () => (await image(page)).consumers["c1"]?.spec.processing).toEqual({ timeMs: 3000, workers: 4, settle: "each" });
    await expect(inspector(page).getByText("past those that are slower")).toBeVisible();
    await goUntil(page, ({ consumers }) => consumers["c1"]?.pooledCount === 3);
    await expect(card(page, "consumer", "c1").locator(".scene-pooled")).toHaveCount(3);
    await openTab(page, "Now");
    await expect(inspector(page).getByText(/4 records at once/)).toBeVisible();
  });
});

function config({ producers }: ClusterImageJson, name: string): unknown {
  return producers["checkout"]?.spec.configs[name];
}

async function type(page: Page, label: string, value: string): Promise<void> {
  const field = inspector(page).getByRole("textbox", { name: label });
  await field.fill(value);
  await field.press("Enter");
}

async function select(page: Page, label: string, option: string): Promise<void> {
  await inspector(page).getByRole("tabpanel").getByRole("combobox", { name: label }).selectOption({ label: option });
}
