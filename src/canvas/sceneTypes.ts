import type { EntityName } from "../scenario/scenario";

/** What a person does on the canvas; the composition root turns it into commands and document edits. */
export interface CanvasHandlers {
  /** Producer and topic, topic and group, or a consumer dropped on a group. */
  readonly onConnect: (from: EntityName, to: EntityName) => void;
  /** Producer and topic, or topic and group. */
  readonly onDisconnect: (from: EntityName, to: EntityName) => void;
  readonly onMove: (entity: EntityName, position: { readonly x: number; readonly y: number }) => void;
  readonly onDelete: (entities: readonly EntityName[]) => void;
  /** Something was dragged in from the palette. */
  readonly onDropNew: (kind: string, position: { readonly x: number; readonly y: number }) => void;
}

/** Data type that the palette puts into a drag (`dataTransfer.setData`); its value is the name of a kind. */
export const NEW_ENTITY_DRAG_TYPE = "application/x-topiq-entity";
