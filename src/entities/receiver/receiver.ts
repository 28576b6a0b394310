import { entityName } from "../../actions/entities/entities";
import type { Addition, Entity, EntityKind } from "../../actions/entities/entityKind";
import { receiverHeight } from "../../canvas/layout/queueMetrics";
import type { ReceiverShape } from "../../canvas/layout/sceneStructure";
import type { KindNode } from "../../canvas/nodes/kindNode";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ReceiverIcon } from "../../ui/icons";
import { freshName } from "../newNames";
import { receiverShapes } from "../queue/amqpShapes";
import { newQueue, newReceiver } from "./newReceiver";
import { ReceiverNode } from "./ReceiverNode";

const node: KindNode<ReceiverShape> = {
  column: "readers",
  component: ReceiverNode,
  read: receiverShapes,
  height: (receiver, metrics) => receiverHeight(metrics, receiver),
  // Those of one queue stand together.
  gapAbove: ({ isFirst }, { memberGap }) => (isFirst ? undefined : memberGap),
  wires: ({ id, queue }) => [{ from: entityName("queue", queue), to: entityName("receiver", id) }],
  label: ({ queue }, name) => t("receiver.node", { name, queue }),
  hasWire: ({ client }, { id }) => client.kind === "receiver" && client.id === id,
};

/** A program that receives the messages of a queue, and acknowledges them. */
export const receiverKind: EntityKind = {
  name: "receiver",
  field: "receivers",
  icon: ReceiverIcon,
  params: ["receiver"],
  wires: [],
  addition: { word: "shell.receiver", label: "action.addReceiver", make: addReceiver },
  remove: (image, receiver) => (image.receivers.has(receiver) ? [{ type: "removeReceiver", receiver, how: "close" }] : []),
  node,
  panel: async () => (await import("../queuePanels")).queuePanels.receiver,
};

/** A receiver of the given or selected queue, or else of the first; where there is none, one is declared. */
function addReceiver(image: ClusterImage, selected: readonly Entity[], within?: string): Addition {
  const [first] = image.queues.keys();
  const queue = within ?? selectedQueue(image, selected) ?? first ?? freshName("queue-", new Set());
  const receiver = newReceiver(image, queue);
  const declared = image.queues.has(queue) ? [] : [{ type: "declareQueue", queue: newQueue(queue) } as const];
  return { commands: [...declared, { type: "addReceiver", receiver }], added: { kind: "receiver", id: receiver.name } };
}

function selectedQueue(image: ClusterImage, selected: readonly Entity[]): string | undefined {
  for (const { kind, id } of selected) {
    if (kind === "queue" && image.queues.has(id)) return id;
    if (kind === "receiver" && image.receivers.has(id)) return image.receivers.get(id)?.spec.queue;
  }
  return undefined;
}
