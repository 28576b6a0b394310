import type { NodeChange } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { entityName, parseEntity } from "../../actions/entities";
import type { EntityName } from "../../scenario/scenario";
import { useTopiq } from "../../store/topiqStore";
import type { Point } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import type { SceneStructure } from "../layout/sceneStructure";
import type { CanvasHandlers, SceneNode } from "../sceneTypes";
import { selectChanged } from "./chosenNodes";

/** Places by hand: what the document has, and over it what is being dragged now. A consumer is carried, and lands in a group or goes back. */
export function useMoves(structure: SceneStructure, handlers: CanvasHandlers) {
  const layout = useTopiq((state) => state.scenario?.layout ?? nowhere);
  const [moving, setMoving] = useState(nowhere);
  const [carried, setCarried] = useState(nowhere);
  useEffect(() => setMoving(nowhere), [layout]);
  const saved = useMemo(() => ({ ...layout, ...moving }), [layout, moving]);
  const onNodesChange = (changes: readonly NodeChange<SceneNode>[], boxes: SceneLayout["boxes"]): void => {
    selectChanged(changes);
    for (const change of changes) {
      if (change.type !== "position" || !change.position) continue;
      const { id, position } = change;
      const ended = change.dragging === false;
      if (parseEntity(id)?.kind === "consumer") {
        setCarried(ended ? nowhere : { [id]: position });
        if (ended) dropConsumer(id, position, structure, boxes, handlers);
        continue;
      }
      setMoving((before) => ({ ...before, [id]: position }));
      if (ended) handlers.onMove(id, { x: Math.round(position.x), y: Math.round(position.y) });
    }
  };
  return { saved, carried, onNodesChange };
}

const nowhere: Readonly<Record<EntityName, Point>> = {};

function dropConsumer(name: EntityName, position: Point, structure: SceneStructure, boxes: SceneLayout["boxes"], handlers: CanvasHandlers): void {
  const own = structure.groups.find((group) => group.members.some(({ id }) => entityName("consumer", id) === name));
  const home = own && boxes[entityName("group", own.id)];
  const card = boxes[name];
  if (!home || !card) return;
  const middle = { x: home.x + position.x + card.width / 2, y: home.y + position.y + card.height / 2 };
  const target = structure.groups.find((group) => {
    const frame = boxes[entityName("group", group.id)];
    return frame && middle.x > frame.x && middle.x < frame.x + frame.width && middle.y > frame.y && middle.y < frame.y + frame.height;
  });
  if (target && target !== own) handlers.onConnect(name, entityName("group", target.id));
}
