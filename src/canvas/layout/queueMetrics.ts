import type { QueueShape, ReceiverShape } from "./sceneStructure";
import type { ScenePlan } from "./scenePlan";
import type { SceneMetrics } from "./sceneMetrics";

// Sizes of what stands in AMQP's part of the scene, in CSS pixels of the graph, from those of the rest.

/** The tube in which a queue's messages stand. */
function tubeHeight({ cell }: SceneMetrics): number {
  return cell + 8;
}

/** A message in its tube, and from one to the next. */
function beadSize({ cell }: SceneMetrics): number {
  return cell - 4;
}

export function beadStep(metrics: SceneMetrics): number {
  return beadSize(metrics) + 4;
}

const TUBE_BELOW = 12;
/** In a small frame every pixel counts. */
function slimMargin({ cell }: SceneMetrics): number {
  return cell > 26 ? 5 : 2;
}

/** The row of a queue for its dead letters. */
const DEAD_ROW = 26;

export function queueHeight(metrics: SceneMetrics, { form, folded }: QueueShape): number {
  const own = form === "slim" ? tubeHeight(metrics) + 2 * slimMargin(metrics) : metrics.topicHeader + tubeHeight(metrics) + TUBE_BELOW;
  return own + (folded === null ? 0 : DEAD_ROW);
}

/** Middle of its tube, from the queue's top: there its wires begin and end. */
export function tubeY(metrics: SceneMetrics, { form }: QueueShape): number {
  return (form === "slim" ? slimMargin(metrics) : metrics.topicHeader + 2) + tubeHeight(metrics) / 2;
}

/** An exchange, and the room for the wires to its queues. */
export const EXCHANGE = { width: 118, height: 48, gap: 40 } as const;

/** Whether there is room for an exchange beside its queues; else it stands above them. */
export function hasRoomBeside({ sources, topicWidth }: ScenePlan): boolean {
  return sources === "left" && topicWidth >= 390;
}

/** How far a queue stands to the right of the exchange that leads to it, where one stands above the other. */
export const STEP_IN = 26;

export function receiverHeight(metrics: SceneMetrics, { isLine }: ReceiverShape): number {
  return isLine ? Math.min(metrics.member, metrics.groupRow, 34) : Math.min(metrics.member, 58);
}
