import type { ReactNode } from "react";
import { performAction } from "../actions/actions";
import { fillKinds } from "../actions/entities/kindTable";
import { SceneCanvas, type SceneCanvasProps } from "../canvas/SceneCanvas";
import type { CanvasHandlers } from "../canvas/sceneTypes";
import { entityKinds } from "../entities/entityKinds";
import { Legend } from "./bars/Legend";

// Before anything is drawn: whatever draws asks the table.
fillKinds(entityKinds);

/** The canvas with every kind of entity that there is; worked on, it does the actions, like everything else. */
export function Scene(props: Pick<SceneCanvasProps, "tokens" | "interactive" | "insets">): ReactNode {
  return <SceneCanvas {...props} handlers={handlers} legend={<Legend />} />;
}

const handlers: CanvasHandlers = {
  onConnect: (from, to) => void performAction("connect", { from, to }),
  onDisconnect: (from, to) => void performAction("disconnect", { from, to }),
  onMove: (entity, position) => void performAction("move", { entity, position }),
  onDelete: (entities) => void performAction("delete", { entities }),
  onDropNew: (kind, position) => void performAction("add", { kind, position }),
};
