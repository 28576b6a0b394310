import { describe, expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/schema";
import { briskScene, busyScene, doneIn, fastScene, groupsScene, heavyScene, largeScene, ordersScene, queueScene, WIDEST_NODES, widestScene, workScene } from "./scenes";

const scenes = {
  busy1: busyScene(1),
  busy16: busyScene(16),
  widest: widestScene(60),
  groups: groupsScene(8),
  fast: fastScene(10_000),
  brisk: briskScene(),
  heavy: heavyScene(45_000),
  orders: ordersScene(),
  large: largeScene(),
};

/** Of the first schema, which refuses every other one. */
const FIELDS = "schemaVersion name description seed network brokerConfigs topics producers groups consumers startMs speed verb layout labels".split(" ");

describe("the bench's scenes", () => {
  it.each(Object.entries(scenes))("%s is a document that every commit opens", (_name, scene) => {
    expect(scene.schemaVersion).toBe(1);
    expect(Object.keys(scene)).toEqual(FIELDS);
    expect(parseScenario(JSON.stringify(scene))).toHaveProperty("scenario");
  });

  it("have one with queues, which only commits that know them open", () => {
    expect(parseScenario(JSON.stringify(queueScene()))).toHaveProperty("scenario");
  });

  it("have one of 40 topics, 600 partitions and 60 consumers, which commits with lower limits refuse", () => {
    const { topics, consumers } = workScene(5);
    expect([topics.length, topics.reduce((lanes, { partitions }) => lanes + partitions, 0), consumers.length]).toEqual([40, 600, 60]);
    expect(parseScenario(JSON.stringify(workScene(5)))).toHaveProperty("scenario");
  });

  it("keep to the limits of the first commits", () => {
    for (const { topics, producers, groups, consumers } of Object.values(scenes)) {
      expect([topics.length <= 12, producers.length <= 24, groups.length <= 16, consumers.length <= 64]).toEqual([true, true, true, true]);
      expect(Math.max(...producers.map(({ source }) => source.ratePerSecond))).toBeLessThanOrEqual(10_000);
    }
  });

  it("have one of 116 nodes and 60 lanes", () => {
    const { topics, producers, groups, consumers } = scenes.widest;
    expect(topics.length + producers.length + groups.length + consumers.length).toBe(WIDEST_NODES);
    expect(WIDEST_NODES).toBe(116);
    expect(topics.reduce((lanes, { partitions }) => lanes + partitions, 0)).toBe(60);
  });

  it("count as done what is stored, and processed by every group", () => {
    const clock = { timeUs: 0, eventCount: 0 };
    const topics = { load: { recordCount: 10 }, __consumer_offsets: { recordCount: 5 } };
    expect(doneIn({ clock, topics, groups: { a: { processed: 9 }, b: { processed: 12 } } })).toBe(9);
    expect(doneIn({ clock, topics, groups: {} })).toBe(10);
    expect(doneIn({ clock, topics: {}, groups: {} })).toBe(0);
    expect(doneIn({ clock, topics: {}, groups: {}, queues: { a: { audit: { processed: 4 } }, b: { audit: { processed: 3 } } } })).toBe(3);
  });
});
