import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clusterLimits } from "../core/kafka/limits";
import { imageDigest } from "../core/picture/imageDigest";
import { useTopiq } from "../store/topiqStore";
import { TestPlace } from "../worker/testPlace";
import { performAction } from "./actions";
import { entityKinds } from "../entities/entityKinds";
import { fillKinds } from "./entities/kindTable";
import { query, seek, submit } from "./simulation";
import { startTestWorld } from "./testWorld";
import { editDocument, redo, undo, useUndo } from "./undo";

let worker: TestPlace;
beforeAll(() => fillKinds(entityKinds));
beforeEach(async () => {
  worker = new TestPlace();
  await startTestWorld(worker);
});

const lastSent = (): unknown => worker.sent.findLast(({ type }) => type !== "frameTaken");
const toast = (): string | undefined => useTopiq.getState().view.toast?.text;
const kinds = (): readonly string[] => useUndo.getState().done.map((entry) => entry.kind);
const state = async (): Promise<string> => imageDigest((await query({ kind: "image" })).image);
const partitions = (): number | undefined => useTopiq.getState().image?.topics.get("orders")?.partitions;
const consumers = (): readonly string[] => [...(useTopiq.getState().image?.consumers.keys() ?? [])];
const endUs = (): number | undefined => useTopiq.getState().timeline?.endUs;

describe("undo of the document", () => {
  it("puts back a name and a place, and redo brings them again", async () => {
    editDocument({ name: "Mine" });
    editDocument({ layout: { "topic:orders": { x: 5, y: 6 } } });
    await undo();
    await undo();
    expect(useTopiq.getState().scenario).toMatchObject({ name: { en: "Orders", ko: "주문" }, layout: {} });
    await redo();
    await redo();
    expect(useTopiq.getState().scenario).toMatchObject({ name: "Mine", layout: { "topic:orders": { x: 5, y: 6 } } });
  });

  it("saves every change with the run, outside the journal", async () => {
    await performAction("rename", { entity: "producer:checkout", label: "till" });
    expect(lastSent()).toMatchObject({ type: "saveDocument", document: { labels: { "producer:checkout": "till" } } });
    await undo();
    expect(lastSent()).toMatchObject({ document: { labels: { "producer:checkout": { en: "checkout", ko: "결제" } } } });
    expect(worker.commands()).toEqual([]);
  });
});

describe("undo of commands", () => {
  it("takes an addition back by removing it now, and adds it again", async () => {
    await performAction("add", { kind: "consumer" });
    await undo();
    expect(lastSent()).toMatchObject({ type: "submit", command: { type: "removeConsumer", clientId: "c3", how: "close" } });
    await redo();
    expect(lastSent()).toMatchObject({ type: "submit", command: { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing" } } });
    expect(useUndo.getState().done).toHaveLength(1);
  });

  it("takes a gesture of several commands back as one, last first", async () => {
    await performAction("add", { kind: "group" });
    expect(worker.commands()).toEqual(["addGroup", "addConsumer"]);
    await undo();
    expect(worker.commands().slice(2)).toEqual(["removeConsumer", "removeGroup"]);
    expect(useUndo.getState().done).toHaveLength(0);
  });

  it("takes a setting back to what it was, wherever it was submitted", async () => {
    await submit({ type: "alterTopicConfigs", topic: "orders", configs: { "retention.ms": 1000 } });
    await undo();
    expect(lastSent()).toMatchObject({ command: { type: "alterTopicConfigs", configs: { "retention.ms": null } } });
    await submit({ type: "alterGroup", groupId: "billing", configs: { "session.timeout.ms": null, "max.poll.records": 10 } });
    await undo();
    expect(lastSent()).toMatchObject({ command: { type: "alterGroup", configs: { "session.timeout.ms": 6000, "max.poll.records": null } } });
  });

  it("knows what was before two settings in quick succession, though the picture shows neither yet", async () => {
    const both = [10, 20].map((records) => submit({ type: "alterGroup", groupId: "billing", configs: { "max.poll.records": records } }));
    await Promise.all(both);
    await undo();
    expect(lastSent()).toMatchObject({ command: { type: "alterGroup", configs: { "max.poll.records": 10 } } });
  });

  it("rewinds to before what has no inverse, and says so", async () => {
    const before = await state();
    await performAction("setPartitions", { topic: "orders", count: 5 });
    await performAction("deliverAs", { mode: "pubsub" });
    await undo();
    expect(toast()).toContain("00:01.0");
    expect(useTopiq.getState().image?.clock.mode).toBe("queue");
    await undo();
    expect(await state()).toBe(before);
    await redo();
    await redo();
    await seek(2_000_000);
    expect([useTopiq.getState().image?.clock.mode, partitions()]).toEqual(["pubsub", 5]);
  });

  it("does two things of one moment again one after the other, though the second was taken back later", async () => {
    await seek(21_000_000);
    await submit({ type: "removeConsumer", clientId: "c1", how: "close" });
    await submit({ type: "addConsumer", consumer: { clientId: "c9", groupId: "billing", processing: { timeMs: 100 } } });
    await seek(25_000_000);
    await undo();
    await undo();
    expect(consumers()).toEqual(["c1", "c2"]);
    await redo();
    expect(consumers()).toEqual(["c2"]);
    await redo();
    expect(consumers()).toEqual(["c2", "c9"]);
    await seek(40_000_000);
    expect(consumers()).toEqual(["c2", "c9"]);
  });

  it("rewinds a whole gesture to before its first command", async () => {
    const before = await state();
    await performAction("delete", { entities: ["group:billing"] });
    expect(worker.commands()).toEqual(["removeConsumer", "removeConsumer", "removeGroup"]);
    await undo();
    expect(await state()).toBe(before);
  });

  it("keeps no note of a refused command, and tells why it was refused", async () => {
    for (let count = 2; count < clusterLimits.maxConsumers; count++) await submit({ type: "addConsumer", consumer: { clientId: `x${count}`, groupId: "billing", processing: { timeMs: 1 } } });
    const { length } = useUndo.getState().done;
    await performAction("add", { kind: "consumer" });
    expect(useUndo.getState().done).toHaveLength(length);
    expect(toast()).toContain(String(clusterLimits.maxConsumers));
  });

  it("keeps the note of what cannot be taken back at this moment", async () => {
    await seek(5_000_000);
    await performAction("add", { kind: "consumer" });
    await seek(2_000_000);
    await undo();
    expect(toast()).toContain("00:05.0, which lies ahead");
    expect(useUndo.getState().done).toHaveLength(1);
    await seek(6_000_000);
    await undo();
    expect(consumers()).not.toContain("c3");
  });

  it("forgets what could be redone when something else is done", async () => {
    await performAction("add", { kind: "consumer" });
    await undo();
    await performAction("add", { kind: "producer" });
    expect(useUndo.getState().undone).toHaveLength(0);
  });
});

describe("a fork", () => {
  /** Ten seconds with a command at 9 s, then wound back to 5 s. */
  async function runWithFuture(): Promise<void> {
    await seek(9_000_000);
    await performAction("add", { kind: "producer" });
    await seek(10_000_000);
    await seek(5_000_000);
  }

  it("offers to bring the dropped future back, with the notes that belong to it", async () => {
    await performAction("add", { kind: "consumer" });
    await runWithFuture();
    const there = await state();
    await performAction("add", { kind: "topic" });
    expect(kinds()).toEqual(["commands", "fork"]);
    expect(toast()).toContain("00:05.0");
    await undo();
    expect(kinds()).toEqual(["commands", "commands"]);
    expect(await state()).toBe(there);
    expect(endUs()).toBe(10_000_000);
  });

  it("undo after undo after fork brings back exactly what was there, and redo what was done", async () => {
    await runWithFuture();
    const there = await state();
    await performAction("add", { kind: "consumer" });
    await seek(7_000_000);
    const forked = await state();
    await performAction("setPartitions", { topic: "orders", count: 6 });
    await seek(8_000_000);
    expect(partitions()).toBe(6);
    await undo();
    expect(await state()).toBe(forked);
    await undo();
    expect(await state()).toBe(there);
    expect(endUs()).toBe(10_000_000);
    expect(consumers()).not.toContain("c3");
    await redo();
    expect(consumers()).toContain("c3");
    await seek(7_000_000);
    expect(await state()).toBe(forked);
    await redo();
    await seek(8_000_000);
    expect(partitions()).toBe(6);
    await undo();
    await undo();
    expect(await state()).toBe(there);
    await seek(10_000_000);
    expect(useTopiq.getState().image?.producers.size).toBe(3);
  });

  it("brings each of several futures back as itself", async () => {
    await runWithFuture();
    const moments: string[] = [];
    for (const seconds of [4, 3, 2]) {
      await seek(seconds * 1_000_000);
      moments.push(await state());
      await performAction("add", { kind: "consumer" });
      await seek(seconds * 1_000_000 + 5_000_000);
    }
    for (const moment of moments.reverse()) {
      await undo();
      expect(await state()).toBe(moment);
    }
    expect(endUs()).toBe(10_000_000);
  });

  it("takes its offer away when something else is done", async () => {
    await runWithFuture();
    await performAction("add", { kind: "consumer" });
    expect(toast()).toContain("00:05.0");
    await performAction("add", { kind: "producer" });
    expect(toast()).toBeUndefined();
  });

  it("is taken back like any command once its future is beyond recall", async () => {
    await runWithFuture();
    for (let count = 0; count < 9; count++) {
      await seek(5_000_000);
      await performAction("add", { kind: "consumer" });
      await seek(6_000_000);
    }
    for (let count = 0; count < 8; count++) await undo();
    expect(endUs()).toBe(6_000_000);
    await undo();
    expect(lastSent()).toMatchObject({ command: { type: "removeConsumer" } });
  });
});
