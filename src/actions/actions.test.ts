import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { select, useTopiq } from "../store/topiqStore";
import { type ActionName, actions, performAction } from "./actions";
import { entityKinds } from "../entities/entityKinds";
import { freshName } from "../entities/newNames";
import { fillKinds } from "./entities/kindTable";
import { shortcutFor, shortcutText } from "./shortcuts";
import { TestPlace } from "../worker/testPlace";
import { seek, submit } from "./simulation";
import { startTestWorld, testScenario } from "./testWorld";

let worker: TestPlace;
beforeAll(() => fillKinds(entityKinds));
beforeEach(async () => {
  worker = new TestPlace();
  await startTestWorld(worker);
});

const given = (): readonly unknown[] => worker.sent.flatMap((message) => (message.type === "submit" ? [message.command] : []));
const lastCommand = (): unknown => given().at(-1);
const enabled = (name: ActionName): boolean => actions[name].enabled(useTopiq.getState());

describe("fresh names", () => {
  it("count on from the highest one in use", () => {
    expect(freshName("c", new Set())).toBe("c1");
    expect(freshName("c", new Set(["c1", "c7", "checkout", "c-9"]))).toBe("c8");
  });

  it("are unique among producers and consumers", async () => {
    await submit({ type: "addProducer", producer: { ...testScenario.producers[0]!, clientId: "c9" } });
    await performAction("add", { kind: "consumer" });
    expect(lastCommand()).toMatchObject({ consumer: { clientId: "c10" } });
  });
});

describe("adding", () => {
  it("joins what is selected", async () => {
    select([{ kind: "producer", id: "checkout" }]);
    await performAction("add", { kind: "topic" });
    expect(lastCommand()).toEqual({ type: "alterProducer", clientId: "checkout", topics: ["orders", "topic-1"] });
    expect(useTopiq.getState().selection).toEqual([{ kind: "topic", id: "topic-1" }]);
  });

  it("gives a consumer the group's pace, and a new group the settings of the last one", async () => {
    await performAction("add", { kind: "consumer" });
    expect(lastCommand()).toMatchObject({ consumer: { groupId: "billing", processing: { timeMs: 800 } } });
    await performAction("add", { kind: "group" });
    expect(given().at(-2)).toMatchObject({ group: { topics: ["orders"], configs: { "session.timeout.ms": 6000 } } });
  });

  it("makes each consumer its own subscriber in pub/sub", async () => {
    await performAction("deliverAs", { mode: "pubsub" });
    await performAction("add", { kind: "consumer" });
    expect(worker.commands()).toEqual(["deliverAs", "addGroup", "addConsumer"]);
  });
});

describe("wiring", () => {
  it("joins in either order and moves a consumer to another group", async () => {
    await submit({ type: "createTopic", topic: { name: "more", partitions: 1, configs: {} } });
    await submit({ type: "addGroup", group: { groupId: "other", topics: [], configs: {} } });
    await seek(2_000_000);
    await performAction("connect", { from: "topic:more", to: "producer:mobile" });
    expect(lastCommand()).toEqual({ type: "alterProducer", clientId: "mobile", topics: ["orders", "more"] });
    await performAction("disconnect", { from: "topic:orders", to: "group:billing" });
    expect(lastCommand()).toEqual({ type: "alterGroup", groupId: "billing", topics: [] });
    await performAction("connect", { from: "consumer:c1", to: "group:other" });
    expect(lastCommand()).toEqual({ type: "moveConsumer", clientId: "c1", groupId: "other" });
  });

  it("says why Kafka has no such wire, and sends nothing", async () => {
    await performAction("connect", { from: "producer:checkout", to: "group:billing" });
    expect(useTopiq.getState().view.toast?.text).toContain("never straight");
    expect(worker.commands()).toEqual([]);
  });

  it("waits for the other end when only one is chosen", async () => {
    select([{ kind: "producer", id: "checkout" }]);
    await performAction("connect");
    expect(useTopiq.getState().view.connectingFrom).toBe("producer:checkout");
  });
});

describe("what can be done now", () => {
  it("is nothing in the world before there is one", () => {
    useTopiq.setState({ image: null });
    expect(enabled("add")).toBe(false);
    expect(enabled("playOrPause")).toBe(false);
    expect(enabled("help")).toBe(true);
  });

  it("is nothing in what is open while a link is told that cannot be opened", async () => {
    await performAction("add", { kind: "producer" });
    useTopiq.setState({ unopened: { reason: "corrupt", params: {} } });
    const before = worker.sent.length;
    for (const name of ["verb", "undo", "playOrPause", "stepForward"] as const) await performAction(name);
    await performAction("add", { kind: "topic" });
    await performAction("seek", { timeUs: 0 });
    expect([worker.sent.length, enabled("verb"), enabled("examples")]).toEqual([before, false, true]);
    useTopiq.setState({ unopened: null });
    await performAction("undo");
    expect(worker.commands()).toEqual(["addProducer", "removeProducer"]);
  });

  it("follows the selection, the mode and the notes of undo", async () => {
    expect([enabled("delete"), enabled("crashConsumer"), enabled("deliverAsQueue"), enabled("undo")]).toEqual([false, false, false, false]);
    select([{ kind: "consumer", id: "c1" }]);
    await performAction("deliverAs", { mode: "pubsub" });
    await performAction("add", { kind: "producer" });
    select([{ kind: "consumer", id: "c1" }]);
    expect([enabled("delete"), enabled("crashConsumer"), enabled("deliverAsQueue"), enabled("undo")]).toEqual([true, true, true, true]);
  });

  it("deletes once when the key is heard twice", async () => {
    select([{ kind: "consumer", id: "c1" }]);
    await Promise.all([performAction("delete", { entities: ["consumer:c1"] }), performAction("delete")]);
    expect(worker.commands()).toEqual(["removeConsumer"]);
  });

  it("refuses to rename what Kafka cannot rename", async () => {
    await performAction("rename", { entity: "topic:orders", label: "x" });
    expect(useTopiq.getState().view.toast?.text).toContain("cannot rename a topic");
    expect(worker.sent.filter(({ type }) => type === "submit" || type === "saveDocument")).toEqual([]);
  });
});

describe("the scene's verb", () => {
  it("acts on the scene, not on the selection", async () => {
    select([{ kind: "topic", id: "orders" }]);
    useTopiq.setState(({ scenario }) => ({ scenario: scenario && { ...scenario, verb: "speedUpConsumer" } }));
    await performAction("verb");
    expect(lastCommand()).toEqual({ type: "alterConsumer", clientId: "c2", processing: { timeMs: 400 } });
  });
});

describe("keys", () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}): ActionName | null =>
    shortcutFor({ key, code: "", ctrlKey: false, metaKey: false, shiftKey: false, ...more });

  it("find their actions, with Ctrl as with Cmd", () => {
    expect([press(" "), press("."), press(","), press("["), press("]"), press("?", { shiftKey: true })]).toEqual([
      "playOrPause",
      "stepForward",
      "stepBack",
      "previousMarker",
      "nextMarker",
      "help",
    ]);
    expect(press("k", { ctrlKey: true, code: "KeyK" })).toBe("palette");
    expect(press("z", { metaKey: true, code: "KeyZ" })).toBe("undo");
    expect(press("Z", { metaKey: true, shiftKey: true, code: "KeyZ" })).toBe("redo");
  });

  it("work on a Korean layout, where the key is a jamo", () => {
    expect(press("ㅏ", { ctrlKey: true, code: "KeyK" })).toBe("palette");
  });

  it("are no one's when they mean nothing", () => {
    expect([press("k", { code: "KeyK" }), press("V", { shiftKey: true, code: "KeyV" }), press("x", { ctrlKey: true, code: "KeyX" })]).toEqual([null, null, null]);
  });

  it("are written as the system writes them", () => {
    expect([shortcutText("Mod+Shift+z", false), shortcutText("Mod+k", true), shortcutText("Space", true)]).toEqual(["Ctrl+Shift+Z", "⌘K", "Space"]);
  });
});
