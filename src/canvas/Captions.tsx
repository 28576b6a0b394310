import { ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { t } from "../i18n/t";
import { CAPTION, captionsOf } from "./layout/scenePlaces";
import type { SceneLayout } from "./layout/scenePlan";
import type { SceneStructure } from "./layout/sceneStructure";

interface CaptionsProps {
  readonly structure: SceneStructure;
  readonly layout: SceneLayout;
}

/** CSS pixels of the graph. */
const ROOM_FOR_TEXT = 350;

/** What stands over entities to tell what they are, where several kinds could be mistaken for each other. */
export function Captions({ structure, layout }: CaptionsProps): ReactNode {
  return (
    <ViewportPortal>
      {captionsOf(structure).map(({ over, from = over, title, text, short }) => {
        const box = layout.boxes[over];
        const start = layout.boxes[from] ?? box;
        const words = layout.plan.topicWidth < ROOM_FOR_TEXT ? short : text;
        return (
          box &&
          start && (
            <p key={over} className="scene-caption" style={{ transform: `translate(${start.x}px, ${Math.min(box.y, start.y) - CAPTION}px)`, width: layout.plan.topicWidth, height: CAPTION }}>
              <b>{t(title)}</b> {words && t(words)}
            </p>
          )
        );
      })}
    </ViewportPortal>
  );
}
