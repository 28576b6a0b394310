import type { EntityName } from "../../scenario/scenario";
import type { Box } from "./geometry";
import type { SceneMetrics } from "./sceneMetrics";

/** How the scene is arranged for a canvas of some size. */
export interface ScenePlan {
  /** Producers, topics and groups from left to right, or from top to bottom on a narrow screen. */
  readonly orientation: "horizontal" | "vertical";
  readonly metrics: SceneMetrics;
  readonly topicWidth: number;
  readonly gapLeft: number;
  readonly gapRight: number;
}

export interface SceneLayout {
  readonly plan: ScenePlan;
  /** Absolute boxes of all entities, consumers included. */
  readonly boxes: Readonly<Record<EntityName, Box>>;
  /** Around all boxes, with room for the wires that run outside them. */
  readonly bounds: Box;
}
