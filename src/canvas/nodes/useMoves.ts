import type { NodeChange } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { entityName } from "../../actions/entities/entities";
import { allKinds } from "../../actions/entities/kindTable";
import type { EntityName } from "../../scenario/scenario";
import { useTopiq } from "../../store/topiqStore";
import type { Point } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { type SceneStructure, shapesOf } from "../layout/sceneStructure";
import type { CanvasHandlers } from "../sceneTypes";
import { isInner, selectChanged } from "./chosenNodes";
import type { ShapeNode } from "./kindNode";

/** Places by hand: what the document has, and over it what is being dragged now. What stands in a frame is carried, and lands in another or goes back. */
export function useMoves(structure: SceneStructure, handlers: CanvasHandlers) {
  const layout = useTopiq((state) => state.scenario?.layout ?? nowhere);
  const [moving, setMoving] = useState(nowhere);
  const [carried, setCarried] = useState(nowhere);
  useEffect(() => setMoving(nowhere), [layout]);
  const saved = useMemo(() => ({ ...layout, ...moving }), [layout, moving]);
  const onNodesChange = (changes: readonly NodeChange<ShapeNode>[], boxes: SceneLayout["boxes"]): void => {
    selectChanged(changes);
    for (const change of changes) {
      if (change.type !== "position" || !change.position) continue;
      const { id, position } = change;
      const ended = change.dragging === false;
      if (isInner(id)) {
        setCarried(ended ? nowhere : { [id]: position });
        if (ended) dropInner(id, position, structure, boxes, handlers);
        continue;
      }
      setMoving((before) => ({ ...before, [id]: position }));
      if (ended) handlers.onMove(id, { x: Math.round(position.x), y: Math.round(position.y) });
    }
  };
  return { saved, carried, onNodesChange };
}

const nowhere: Readonly<Record<EntityName, Point>> = {};

function dropInner(name: EntityName, position: Point, structure: SceneStructure, boxes: SceneLayout["boxes"], handlers: CanvasHandlers): void {
  const frames = allKinds().flatMap(({ name: kind, field, holds, node: { inner } }) =>
    (inner && holds ? shapesOf(structure, field) : []).map((shape) => ({ name: entityName(kind, shape.id), isHome: inner?.shapes(shape).some(({ id }) => entityName(holds ?? "", id) === name) })),
  );
  const own = frames.find(({ isHome }) => isHome);
  const home = own && boxes[own.name];
  const card = boxes[name];
  if (!home || !card) return;
  const middle = { x: home.x + position.x + card.width / 2, y: home.y + position.y + card.height / 2 };
  const target = frames.find((frame) => {
    const box = boxes[frame.name];
    return box && middle.x > box.x && middle.x < box.x + box.width && middle.y > box.y && middle.y < box.y + box.height;
  });
  if (target && target !== own) handlers.onConnect(name, target.name);
}
