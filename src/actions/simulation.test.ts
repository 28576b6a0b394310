import { beforeEach, describe, expect, it } from "vitest";
import type { Command } from "../core/world/command";
import { useTopiq } from "../store/topiqStore";
import { settled, TestPlace } from "../worker/testPlace";
import { move, openWorld, query, seek, seekSettled, submit } from "./simulation";
import { startTestWorld, testScenario } from "./testWorld";

let worker: TestPlace;
beforeEach(async () => {
  worker = new TestPlace();
  await startTestWorld(worker);
});

const seeks = (): readonly number[] => worker.sent.flatMap((message) => (message.type === "seek" ? [message.timeUs] : []));
const timeUs = (): number | undefined => useTopiq.getState().playback?.timeUs;

describe("seeking", () => {
  it("has one request on its way, then the last of those asked for meanwhile", async () => {
    const all = Promise.all([seek(100), seek(200), seek(300)]);
    expect(seekSettled()).toBe(false);
    expect((await all).map(({ problem }) => problem?.reason ?? "there")).toEqual(["there", "superseded", "there"]);
    expect(seeks()).toEqual([100, 300]);
    expect(seekSettled()).toBe(true);
    expect(timeUs()).toBe(300);
  });

  it("goes ahead of what was reached, and back", async () => {
    expect((await seek(60_000_000)).problem).toBeNull();
    expect(timeUs()).toBe(60_000_000);
    expect((await seek(500_000)).problem).toBeNull();
    expect(timeUs()).toBe(500_000);
  });

  it.each([Number.NaN, Infinity, -1, 9e15])("refuses %s, and stays where it is", async (wanted) => {
    expect((await seek(wanted)).problem).toEqual({ reason: "invalid" });
    expect(timeUs()).toBe(1_000_000);
  });
});

describe("questions", () => {
  it("find their answers by number, in any order", async () => {
    const [first, second] = await Promise.all([query({ kind: "image" }), query({ kind: "records", topic: "orders", partition: null, before: {}, limit: 1, search: "" })]);
    expect(first.image.clock.timeUs).toBe(1_000_000);
    expect(second.records.length).toBeLessThanOrEqual(1);
  });
});

describe("whatever is asked for is answered", () => {
  it.each<[string, object]>([
    ["a function", { type: "deliverAs", mode: () => "pubsub" }],
    ["a getter that throws", { type: "deliverAs", get mode() { throw new Error("mine"); } }],
    ["a Proxy", new Proxy({ type: "deliverAs", mode: "pubsub" }, {})],
  ])("also where a command holds what cannot be sent: %s", async (_what, command) => {
    expect(await submit(command as Command)).toEqual({ reason: "invalid", path: "", detail: "type", params: { expected: "Object" } });
    expect(await openWorld({ kind: "document", document: command, isForeign: true }, false)).toMatchObject({ reason: "invalid", params: { path: "" } });
    expect(useTopiq.getState().image?.clock.mode).toBe("queue");
  });

  it("also where a step has no direction", async () => {
    expect((await move({ type: "step", direction: "x" as never })).problem).toEqual({ reason: "invalid" });
  });

  it("also when what is opened is not a scenario: what was open goes on", async () => {
    const before = useTopiq.getState().image;
    expect(await openWorld({ kind: "document", document: { ...testScenario, seed: -1 }, isForeign: true }, false)).toMatchObject({ reason: "invalid", params: { path: "seed" } });
    expect(useTopiq.getState().image).toBe(before);
    expect(await submit({ type: "deliverAs", mode: "pubsub" })).toBeNull();
  });

  it("also when something else was opened since", async () => {
    worker.lookMs = 50;
    const opening = (seed: number): Promise<unknown> => openWorld({ kind: "document", document: { ...testScenario, seed, startMs: 200_000 }, isForeign: true }, false);
    expect(await Promise.all([opening(2), opening(3), submit({ type: "deliverAs", mode: "pubsub" })])).toEqual([{ reason: "superseded", params: {} }, null, null]);
    await settled();
    expect(useTopiq.getState().scenario?.seed).toBe(3);
    expect(useTopiq.getState().image?.clock.mode).toBe("pubsub");
  });

  it("also when there is nothing that could be done", async () => {
    expect(await move({ type: "rewindBefore", journalLength: 7 })).toMatchObject({ problem: { reason: "gone" } });
    expect(await move({ type: "restoreFuture", future: 7 })).toMatchObject({ problem: { reason: "gone" } });
  });
});
