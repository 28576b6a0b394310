import { displayName, entityName } from "../../actions/entities/entities";
import type { EntityKind } from "../../actions/entities/entityKind";
import { allKinds, kindNamed } from "../../actions/entities/kindTable";
import type { EntityName } from "../../scenario/scenario";
import { useTopiq } from "../../store/topiqStore";
import type { Box, Point } from "../layout/geometry";
import { isStacked, type SceneLayout } from "../layout/scenePlan";
import { type SceneStructure, shapesOf } from "../layout/sceneStructure";
import type { NodeShape, ShapeNode } from "./kindNode";

/** The scene as React Flow's nodes: in the order in which records go, which is Tab's; frames lowest, so that wires run over them and under the cards. */
export function sceneNodes(structure: SceneStructure, layout: SceneLayout, selected: ReadonlySet<EntityName>, carried: Readonly<Record<EntityName, Point>>): ShapeNode[] {
  const { plan } = layout;
  const nodes: ShapeNode[] = [];
  const add = ({ name: kind, node }: EntityKind, shape: NodeShape, place: (name: EntityName, box: Box) => Partial<ShapeNode>): Box | undefined => {
    const name = entityName(kind, shape.id);
    const box = layout.boxes[name];
    if (!box) return undefined;
    nodes.push({
      id: name,
      type: nodeType(kind, node.type),
      position: { x: box.x, y: box.y },
      width: box.width,
      height: box.height,
      // Sizes are known beforehand; given as measured, React Flow keeps its handles when a node object is replaced.
      measured: { width: box.width, height: box.height },
      selected: selected.has(name),
      draggable: !isStacked(plan),
      ariaLabel: node.label(shape, displayName(useTopiq.getState(), kind, shape.id)),
      data: { shape, plan },
      ...place(name, box),
    });
    return box;
  };
  for (const kind of allKinds()) {
    const { inner } = kind.node;
    const innerKind = kindNamed(kind.holds ?? "");
    for (const shape of shapesOf(structure, kind.field)) {
      const frame = add(kind, shape, () => ({ zIndex: inner ? 0 : 1 }));
      if (!frame || !inner || !innerKind) continue;
      const parentId = entityName(kind.name, shape.id);
      for (const part of inner.shapes(shape)) {
        add(innerKind, part, (name, box) => ({ parentId, zIndex: carried[name] ? 10 : 1, position: carried[name] ?? { x: box.x - frame.x, y: box.y - frame.y } }));
      }
    }
  }
  return nodes;
}

/** React Flow's table of the components that draw nodes. */
export function nodeTypes(): Record<string, EntityKind["node"]["component"]> {
  return Object.fromEntries(allKinds().map(({ name, node }) => [nodeType(name, node.type), node.component]));
}

function nodeType(kind: string, type = kind): string {
  return type;
}
