import { describe, expect, it } from "vitest";
import { ENGINE_VERSION } from "../core/world/cluster";
import type { Command, StampedCommand } from "../core/world/command";
import { encodeLink } from "../scenario/link";
import { orders } from "../scenario/presets/orders";
import type { Scenario, SharedRun } from "../scenario/scenario";
import { scenarioLimits } from "../scenario/scenarioLimits";
import { settled } from "./testPlace";
import { TestPage } from "./testPage";

const scene = { kind: "document", document: orders, isForeign: false } as const;
const topic = { name: "t", partitions: 1, configs: {} };
const consumer = { clientId: "c9", groupId: "billing", processing: { timeMs: 1 } };
const producer = { clientId: "p9", topics: ["orders"], source: { ratePerSecond: 1, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs: {} };

/** What no page would send, of every kind of command; each is refused in words. */
const hostile: readonly unknown[] = [
  1,
  "x",
  null,
  [],
  {},
  { type: "nope" },
  { type: "__proto__" },
  { type: "constructor" },
  { type: ["createTopic"] },
  { type: "createTopic" },
  { type: "createTopic", topic: { ...topic, name: null } },
  { type: "createTopic", topic: { name: "t", partitions: "1; drop", configs: {} } },
  { type: "createTopic", topic: { ...topic, partitions: 1e9 } },
  { type: "createTopic", topic: { ...topic, configs: { "retention.ms": {} } } },
  { type: "createTopic", topic: { ...topic, configs: { constructor: 1 } } },
  { type: "deleteTopic", topic: "__consumer_offsets" },
  { type: "deleteTopic", topic: "nope" },
  { type: "createPartitions", topic: "orders", count: -1 },
  { type: "createPartitions", topic: "orders", count: 4 },
  { type: "alterTopicConfigs", topic: "orders", configs: null },
  { type: "addProducer", producer: { ...producer, source: null } },
  { type: "addProducer", producer: { ...producer, source: { ...producer.source, ratePerSecond: Number.NaN } } },
  { type: "addProducer", producer: { ...producer, topics: ["orders", "orders"] } },
  { type: "removeProducer", clientId: {} },
  { type: "alterProducer", clientId: "checkout", source: { keys: null } },
  { type: "alterProducer", clientId: "checkout", source: { keys: { kind: "unheard" } } },
  { type: "addGroup", group: { groupId: "\u200b", topics: [], configs: {} } },
  { type: "addGroup", group: { groupId: "x".repeat(101), topics: [], configs: {} } },
  { type: "removeGroup", groupId: "billing" },
  { type: "alterGroup", groupId: "billing", topics: "orders" },
  { type: "addConsumer", consumer: { ...consumer, clientId: 7 } },
  { type: "addConsumer", consumer: { ...consumer, groupId: "nope" } },
  { type: "removeConsumer", clientId: "c1", how: "explode" },
  { type: "moveConsumer", clientId: "c1", groupId: "nope" },
  { type: "alterConsumer", clientId: "c1", processing: { timeMs: -1 } },
  { type: "deliverAs", mode: "weird" },
];

describe("a command that is none is refused in words, and leaves no trace", () => {
  it.each(hostile.map((command) => [JSON.stringify(command) ?? "undefined", command] as const))("%s", async (_text, command) => {
    const page = new TestPage();
    await page.open(scene);
    const requestId = await page.ask({ type: "submit", command });
    const answer = page.all("submitted").find((message) => message.requestId === requestId);
    expect(answer?.problem?.reason).toMatch(/\w/);
    expect(answer).toMatchObject({ entry: null, dropped: null });
    const { fragment } = await page.query({ kind: "share", exact: true });
    const again = new TestPage();
    await again.open({ kind: "link", link: fragment ?? "" });
    expect(again.all("opened")).toHaveLength(1);
    expect(page.all("crashed")).toEqual([]);
  });

  it("while one with what may be left out is done", async () => {
    const page = new TestPage();
    await page.open(scene);
    await page.ask({ type: "submit", command: { type: "createTopic", topic: { name: "plain" } } });
    await page.take();
    expect(page.frames().at(-1)?.answers ?? page.frames().at(-2)?.answers).toMatchObject([{ type: "submitted", problem: null }]);
  });
});

/** A link to a run of the scene `orders`. */
function linkTo(run: Partial<SharedRun>, changes: Partial<Scenario> = {}): string {
  return encodeLink({ scenario: { ...orders, ...changes }, run: { engineVersion: ENGINE_VERSION, timeUs: 30_000_000, eventCount: 1, journal: [], ...run } });
}

function stamped(command: Command, timeUs = 5_000_000): StampedCommand {
  return { timeUs, eventCount: 100, command };
}

describe("a link that does not fit is told, what was open goes on, and no later opening suffers", () => {
  it.each<[string, string, string]>([
    ["a command that its world refuses", linkTo({ eventCount: 90_000, journal: [stamped({ type: "deleteTopic", topic: "nope" })] }), "runDiffers"],
    ["more events than there are", linkTo({ eventCount: 90_000 }), "runDiffers"],
    ["fewer events than there are", linkTo({ eventCount: 2 }), "runDiffers"],
    ["events beyond all reason", linkTo({ eventCount: Number.MAX_SAFE_INTEGER }), "invalid"],
    ["a time beyond all reason", linkTo({ timeUs: Number.MAX_SAFE_INTEGER }), "invalid"],
    ["another engine and a time beyond all reason", linkTo({ engineVersion: 77, timeUs: scenarioLimits.maxRunTimeUs + 1 }), "invalid"],
    ["a cut", linkTo({}).slice(0, -9), "cutOff"],
    ["nothing of ours", "section-2", "notALink"],
  ])("%s", async (_what, link, reason) => {
    const page = new TestPage();
    await page.open(scene);
    const before = page.frames().at(-1)?.playback.timeUs;
    await page.open({ kind: "link", link });
    expect(page.all("refused").at(-1)?.problem.reason).toBe(reason);
    await page.ask({ type: "submit", command: { type: "deliverAs", mode: "pubsub" } });
    await page.take();
    expect((await page.image()).clock).toMatchObject({ mode: "pubsub", timeUs: before });
    await page.open({ kind: "link", link: encodeLink({ scenario: { ...orders, seed: 5 }, run: null }) });
    expect(page.all("opened").at(-1)).toMatchObject({ origin: "link", scenario: { seed: 5 } });
    expect(page.all("crashed")).toEqual([]);
  });

  it("and nothing is opened where nothing was", async () => {
    const page = new TestPage();
    await page.open({ kind: "link", link: linkTo({ eventCount: 2 }) });
    expect(page.all("refused")).toHaveLength(1);
    await page.ask({ type: "submit", command: { type: "deliverAs", mode: "pubsub" } });
    expect(page.all("gone")).toHaveLength(1);
    await page.open(scene);
    expect((await page.image()).clock.mode).toBe("queue");
  });

  it("an exact run stands at its moment, whoever opens it; a scenario plays", async () => {
    const page = new TestPage();
    await page.open(scene);
    await page.ask({ type: "seek", timeUs: 27_000_000 });
    const { fragment } = await page.query({ kind: "share", exact: true });
    await page.open({ kind: "link", link: fragment ?? "" }, "memory", true);
    expect(page.frames().at(-1)?.playback).toMatchObject({ playing: false, timeUs: 27_000_000 });
    await page.open({ kind: "link", link: encodeLink({ scenario: orders, run: null }) }, "memory", true);
    expect(page.frames().at(-1)?.playback.playing).toBe(true);
  });

  it("a run of another engine is made again by time, and says that it may differ", async () => {
    const page = new TestPage();
    await page.open({ kind: "link", link: linkTo({ engineVersion: 77, eventCount: 103, journal: [stamped({ type: "addConsumer", consumer })] }) });
    expect(page.all("opened").at(-1)?.notices).toEqual([{ id: "engineDiffers", params: {} }]);
    expect((await page.image()).consumers.has("c9")).toBe(true);
  });
});

describe("an opening that takes long", () => {
  const busy: Partial<Scenario> = {
    startMs: 600_000,
    producers: Array.from({ length: 20 }, (_, at) => ({ ...orders.producers[0]!, clientId: `p${at}`, source: { ...orders.producers[0]!.source, ratePerSecond: 5000 } })),
  };

  it("gives way to the next one, and to cancelling; what was asked for meanwhile goes to what is open then", async () => {
    const page = new TestPage();
    page.worker.lookMs = 60;
    await page.open(scene);
    page.say({ type: "open", requestId: 91, source: { kind: "document", document: { ...orders, ...busy }, isForeign: true }, storage: "memory", playing: false });
    await settled();
    expect(page.all("winding").at(-1)?.winding).toMatchObject({ isOpening: true, toUs: 600_000_000 });
    page.say({ type: "submit", requestId: 92, command: { type: "deliverAs", mode: "pubsub" } });
    page.say({ type: "cancel" });
    await page.rest();
    expect(page.all("refused").at(-1)).toMatchObject({ requestId: 91, problem: { reason: "cancelled" } });
    expect((await page.image()).clock.mode).toBe("pubsub");
    page.say({ type: "open", requestId: 93, source: { kind: "document", document: { ...orders, ...busy }, isForeign: true }, storage: "memory", playing: false });
    await page.open({ kind: "document", document: { ...orders, seed: 6 }, isForeign: true });
    expect(page.all("refused").at(-1)).toMatchObject({ requestId: 93, problem: { reason: "superseded" } });
    expect(page.all("opened").at(-1)?.scenario.seed).toBe(6);
  });
});
