import { beforeEach, describe, expect, it } from "vitest";
import { useTopiq } from "../store/topiqStore";
import { performAction } from "./actions";
import { submit } from "./simulation";
import { type FakeWorker, startTestWorld } from "./testWorld";
import { editDocument, redo, undo, useUndo } from "./undo";

let worker: FakeWorker;
beforeEach(() => {
  worker = startTestWorld();
});

const lastSent = (): unknown => worker.sent.at(-1);
const toast = (): string | undefined => useTopiq.getState().view.toast?.text;

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
    await performAction("addConsumer");
    await undo();
    expect(lastSent()).toMatchObject({ type: "submit", command: { type: "removeConsumer", clientId: "c3", how: "close" } });
    await redo();
    expect(lastSent()).toMatchObject({ type: "submit", command: { type: "addConsumer", consumer: { clientId: "c3", groupId: "billing" } } });
    expect(useUndo.getState().done).toHaveLength(1);
  });

  it("takes a gesture of several commands back as one, last first", async () => {
    await performAction("addGroup");
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

  it("rewinds to before what has no inverse, and says so", async () => {
    await performAction("setPartitions", { topic: "orders", count: 5 });
    await performAction("deliverAs", { mode: "pubsub" });
    await undo();
    expect(lastSent()).toMatchObject({ type: "rewindBefore", journalLength: 1 });
    expect(toast()).toContain("00:01.0");
    await undo();
    expect(lastSent()).toMatchObject({ type: "rewindBefore", journalLength: 0 });
  });

  it("rewinds a whole gesture to before its first command", async () => {
    await performAction("setPartitions", { topic: "orders", count: 5 });
    await performAction("delete", { entities: ["group:billing"] });
    expect(worker.commands().slice(1)).toEqual(["removeConsumer", "removeConsumer", "removeGroup"]);
    await undo();
    expect(lastSent()).toMatchObject({ type: "rewindBefore", journalLength: 1 });
  });

  it("keeps no note of a refused command, and tells why it was refused", async () => {
    worker.nextProblem = { reason: "limitReached", params: { limit: "maxConsumers", value: 64 } };
    await performAction("addConsumer");
    expect(useUndo.getState().done).toHaveLength(0);
    expect(toast()).toContain("64");
  });

  it("forgets what could be redone when something else is done", async () => {
    await performAction("addConsumer");
    await undo();
    await performAction("addProducer");
    expect(useUndo.getState().undone).toHaveLength(0);
  });
});

describe("a fork", () => {
  it("offers to bring the dropped future back, with the notes that belong to it", async () => {
    await performAction("addConsumer");
    worker.timeUs = 9_000_000;
    await performAction("addProducer");
    worker.timeUs = 5_000_000;
    worker.nextForks = true;
    await performAction("addTopic");
    expect(useUndo.getState().done.map((entry) => entry.kind)).toEqual(["commands", "fork"]);
    expect(toast()).toContain("00:05.0");
    await undo();
    expect(lastSent()).toMatchObject({ type: "restoreFuture" });
    expect(useUndo.getState().done.map((entry) => entry.kind)).toEqual(["commands", "commands"]);
    await undo();
    expect(lastSent()).toMatchObject({ command: { type: "removeProducer" } });
  });

  it("takes its offer away when something else is done", async () => {
    worker.nextForks = true;
    await performAction("addConsumer");
    expect(toast()).toContain("00:01.0");
    await performAction("addProducer");
    expect(toast()).toBeUndefined();
  });

  it("is taken back like any command once its future is beyond recall", async () => {
    worker.nextForks = true;
    await performAction("addConsumer");
    useTopiq.setState(({ playback }) => ({ playback: playback && { ...playback, futureDropped: false } }));
    await undo();
    expect(lastSent()).toMatchObject({ command: { type: "removeConsumer" } });
  });
});
