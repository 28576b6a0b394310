import { ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { displayName, entityName, parseEntity } from "../../actions/entities/entities";
import { canDrawWire } from "../../actions/entities/wiring";
import { allKinds } from "../../actions/entities/kindTable";
import { t } from "../../i18n/t";
import type { EntityName } from "../../scenario/scenario";
import { type Selection, useTopiq } from "../../store/topiqStore";
import { CloseIcon } from "../../ui/icons";
import type { Box, Point } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { type SceneStructure, shapesOf } from "../layout/sceneStructure";
import type { Column, WireEnds } from "../nodes/kindNode";
import type { CanvasHandlers } from "../sceneTypes";

interface WireCutsProps {
  readonly structure: SceneStructure;
  readonly layout: SceneLayout;
  readonly onDisconnect: CanvasHandlers["onDisconnect"];
}

/** A connection of what is selected, and where the button stands that takes it away: before the handle of its producer or its group. */
interface Cut extends Point, WireEnds {}

/** From a card's edge to the middle of a button, and from one button to the next. */
const DISTANCE = 24;
const STEP = 27;

/** Buttons that disconnect what is selected from each of the things it is connected to. */
export function WireCuts({ structure, layout, onDisconnect }: WireCutsProps): ReactNode {
  const selected = useTopiq((state) => state.selection.at(-1) ?? null);
  const nameOf = (name: EntityName): string => {
    const entity = parseEntity(name);
    return entity ? displayName(useTopiq.getState(), entity.kind, entity.id) : name;
  };
  if (!selected) return null;
  return (
    <ViewportPortal>
      {cutsOf(structure, layout, selected).map(({ from, to, x, y }) => {
        const label = t("canvas.disconnect", { from: nameOf(from), to: nameOf(to) });
        return (
          <button
            key={`${from} ${to}`}
            type="button"
            className="scene-cut nodrag nopan"
            style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}
            title={label}
            aria-label={label}
            onClick={() => onDisconnect(from, to)}
          >
            <CloseIcon size={12} />
          </button>
        );
      })}
    </ViewportPortal>
  );
}

function cutsOf(structure: SceneStructure, layout: SceneLayout, selected: Selection): Cut[] {
  // Of a part of something nothing is cut.
  const own = selected.part ? null : entityName(selected.kind, selected.id);
  return allKinds().flatMap(({ name: kind, field, node }) =>
    shapesOf(structure, field).flatMap((shape) => {
      const box = layout.boxes[entityName(kind, shape.id)];
      const kept = node.wires(shape).filter(({ from, to }) => (from === own || to === own) && canDrawWire(from, to));
      return box ? kept.map((ends, index): Cut => ({ ...ends, ...cutPlace(node.column, layout, box, index, kept.length) })) : [];
    }),
  );
}

/** What reads is cut before its frame, what sends behind its card. */
function cutPlace(column: Column | null, { plan }: SceneLayout, box: Box, index: number, count: number): Point {
  const aside = (index - (count - 1) / 2) * STEP;
  if (column === "readers") return { x: plan.readers === "below" ? box.x + box.width + DISTANCE : box.x - DISTANCE, y: box.y + (box.height + plan.metrics.groupHeader) / 2 + aside };
  // Upright there is no room between a producer and the partitioner below it: on the card's edge, then.
  return plan.sources === "above" ? { x: box.x + box.width - DISTANCE - index * STEP, y: box.y + box.height } : { x: box.x + box.width + DISTANCE, y: box.y + box.height / 2 + aside };
}
