import { describe, expect, it } from "vitest";
import { fittingViewport, smallestText } from "./fitView";
import { arrangeScene, type Box, fitZoom } from "./sceneLayout";
import { pubsubScene, queueScene, testScene } from "./testScene";

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
      const { boxes, bounds } = arrangeScene(structure, { width, height }, {}, null);
      const frames = Object.entries(boxes).filter(([name]) => !name.startsWith("consumer:"));
      for (const [name, box] of frames) expect(frames.some(([other, otherBox]) => other !== name && overlap(box, otherBox))).toBe(false);
      expect(width / bounds.width).toBeGreaterThanOrEqual(0.85);
    }
  });

  it("keeps everything where it is when a consumer is added", () => {
    const before = arrangeScene(queueScene, wide, {}, null);
    const more = testScene({ billing: [["c1", [0, 1]], ["c2", [2]], ["c3", [3]]] });
    const after = arrangeScene(more, wide, {}, { layout: before, available: wide });
    for (const name of Object.keys(before.boxes)) expect(after.boxes[name]).toMatchObject({ x: before.boxes[name]!.x, y: before.boxes[name]!.y });
    expect(after.boxes["consumer:c3"]!.y).toBeGreaterThan(after.boxes["consumer:c2"]!.y);
  });

  it("pushes a group down when the one above it grows into it", () => {
    const before = arrangeScene(pubsubScene, wide, {}, null);
    const more = testScene({ billing: [["c1", [0]], ["c2", [1]], ["c3", [2, 3]]], analytics: [["a1", [0, 1, 2, 3]]] });
    const { boxes } = arrangeScene(more, { ...wide, height: 900 }, {}, { layout: before, available: { ...wide, height: 900 } });
    expect(boxes["group:billing"]!.y).toBe(before.boxes["group:billing"]!.y);
    expect(overlap(boxes["group:billing"]!, boxes["group:analytics"]!)).toBe(false);
  });

  it("shows a whole group of four on a phone, as wide as the screen", () => {
    const phone = { width: 374, height: 538 };
    const four = testScene({ billing: [["c1", [0]], ["c2", [1]], ["c3", [2]], ["c4", [3]]] });
    const { bounds } = arrangeScene(four, phone, {}, null);
    expect(fitZoom(bounds, phone)).toBeGreaterThanOrEqual(0.85);
    expect(phone.width / bounds.width).toBeCloseTo(phone.height / bounds.height, 1);
  });

  it("puts things where a person put them, and not on a narrow screen", () => {
    const saved = { "topic:orders": { x: 500, y: -40 } };
    expect(arrangeScene(queueScene, wide, saved, null).boxes["topic:orders"]).toMatchObject({ x: 500, y: -40 });
    const [first, ...others] = queueScene.producers.map(({ id }) => `producer:${id}` as const);
    const before = arrangeScene(queueScene, wide, {}, null);
    const after = arrangeScene(queueScene, wide, { [first ?? ""]: { x: 0, y: -300 } }, null);
    for (const other of others) expect(after.boxes[other]).toEqual(before.boxes[other]);
    expect(arrangeScene(queueScene, { width: 374, height: 620 }, saved, null).boxes["topic:orders"]).not.toMatchObject({ x: 500 });
  });

  it("arranges anew when the scene outgrows the canvas", () => {
    const before = arrangeScene(queueScene, wide, {}, null);
    const crowd = testScene({ billing: Array.from({ length: 7 }, (_, index) => [`c${index}`, []] as const) });
    const after = arrangeScene(crowd, wide, {}, { layout: before, available: wide });
    expect(after.plan.metrics.density).toBe("compact");
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
