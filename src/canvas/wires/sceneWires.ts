import { allKinds } from "../../actions/entities/kindTable";
import type { TokenEdge } from "../../bridge/messages";
import type { SceneLayout } from "../layout/scenePlan";
import type { SceneStructure } from "../layout/sceneStructure";
import type { SceneWires, Wire } from "./wire";

/** All wires of a scene, each kind its own. Tokens run on exactly these lines, and the picture paints exactly these lines. */
export function sceneWires(structure: SceneStructure, layout: SceneLayout): SceneWires {
  const parts = allKinds().flatMap(({ node }) => node.ways?.(structure, layout) ?? []);
  return { wires: parts.flatMap((part) => part.wires), strokes: parts.flatMap((part) => part.strokes), pills: parts.flatMap((part) => part.pills) };
}

/** The lines as the token worker takes them. */
export function tokenEdges(wires: readonly Wire[]): TokenEdge[] {
  return wires.map(({ actor, topicIndex, partition, points }) => ({ client: actor, topic: topicIndex, partition, points }));
}
