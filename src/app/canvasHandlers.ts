import { performAction } from "../actions/actions";
import type { CanvasHandlers } from "../canvas/sceneTypes";

/** What the canvas does when it is worked on: the actions, like everything else. */
export const canvasHandlers: CanvasHandlers = {
  onConnect: (from, to) => void performAction("connect", { from, to }),
  onDisconnect: (from, to) => void performAction("disconnect", { from, to }),
  onMove: (entity, position) => void performAction("move", { entity, position }),
  onDelete: (entities) => void performAction("delete", { entities }),
  onDropNew: (kind, position) => void performAction(additions[kind], { position }),
};

const additions = { producer: "addProducer", topic: "addTopic", group: "addGroup", consumer: "addConsumer" } as const;
