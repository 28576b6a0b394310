import { type ReactNode, useEffect } from "react";
import { performAction } from "../actions/actions";
import { fillKinds, lacksKinds, loadLaterKinds } from "../actions/entities/kindTable";
import { SceneCanvas, type SceneCanvasProps } from "../canvas/SceneCanvas";
import type { CanvasHandlers } from "../canvas/sceneTypes";
import { entityKinds, laterKinds } from "../entities/entityKinds";
import { t } from "../i18n/t";
import { setView, useTopiq } from "../store/topiqStore";
import { Legend } from "./bars/Legend";

// Before anything is drawn: whatever draws asks the table.
fillKinds(entityKinds, laterKinds);

/** The canvas with every kind of entity that there is; worked on, it does the actions, like everything else. */
export function Scene(props: Pick<SceneCanvasProps, "tokens" | "interactive" | "insets">): ReactNode {
  const lacks = useTopiq(({ image }) => image !== null && lacksKinds(image));
  useEffect(() => {
    if (lacks) loadLaterKinds().catch(() => setView({ toast: { text: t("shell.notLoaded"), action: null } }));
  }, [lacks]);
  return <SceneCanvas {...props} handlers={handlers} legend={<Legend />} />;
}

const handlers: CanvasHandlers = {
  onConnect: (from, to) => void performAction("connect", { from, to }),
  onDisconnect: (from, to) => void performAction("disconnect", { from, to }),
  onMove: (entity, position) => void performAction("move", { entity, position }),
  onDelete: (entities) => void performAction("delete", { entities }),
  onDropNew: (kind, position) => void performAction("add", { kind, position }),
};
