import { ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { t } from "../i18n/t";
import { MORE } from "./layout/scenePlaces";
import type { SceneLayout } from "./layout/scenePlan";
import { isAnyHidden, type SceneStructure } from "./layout/sceneStructure";

interface HiddenPartsProps {
  readonly structure: SceneStructure;
  readonly layout: SceneLayout;
  /** Everything is drawn, however much room that takes. */
  readonly isWhole: boolean;
  /** CSS pixels at the top of the canvas that other things stand on. */
  readonly top: number;
  readonly onChange: (isWhole: boolean) => void;
}

/** What there was no room for, and the way to it: then the picture may be larger than the canvas, and is moved. */
export function HiddenParts({ structure, layout, isWhole, top, onChange }: HiddenPartsProps): ReactNode {
  const { topics, groups, lanes, queues } = structure.hidden;
  const place = layout.boxes[MORE] ?? { x: layout.bounds.x, y: layout.bounds.y + layout.bounds.height + 8, width: 120, height: 32 };
  if (!isWhole && !isAnyHidden(structure)) return null;
  // The way back stays in sight wherever the picture is moved.
  if (isWhole) {
    return (
      <button type="button" className="scene-more scene-less" style={{ top }} onClick={() => onChange(false)}>
        {t("canvas.less")}
      </button>
    );
  }
  const words = [...(topics > 0 ? [t("canvas.moreTopics", { count: topics })] : []), ...(groups > 0 ? [t("canvas.moreGroups", { count: groups })] : []), ...(lanes > 0 ? [t("canvas.moreLanes", { count: lanes })] : []), ...(queues > 0 ? [t("canvas.moreQueues", { count: queues })] : [])];
  return (
    <ViewportPortal>
      <button
        type="button"
        className="scene-more nodrag nopan"
        style={{ transform: `translate(${place.x}px, ${place.y}px)`, width: place.width, height: place.height }}
        title={words.join(" · ")}
        onClick={() => onChange(true)}
      >
        {words[0]}
      </button>
    </ViewportPortal>
  );
}
