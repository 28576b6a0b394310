import { describe, expect, it } from "vitest";
import { fillKinds } from "../../actions/entities/kindTable";
import { entityKinds } from "../../entities/entityKinds";
import type { EntityName } from "../../scenario/scenario";
import { sceneWires } from "../wires/sceneWires";
import { fittingViewport, smallestText } from "../camera/fitView";
import { type ChosenParts, sceneDetails } from "./sceneDetail";
import { type Box, fitZoom } from "./geometry";
import { type ArrangedScene, arrangeScene } from "./sceneLayout";
import { layoutOf, pubsubScene, queueScene, testScene } from "./testScene";
import { isRow, type ProducerShape, type SceneStructure } from "./sceneStructure";

fillKinds(entityKinds);
const wide = { width: 1080, height: 620 };

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe("arrangeScene", () => {
  it.each([
    [1080, 620],
    [1900, 1000],
    [736, 330],
    [374, 620],
  ])("fits %i by %i without overlaps, and readable", (width, height) => {
    for (const structure of [queueScene, pubsubScene]) {
      const { boxes, bounds } = layoutOf(structure, { width, height });
      const frames = Object.entries(boxes).filter(([name]) => !name.startsWith("consumer:"));
      for (const [name, box] of frames) expect(frames.some(([other, otherBox]) => other !== name && overlap(box, otherBox))).toBe(false);
      expect(width / bounds.width).toBeGreaterThanOrEqual(0.85);
    }
  });

  it("keeps everything where it is when a consumer is added", () => {
    const before = layoutOf(queueScene, wide, {});
    const more = testScene({ billing: [["c1", [0, 1]], ["c2", [2]], ["c3", [3]]] });
    const after = layoutOf(more, wide, {}, before);
    for (const name of Object.keys(before.boxes)) expect(after.boxes[name]).toMatchObject({ x: before.boxes[name]!.x, y: before.boxes[name]!.y });
    expect(after.boxes["consumer:c3"]!.y).toBeGreaterThan(after.boxes["consumer:c2"]!.y);
  });

  it("pushes a group down when the one above it grows into it", () => {
    const before = layoutOf(pubsubScene, wide, {});
    const more = testScene({ billing: [["c1", [0]], ["c2", [1]], ["c3", [2, 3]]], analytics: [["a1", [0, 1, 2, 3]]] });
    const { boxes } = layoutOf(more, { ...wide, height: 900 }, {}, before);
    expect(boxes["group:billing"]!.y).toBe(before.boxes["group:billing"]!.y);
    expect(overlap(boxes["group:billing"]!, boxes["group:analytics"]!)).toBe(false);
  });

  it("shows a whole group of four on a phone, as wide as the screen", () => {
    const phone = { width: 374, height: 538 };
    const four = testScene({ billing: [["c1", [0]], ["c2", [1]], ["c3", [2]], ["c4", [3]]] });
    const { bounds } = layoutOf(four, phone, {});
    expect(fitZoom(bounds, phone)).toBeGreaterThanOrEqual(0.85);
    expect(phone.width / bounds.width).toBeCloseTo(phone.height / bounds.height, 1);
  });

  it("puts things where a person put them, and not on a narrow screen", () => {
    const saved = { "topic:orders": { x: 500, y: -40 } };
    expect(layoutOf(queueScene, wide, saved).boxes["topic:orders"]).toMatchObject({ x: 500, y: -40 });
    const [first, ...others] = queueScene.producers.map(({ id }) => `producer:${id}` as const);
    const before = layoutOf(queueScene, wide, {});
    const after = layoutOf(queueScene, wide, { [first ?? ""]: { x: 0, y: -300 } });
    for (const other of others) expect(after.boxes[other]).toEqual(before.boxes[other]);
    expect(layoutOf(queueScene, { width: 374, height: 620 }, saved).boxes["topic:orders"]).not.toMatchObject({ x: 500 });
  });

  it("arranges anew when the scene outgrows the canvas", () => {
    const before = layoutOf(queueScene, wide, {});
    const crowd = testScene({ billing: Array.from({ length: 7 }, (_, index) => [`c${index}`, []] as const) });
    const after = layoutOf(crowd, wide, {}, before);
    expect(after.plan.metrics.density).toBe("compact");
  });
});

describe("what stands beside many topics", () => {
  it("is in the middle of those that it is connected to, not of all", () => {
    const [topic] = queueScene.topics;
    if (!topic) throw new Error("there is a topic");
    const many = { ...queueScene, topics: Array.from({ length: 12 }, (_, at) => ({ ...topic, id: at === 0 ? "orders" : `topic-${at}`, tracks: at === 0 ? topic.tracks : [] })) };
    const { boxes } = layoutOf(many, { width: 1080, height: 620 }, {});
    const middle = (name: EntityName): number => (boxes[name]?.y ?? NaN) + (boxes[name]?.height ?? NaN) / 2;
    expect((middle("producer:checkout") + middle("producer:mobile")) / 2).toBeCloseTo(middle("topic:orders"), 0);
    expect(middle("group:billing")).toBeCloseTo(middle("topic:orders"), 0);
    // And where each has its own, beside that.
    const each = { ...many, producers: many.topics.map(({ id: name }, at) => ({ ...(queueScene.producers[0] as ProducerShape), id: `p${at}`, topics: [name] })) };
    const spread = layoutOf(each, { width: 1080, height: 620 }, {}).boxes;
    for (const [at, { id: name }] of each.topics.entries()) {
      const [own, topicBox] = [spread[`producer:p${at}`], spread[`topic:${name}`]];
      expect((own?.y ?? NaN) + (own?.height ?? NaN) / 2).toBeCloseTo((topicBox?.y ?? NaN) + (topicBox?.height ?? NaN) / 2, 0);
    }
  });
});

describe("what there is room for", () => {
  const nothing = { group: null, topic: null, partition: null };
  const seven = testScene(Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`group-${at}`, [[`c${at}`, [0, 1, 2, 3]] as const]])));
  const drawn = (structure: SceneStructure, width: number, height: number, chosen: ChosenParts = nothing): ArrangedScene => arrangeScene(sceneDetails(structure, chosen), { width, height }, {}, null);

  it("is everything where there are few groups", () => {
    const { structure } = drawn(pubsubScene, 1080, 620);
    expect([structure.groups.some(isRow), structure.topics[0]?.isMerged, structure.hidden]).toEqual([false, false, { topics: 0, groups: 0, lanes: 0, queues: 0 }]);
  });

  it("is one track for all, and a row a group, from four groups on", () => {
    const { structure, layout } = drawn(seven, 1080, 620);
    expect([structure.groups.every(isRow), structure.topics[0]?.isMerged, structure.hidden.groups]).toEqual([true, true, 0]);
    expect(fitZoom(layout.bounds, { width: 1080, height: 620 })).toBeGreaterThanOrEqual(0.85);
    for (const { id } of structure.groups) expect(layout.boxes[`group:${id}`]).toBeDefined();
  });

  it("is the chosen group whole among rows", () => {
    const { structure } = drawn(seven, 1080, 700, { ...nothing, group: "group-3" });
    expect(structure.groups.filter((group) => !isRow(group)).map(({ id }) => id)).toEqual(["group-3"]);
  });

  it.each([
    [374, 470, 3],
    [374, 480, 3],
  ])("is the first four groups on %i by %i", (width, height, hiddenGroups) => {
    const { structure, layout } = drawn(seven, width, height);
    expect([structure.groups.length, structure.hidden]).toEqual([4, { topics: 0, groups: hiddenGroups, lanes: 0, queues: 0 }]);
    expect(fitZoom(layout.bounds, { width, height })).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    [336, 105],
    [300, 130],
    [800, 110],
  ])("is one lane and two groups, side by side, on %i by %i", (width, height) => {
    const { structure, layout } = drawn(seven, width, height);
    expect([structure.producers, structure.topics[0]?.lanes, structure.groups.length, structure.hidden]).toEqual([[], [0], 2, { topics: 0, groups: 5, lanes: 3, queues: 0 }]);
    expect(fitZoom(layout.bounds, { width, height })).toBeGreaterThanOrEqual(0.85);
  });

  it("is a thin row for each of many partitions, but for the chosen one", () => {
    const many = { ...queueScene, topics: queueScene.topics.map((topic) => ({ ...topic, partitions: 20, lanes: Array.from({ length: 20 }, (_, at) => at) })) };
    const { structure, layout } = drawn(many, 1080, 620, { group: null, topic: "orders", partition: 7 });
    expect(structure.topics[0]?.thin).toHaveLength(19);
    expect(fitZoom(layout.bounds, { width: 1080, height: 620 })).toBeGreaterThanOrEqual(0.85);
  });
});

describe("many topics", () => {
  const nothing = { group: null, topic: null, partition: null };
  const [one] = queueScene.topics;
  const many: SceneStructure = { ...queueScene, topics: Array.from({ length: 40 }, (_, at) => ({ ...one!, id: at === 0 ? "orders" : `topic-${at}`, index: at })) };
  const drawn = (chosen: ChosenParts): ArrangedScene => arrangeScene(sceneDetails(many, chosen), { width: 1080, height: 620 }, {}, null);

  it("are lines where there is no room for their lanes, and the chosen one has its lanes", () => {
    expect(drawn(nothing).structure.topics.every(({ isFolded }) => isFolded)).toBe(true);
    const { structure, layout } = drawn({ ...nothing, topic: "topic-7", partition: 2 });
    expect(structure.topics.filter(({ isFolded }) => !isFolded).map(({ id }) => id)).toEqual(["topic-7"]);
    const boxes = structure.topics.map(({ id }) => layout.boxes[`topic:${id}`]!);
    boxes.slice(1).forEach((box, at) => expect(box.y).toBeGreaterThanOrEqual(boxes[at]!.y + boxes[at]!.height));
    expect(boxes[7]!.height).toBeGreaterThan(boxes[6]!.height);
  });

  it("are closed again around what is chosen next: nothing stays where a lane was", () => {
    const size = { width: 1080, height: 620 };
    const before = drawn({ ...nothing, topic: "topic-7" });
    const after = arrangeScene(sceneDetails(many, { ...nothing, topic: "topic-9" }), size, {}, { scene: before, available: size });
    expect(after.layout.boxes).toEqual(drawn({ ...nothing, topic: "topic-9" }).layout.boxes);
  });

  it("are counted where there is room for one alone", () => {
    const { structure } = arrangeScene(sceneDetails(many, nothing), { width: 336, height: 150 }, {}, null);
    expect([structure.topics.length, structure.hidden.topics]).toEqual([1, 39]);
  });

  it("take the wires of all their partitions where the line ends", () => {
    const { structure, layout } = drawn(nothing);
    const { wires, pills } = sceneWires(structure, layout);
    const ends = wires.filter(({ kind, topic }) => kind === "produce" && topic === "orders").map(({ points }) => points.at(-1));
    expect(ends).toHaveLength(8);
    expect(new Set(ends).size).toBe(1);
    expect(pills).toEqual([]);
  });
});

describe("fittingViewport", () => {
  const insets = { top: 10, right: 10, bottom: 10, left: 10 };

  it("centres what fits", () => {
    const viewport = fittingViewport({ x: 0, y: 0, width: 400, height: 100 }, { width: 420, height: 420 }, insets);
    expect(viewport).toEqual({ x: 10, y: 160, zoom: 1 });
  });

  it("gives what is a little too wide equal room at both sides", () => {
    const { x, zoom } = fittingViewport({ x: 0, y: 0, width: 480, height: 100 }, { width: 420, height: 420 }, insets);
    expect(x).toBeCloseTo((420 - 480 * zoom) / 2);
  });

  it("never goes below the readable zoom: what does not fit begins at the left and the top", () => {
    const bounds = { x: -50, y: -20, width: 4000, height: 3000 };
    const viewport = fittingViewport(bounds, { width: 420, height: 420 }, insets);
    expect(viewport.zoom).toBeGreaterThan(fitZoom(bounds, { width: 400, height: 400 }));
    expect(viewport.x + bounds.x * viewport.zoom).toBe(10);
    expect(viewport.y + bounds.y * viewport.zoom).toBe(10);
    expect(smallestText(viewport.zoom) * viewport.zoom).toBeGreaterThanOrEqual(11);
  });
});
