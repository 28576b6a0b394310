import { describe, expect, it } from "vitest";
import type { ClusterImage } from "../core/picture/image";
import { applyDelta } from "../store/readModel";
import { orders } from "../scenario/presets/orders";
import { TestPage } from "./testPage";
import { settled } from "./testPlace";

const scene = { kind: "document", document: orders, isForeign: false } as const;

describe("one frame is in flight", () => {
  it("however long the page takes for it; then comes the newest state, and no other", async () => {
    const page = new TestPage();
    await page.open(scene, "memory", true);
    await page.worker.pass(300);
    const { length } = page.frames();
    await page.worker.pass(3000);
    expect(page.frames().length - length).toBeLessThanOrEqual(1);
    const before = page.frames().length;
    await page.take();
    expect(page.frames()).toHaveLength(before + 1);
    const timesUs = page.frames().slice(-2).map(({ playback }) => playback.timeUs);
    expect((timesUs[1] ?? 0) - (timesUs[0] ?? 0)).toBeGreaterThanOrEqual(2_800_000);
  });

  it("and has the records of what the page looks at, from when it says so", async () => {
    const page = new TestPage();
    await page.open(scene, "memory", true);
    const shown = (): ClusterImage => page.frames().reduce<ClusterImage | null>((image, frame) => frame.image ?? applyDelta(image!, frame.delta!), null)!;
    const withRecords = (): string[] => [...shown().partitions].flatMap(([id, { topic, tail }]) => (topic === "orders" && tail.length > 0 ? [id] : []));
    const pass = async (): Promise<void> => {
      await page.worker.pass(4000);
      await page.take();
      await page.take();
    };
    await pass();
    expect(withRecords()).toEqual(["orders-0", "orders-1", "orders-2", "orders-3"]);
    page.say({ type: "look", at: { partitions: ["orders-1"], producers: [], consumers: [] } });
    await pass();
    expect(withRecords()).toEqual(["orders-1"]);
    page.say({ type: "look", at: null });
    await pass();
    expect(withRecords()).toEqual(["orders-0", "orders-1", "orders-2", "orders-3"]);
  });

  it("and a page that keeps up gets ten a second", async () => {
    const page = new TestPage();
    await page.open(scene, "memory", true);
    const { length } = page.frames();
    for (let tick = 0; tick < 20; tick++) {
      await page.worker.pass(100);
      await page.take();
    }
    expect(page.frames().length - length).toBeGreaterThanOrEqual(19);
  });

  it("and what a person did is in the second next picture at the latest, with its answer", async () => {
    const page = new TestPage();
    await page.open(scene, "memory", true);
    await page.worker.pass(1000);
    const inFlight = page.frames().length;
    const requestId = await page.ask({ type: "submit", command: { type: "addGroup", group: { groupId: "late", topics: [], configs: {} } } });
    await page.worker.pass(1000);
    expect(page.frames()).toHaveLength(inFlight);
    await page.take();
    const [next] = page.frames().slice(inFlight);
    expect(next?.answers).toMatchObject([{ type: "submitted", requestId, problem: null }]);
    expect(next?.delta?.groups?.changed.has("late")).toBe(true);
  });
});

describe("the pace", () => {
  it.each([
    [0.1, 200_000],
    [1, 2_000_000],
    [25, 50_000_000],
    [100, 200_000_000],
  ])("%dx is so many virtual seconds a second, paused or hidden none", async (speed, virtualUs) => {
    const page = new TestPage();
    await page.open(scene);
    const at = async (): Promise<number> => (await page.image()).clock.timeUs;
    const startUs = await at();
    page.say({ type: "setSpeed", speed });
    await page.worker.pass(1000);
    expect(await at()).toBe(startUs);
    page.say({ type: "play" });
    await settled();
    await page.worker.pass(2000);
    expect(await at()).toBe(startUs + virtualUs);
    page.say({ type: "setHidden", hidden: true });
    await settled();
    await page.worker.pass(1000);
    expect(await at()).toBe(startUs + virtualUs);
    page.say({ type: "pause" });
    page.say({ type: "setHidden", hidden: false });
    await settled();
    await page.worker.pass(1000);
    expect(await at()).toBe(startUs + virtualUs);
  });
});

describe("a world that another one takes the place of", () => {
  it("says nothing any more, and owes no answer", async () => {
    const page = new TestPage();
    await page.open(scene, "memory", true);
    page.say({ type: "seek", requestId: 91, timeUs: 100_000_000 });
    page.say({ type: "submit", requestId: 92, command: { type: "deliverAs", mode: "pubsub" } });
    await page.open(scene);
    const answered = page.worker.posted.flatMap<number>((message) => {
      if (message.type === "frame") return message.answers.map(({ requestId }) => requestId);
      return "requestId" in message ? [message.requestId] : [];
    });
    expect(answered).toEqual(expect.arrayContaining([91, 92]));
    const { length } = page.worker.posted;
    await page.worker.pass(1000);
    await page.take();
    expect(page.worker.posted.slice(length).filter(({ type }) => type === "frame")).toEqual([]);
  });
});

describe("winding", () => {
  it("is done in slices, tells how far it has come, and can be cancelled", async () => {
    const page = new TestPage();
    await page.open(scene);
    page.worker.lookMs = 60;
    const before = page.frames().at(-1)?.playback.timeUs;
    page.say({ type: "seek", requestId: 91, timeUs: 3_000_000_000 });
    await settled();
    const [told] = page.all("winding").slice(-1);
    expect(told?.winding).toMatchObject({ isOpening: false, fromUs: before, toUs: 3_000_000_000 });
    expect(told?.winding?.atUs).toBeGreaterThan(before ?? 0);
    page.say({ type: "cancel" });
    await settled();
    expect(page.all("winding").at(-1)?.winding).toBeNull();
    expect(page.frames().at(-1)).toMatchObject({ playback: { timeUs: before }, answers: [{ type: "moved", requestId: 91, problem: { reason: "cancelled" } }] });
  });

  it("that is cancelled leaves what was meant for its end undone, and says so; until then it says how much that is", async () => {
    const page = new TestPage();
    await page.open(scene);
    page.worker.lookMs = 60;
    const before = page.frames().at(-1)?.playback.timeUs;
    page.say({ type: "seek", requestId: 91, timeUs: 3_000_000_000 });
    await settled();
    page.say({ type: "submit", requestId: 92, command: { type: "deliverAs", mode: "pubsub" } });
    page.say({ type: "step", requestId: 93, direction: 1 });
    page.say({ type: "play" });
    page.say({ type: "query", requestId: 94, query: { kind: "image" } });
    await settled();
    expect(page.all("winding").at(-1)?.winding?.waiting).toBe(3);
    page.say({ type: "cancel" });
    await settled();
    await page.take();
    expect(page.all("submitted").at(-1)).toMatchObject({ requestId: 92, problem: { reason: "cancelled" }, entry: null });
    expect(page.all("moved").at(-1)).toMatchObject({ requestId: 93, problem: { reason: "cancelled" } });
    expect(page.all("queried").at(-1)).toMatchObject({ requestId: 94, result: { image: { clock: { mode: "queue", timeUs: before } } } });
    expect(page.frames().at(-1)?.playback).toMatchObject({ timeUs: before, playing: false, journalLength: 0 });
  });

  it("gives way to the next wish, and what was asked for meanwhile is done where it ends", async () => {
    const page = new TestPage();
    await page.open(scene);
    page.worker.lookMs = 60;
    page.say({ type: "seek", requestId: 91, timeUs: 3_000_000_000 });
    page.say({ type: "submit", requestId: 92, command: { type: "deliverAs", mode: "pubsub" } });
    page.say({ type: "seek", requestId: 93, timeUs: 21_000_000 });
    await settled();
    await settled();
    await page.take();
    const answers = page.frames().flatMap((frame) => frame.answers);
    expect(answers).toMatchObject([{ requestId: 91, problem: { reason: "superseded" } }, { requestId: 92, problem: null }, { requestId: 93, problem: null }]);
    expect(page.frames().at(-1)?.playback.timeUs).toBe(21_000_000);
  });
});

describe("what a page says that has lost its mind", () => {
  it.each([Number.NaN, Infinity, -Infinity, 2 ** 60, -5])("speed and moment %s: the world stands, and goes on", async (value) => {
    const page = new TestPage();
    await page.open(scene);
    page.say({ type: "setSpeed", speed: value });
    page.say({ type: "seek", requestId: 91, timeUs: value });
    await settled();
    expect(page.all("moved").at(-1)).toMatchObject({ requestId: 91, problem: { reason: "invalid" } });
    page.say({ type: "play" });
    await page.worker.pass(500);
    await page.take();
    const playback = page.frames().at(-1)?.playback;
    expect(playback?.speed).toBeGreaterThanOrEqual(0.1);
    expect(playback?.speed).toBeLessThanOrEqual(100);
    expect(page.all("crashed")).toEqual([]);
  });
});
