import type { Point, Size } from "./geometry";
import { arrangeScene } from "./sceneLayout";
import type { SceneLayout } from "./scenePlan";
import { emptyStructure, type GroupShape, type SceneStructure } from "./sceneStructure";

/** Scenes for tests: one topic of four partitions, two producers, and these groups of `[member, partitions]`. */
export function testScene(groups: Readonly<Record<string, readonly (readonly [string, readonly number[]])[]>>): SceneStructure {
  const shapes = Object.entries(groups).map(
    ([id, members], letter): GroupShape => ({
      id,
      letter,
      shape: "cards",
      topics: ["orders"],
      members: members.map(([member, partitions], index) => ({
        id: member,
        actor: 100 + letter * 10 + index,
        sendsTo: [],
        owned: partitions.map((partition) => ({ topic: "orders", partition })),
      })),
    }),
  );
  return {
    ...emptyStructure,
    producers: [
      { id: "checkout", actor: 1, topics: ["orders"], published: [], partitioner: "keyed" },
      { id: "mobile", actor: 2, topics: ["orders"], published: [], partitioner: "keyed" },
    ],
    topics: [{ id: "orders", index: 7, partitions: 4, asked: 4, isGoing: false, tracks: shapes.map(({ id }) => id), isMissing: false, lanes: [0, 1, 2, 3], thin: [], isFolded: false, isMerged: false, digits: 2 }],
    groups: shapes,
  };
}

export const queueScene = testScene({ billing: [["c1", [0, 1]], ["c2", [2, 3]]] });
export const pubsubScene = testScene({ billing: [["c1", [0, 1]], ["c2", [2, 3]]], analytics: [["a1", [0, 1, 2, 3]]] });

/** Where a scene stands that is drawn in full. */
export function layoutOf(structure: SceneStructure, available: Size, saved: Readonly<Record<string, Point>> = {}, previous: SceneLayout | null = null): SceneLayout {
  const whole = { structure, isTiny: false };
  return arrangeScene([whole], available, saved, previous && { scene: { ...whole, layout: previous }, available }).layout;
}
