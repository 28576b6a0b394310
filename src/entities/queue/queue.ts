import { entityName, idsOfKind } from "../../actions/entities/entities";
import type { Addition, Entity, EntityKind } from "../../actions/entities/entityKind";
import { EXCHANGE, hasRoomBeside, queueHeight, STEP_IN } from "../../canvas/layout/queueMetrics";
import { type ExchangeShape, isCompared, type QueueShape, type SceneStructure } from "../../canvas/layout/sceneStructure";
import { listed } from "../../canvas/marks/listed";
import type { Caption, KindNode } from "../../canvas/nodes/kindNode";
import { queueWires } from "../../canvas/wires/queueWires";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { QueueIcon } from "../../ui/icons";
import { addSubscriber } from "../exchange/addSubscriber";
import { freshName } from "../newNames";
import { newQueue, newReceiver } from "../receiver/newReceiver";
import { queueShapes } from "./amqpShapes";
import { publishSelected } from "./publishing";
import { QueueNode } from "./QueueNode";

const node: KindNode<QueueShape> = {
  column: "stores",
  // A word of React Flow's own is no kind's.
  type: "classicQueue",
  component: QueueNode,
  read: queueShapes,
  height: (queue, metrics) => queueHeight(metrics, queue),
  rank: ({ exchanges }) => (exchanges.length > 0 ? 3 : 1),
  inset: ({ isBehind }, plan) => {
    const dx = !isBehind ? 0 : hasRoomBeside(plan) ? EXCHANGE.width + EXCHANGE.gap : STEP_IN;
    return { dx, width: plan.topicWidth - dx };
  },
  // Its wires are its producers', its exchanges' and its receivers'.
  wires: () => [],
  captions,
  label: ({ exchanges }, name) => (exchanges.length > 0 ? t("queue.node.behind", { name, exchanges: listed(exchanges) }) : t("queue.node", { name })),
  ways: queueWires,
  hasWire: ({ topic }, { id }) => topic === entityName("queue", id),
};

/** Beside a topic, each model is told in words: over its first one. */
function captions(structure: SceneStructure): readonly Caption[] {
  if (!isCompared(structure) || !structure.isCaptioned) return [];
  const { topics, queues, exchanges } = structure;
  const own = queues.find((queue) => queue.exchanges.length === 0);
  const [topic] = topics;
  const [exchange] = exchanges;
  const behind = queues.find((queue) => queue.exchanges.length > 0);
  return [
    ...(topic ? [{ over: entityName("topic", topic.id), title: "queue.caption.topic", text: "queue.caption.topic.text", short: "queue.caption.topic.short" } as const] : []),
    ...(own ? [{ over: entityName("queue", own.id), title: "queue.caption.queue", text: "queue.caption.queue.text" } as const] : []),
    ...(behind ?? exchange ? [{ ...fanoutPlace(behind, exchange), title: "queue.caption.exchange", text: "queue.caption.exchange.text", short: "queue.caption.exchange.short" } as const] : []),
  ];
}

/** Over the topmost of an exchange and its first queue, which stand beside each other or one above the other. */
function fanoutPlace(behind: QueueShape | undefined, exchange: ExchangeShape | undefined): Pick<Caption, "over" | "from"> {
  const own = entityName("exchange", exchange?.id ?? "");
  if (!behind) return { over: own };
  return { over: entityName("queue", behind.id), ...(exchange && { from: own }) };
}

/** A classic queue: a message goes to one of its receivers, and is gone once it is acknowledged. */
export const queueKind: EntityKind = {
  name: "queue",
  field: "queues",
  icon: QueueIcon,
  params: ["queue"],
  fixedName: "toast.amqpName",
  wires: [
    {
      to: "receiver",
      connect: (image, queue, receiver) => (image.receivers.get(receiver)?.spec.queue === queue ? "already" : "receiverOfOneQueue"),
      disconnect: () => "receiverNeedsQueue",
    },
    ...["group", "consumer"].map((to) => ({ to, connect: () => "queueToGroup" as const, disconnect: () => "noWire" as const })),
  ],
  addition: { word: "shell.classicQueue", label: "action.addQueue", make: addQueue },
  // Nobody deletes it under its receivers.
  remove: (image, queue) => [...(image.queues.get(queue)?.receivers ?? []).map((receiver) => ({ type: "removeReceiver", receiver, how: "close" }) as const), { type: "deleteQueue", queue }],
  drawn: (image) => queueShapes(image).map(({ id }) => id),
  home: (image) => {
    const [first] = queueShapes(image);
    return first ? { kind: "queue", id: first.id } : null;
  },
  node,
  panel: async () => (await import("../queuePanels")).queuePanels.queue,
};

/** A queue with one receiver, at the exchange that somebody has named or bound to the selected exchange; or else the selected producers publish to it, or the first one. */
function addQueue(image: ClusterImage, selected: readonly Entity[], within?: string): Addition {
  if (within !== undefined) return addSubscriber(image, within);
  const name = freshName("queue-", new Set(image.queues.keys()));
  const exchanges = idsOfKind(selected, "exchange").filter((id) => image.exchanges.has(id));
  return {
    commands: [
      { type: "declareQueue", queue: newQueue(name, exchanges.map((exchange) => ({ exchange, routingKey: "" }))) },
      { type: "addReceiver", receiver: newReceiver(image, name) },
      ...(exchanges.length > 0 ? [] : publishSelected(image, selected, { exchange: "", routingKey: name })),
    ],
    added: { kind: "queue", id: name },
  };
}
