import type { Node } from "@xyflow/react";
import type { EntityName } from "../scenario/scenario";
import type { ScenePlan } from "./layout/scenePlan";
import type { GroupShape, TopicShape } from "./layout/sceneStructure";

/** What a person does on the canvas; the composition root turns it into commands and document edits. */
export interface CanvasHandlers {
  /** Producer and topic, topic and group, or a consumer dropped on a group. */
  readonly onConnect: (from: EntityName, to: EntityName) => void;
  /** Producer and topic, or topic and group. */
  readonly onDisconnect: (from: EntityName, to: EntityName) => void;
  readonly onMove: (entity: EntityName, position: { readonly x: number; readonly y: number }) => void;
  readonly onDelete: (entities: readonly EntityName[]) => void;
  /** Something was dragged in from the palette. */
  readonly onDropNew: (kind: NewEntityKind, position: { readonly x: number; readonly y: number }) => void;
}

export type NewEntityKind = "producer" | "topic" | "group" | "consumer";

/** Data type that the palette puts into a drag (`dataTransfer.setData`); its value is a `NewEntityKind`. */
export const NEW_ENTITY_DRAG_TYPE = "application/x-topiq-entity";

export type ProducerFlowNode = Node<{ id: string; plan: ScenePlan }, "producer">;
export type TopicFlowNode = Node<{ topic: TopicShape; plan: ScenePlan }, "topic">;
/** React Flow has a node type "group" of its own, with a box around it. */
export type GroupFlowNode = Node<{ group: GroupShape; plan: ScenePlan }, "consumerGroup">;
export type ConsumerFlowNode = Node<{ id: string; letter: number; plan: ScenePlan; isLine: boolean }, "consumer">;
export type SceneNode = ProducerFlowNode | TopicFlowNode | GroupFlowNode | ConsumerFlowNode;
