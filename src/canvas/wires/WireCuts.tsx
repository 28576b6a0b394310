import { ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { displayName, entityName, parseEntity } from "../../actions/entities";
import { t } from "../../i18n/t";
import type { EntityName } from "../../scenario/scenario";
import { type Selection, useTopiq } from "../../store/topiqStore";
import { CloseIcon } from "../../ui/icons";
import type { Point } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import type { SceneStructure } from "../layout/sceneStructure";
import type { CanvasHandlers } from "../sceneTypes";

interface WireCutsProps {
  readonly structure: SceneStructure;
  readonly layout: SceneLayout;
  readonly onDisconnect: CanvasHandlers["onDisconnect"];
}

/** A connection of what is selected, and where the button stands that takes it away: before the handle of its producer or its group. */
interface Cut extends Point {
  readonly from: EntityName;
  readonly to: EntityName;
}

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
  const isEnd = (kind: "producer" | "topic" | "group", id: string): boolean => selected.kind === kind && selected.id === id;
  const vertical = layout.plan.orientation === "vertical";
  const produced = structure.producers.flatMap(({ id, topics }) => {
    const name = entityName("producer", id);
    const box = layout.boxes[name];
    const kept = topics.filter((topic) => isEnd("producer", id) || isEnd("topic", topic));
    return kept.flatMap((topic, index): Cut[] => {
      if (!box) return [];
      const aside = (index - (kept.length - 1) / 2) * STEP;
      // Upright there is no room between a producer and the partitioner below it: on the card's edge, then.
      const at = vertical
        ? { x: box.x + box.width - DISTANCE - index * STEP, y: box.y + box.height }
        : { x: box.x + box.width + DISTANCE, y: box.y + box.height / 2 + aside };
      return [{ from: name, to: entityName("topic", topic), ...at }];
    });
  });
  const read = structure.groups.flatMap(({ id, topics }) => {
    const name = entityName("group", id);
    const box = layout.boxes[name];
    const kept = topics.filter((topic) => isEnd("group", id) || isEnd("topic", topic));
    return kept.flatMap((topic, index): Cut[] => {
      if (!box) return [];
      const x = vertical ? box.x + box.width + DISTANCE : box.x - DISTANCE;
      return [{ from: entityName("topic", topic), to: name, x, y: box.y + (box.height + layout.plan.metrics.groupHeader) / 2 + (index - (kept.length - 1) / 2) * STEP }];
    });
  });
  return [...produced, ...read];
}
