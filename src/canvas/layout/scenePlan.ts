import type { EntityName } from "../../scenario/scenario";
import type { Box } from "./geometry";
import type { SceneMetrics } from "./sceneMetrics";

/** How the scene is arranged for a canvas of some size. */
export interface ScenePlan {
  /** Where producers stand, seen from the topics and queues, and where groups and receivers do: on a narrow screen there is no room beside them. */
  readonly sources: "left" | "above";
  readonly readers: "right" | "below";
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

/** Whether things are stacked for want of width: places were made for the wide picture, and say nothing there. */
export function isStacked({ sources, readers }: ScenePlan): boolean {
  return sources === "above" || readers === "below";
}
