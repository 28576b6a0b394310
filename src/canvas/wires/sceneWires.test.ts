import { describe, expect, it } from "vitest";
import { fillKinds } from "../../actions/entities/kindTable";
import { entityKinds } from "../../entities/entityKinds";
import { sceneWires, tokenEdges } from "./sceneWires";
import type { Wire } from "./wire";
import type { Box } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { laneCellY, laneTrackY } from "../layout/sceneMetrics";
import type { SceneStructure } from "../layout/sceneStructure";
import { layoutOf, pubsubScene, queueScene, testScene } from "../layout/testScene";

fillKinds(entityKinds);
const wide = { width: 1080, height: 620 };
const narrow = { width: 374, height: 600 };

function drawn(structure: SceneStructure, size = wide) {
  const layout = layoutOf(structure, size);
  return { layout, ...sceneWires(structure, layout) };
}

function start(wire: Wire) {
  return { x: wire.points[0]!, y: wire.points[1]! };
}

function end(wire: Wire) {
  return { x: wire.points.at(-2)!, y: wire.points.at(-1)! };
}

function box(layout: SceneLayout, name: string): Box {
  return layout.boxes[name]!;
}

function isOnBorder({ x, y }: { x: number; y: number }, { x: left, y: top, width, height }: Box): boolean {
  const inside = x >= left - 0.01 && x <= left + width + 0.01 && y >= top - 0.01 && y <= top + height + 0.01;
  const near = [x - left, left + width - x, y - top, top + height - y].some((gap) => Math.abs(gap) < 0.01);
  return inside && near;
}

describe.each([
  ["wide", wide],
  ["narrow", narrow],
])("on a %s canvas", (_, size) => {
  it.each([
    ["queue", queueScene],
    ["pub/sub", pubsubScene],
  ])("%s: every assignment and every producer's lane is a wire from the client's card to the lane", (__, structure) => {
    const { layout, wires } = drawn(structure, size);
    const topic = structure.topics[0]!;
    const assigned = structure.groups.flatMap((group) => group.members.flatMap((member) => member.owned.map(({ partition }) => `orders-${partition}>${member.id}`)));
    expect(wires.filter((wire) => wire.kind === "fetch").map((wire) => wire.id)).toEqual(assigned);
    expect(wires.filter((wire) => wire.kind === "produce")).toHaveLength(2 * 4);
    for (const wire of wires) {
      const card = box(layout, `${wire.kind === "produce" ? "producer" : "consumer"}:${wire.client.id}`);
      expect(isOnBorder(start(wire), card)).toBe(true);
      expect(isOnBorder(end(wire), box(layout, "topic:orders"))).toBe(true);
      const laneY =
        wire.kind === "produce" ? laneCellY(layout.plan.metrics, topic, wire.partition) : laneTrackY(layout.plan.metrics, topic, wire.partition, topic.tracks.indexOf(wire.group!));
      expect(end(wire).y).toBeCloseTo(box(layout, "topic:orders").y + laneY);
      expect(wire.points.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("producers", () => {
  it("meet the pill of their partitioner before they share the topic's bus", () => {
    const mixed: SceneStructure = { ...queueScene, producers: [queueScene.producers[0]!, { ...queueScene.producers[1]!, partitioner: "sticky" }] };
    const { wires, pills } = drawn(mixed);
    expect(pills.map((pill) => pill.partitioner)).toEqual(["keyed", "sticky"]);
    for (const [client, pill] of [["checkout", pills[0]!], ["mobile", pills[1]!]] as const) {
      for (const wire of wires.filter((candidate) => candidate.client.id === client)) expect(distanceTo(wire, pill)).toBeLessThan(0.01);
    }
  });

  it("have one pill when all send with keys", () => {
    expect(drawn(queueScene).pills).toHaveLength(1);
  });
});

describe("groups", () => {
  it("of which several read a topic have a trunk each, which all of a group's wires follow and none of the other's", () => {
    const { wires } = drawn(pubsubScene);
    const before = (wire: Wire) => wires.filter((other) => other.kind === "fetch" && other !== wire && shares(wire, other)).map((other) => other.group);
    for (const wire of wires.filter((candidate) => candidate.kind === "fetch")) {
      expect(before(wire).length).toBeGreaterThanOrEqual(3);
      expect(new Set(before(wire))).toEqual(new Set([wire.group]));
    }
  });

  it("alone run loose: no two wires share a stretch", () => {
    const wires = drawn(queueScene).wires.filter((wire) => wire.kind === "fetch");
    for (const wire of wires) expect(wires.some((other) => other !== wire && shares(wire, other))).toBe(false);
  });

  it("without an assignment still show what they subscribe to, without an edge for tokens", () => {
    const { wires, strokes } = drawn(testScene({ billing: [], late: [["c1", []]] }));
    expect(strokes.filter((stroke) => stroke.kind === "subscription").map((stroke) => stroke.id)).toEqual(["orders>billing", "orders>late"]);
    expect(wires.some((wire) => wire.kind === "fetch")).toBe(false);
  });

  it("paint every point of every wire, shared stretches once", () => {
    for (const structure of [queueScene, pubsubScene]) {
      for (const size of [wide, narrow]) {
        const { wires, strokes } = drawn(structure, size);
        for (const wire of wires) {
          for (let index = 0; index < wire.points.length; index += 2) {
            const point = { x: wire.points[index]!, y: wire.points[index + 1]! };
            expect(Math.min(...strokes.map((stroke) => distanceTo(stroke, point)))).toBeLessThan(4);
          }
        }
      }
    }
  });
});

it("gives the token worker each wire under its actor, topic index and partition", () => {
  const { wires } = drawn(queueScene);
  expect(tokenEdges(wires).find((edge) => edge.client === 101 && edge.partition === 3)).toEqual({
    client: 101,
    topic: 7,
    partition: 3,
    points: wires.find((wire) => wire.id === "orders-3>c2")!.points,
  });
});

function distanceTo(line: { readonly points: readonly number[] }, { x, y }: { readonly x: number; readonly y: number }): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 0; index + 3 < line.points.length; index += 2) {
    const [ax, ay, bx, by] = line.points.slice(index, index + 4) as [number, number, number, number];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y));
  }
  return nearest;
}

/** Whether two wires have two points of their curves in common: a trunk, not a crossing. */
function shares(one: Wire, other: Wire): boolean {
  const points = new Set<string>();
  for (let index = 0; index < one.points.length; index += 2) points.add(`${one.points[index]} ${one.points[index + 1]}`);
  let common = 0;
  for (let index = 0; index < other.points.length; index += 2) if (points.has(`${other.points[index]} ${other.points[index + 1]}`)) common += 1;
  return common >= 2;
}
