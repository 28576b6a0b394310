import { entityName } from "../../actions/entities/entities";
import type { Addition, Entity, EntityKind } from "../../actions/entities/entityKind";
import { EXCHANGE, hasRoomBeside } from "../../canvas/layout/queueMetrics";
import type { ExchangeShape } from "../../canvas/layout/sceneStructure";
import { listed } from "../../canvas/marks/listed";
import type { KindNode } from "../../canvas/nodes/kindNode";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ExchangeIcon } from "../../ui/icons";
import { freshName } from "../newNames";
import { exchangeShapes } from "../queue/amqpShapes";
import { publishSelected } from "../queue/publishing";
import { addSubscriber } from "./addSubscriber";
import { ExchangeNode } from "./ExchangeNode";

const node: KindNode<ExchangeShape> = {
  column: "stores",
  component: ExchangeNode,
  read: exchangeShapes,
  height: () => EXCHANGE.height,
  rank: () => 2,
  inset: (_, plan) => ({ dx: 0, width: hasRoomBeside(plan) ? EXCHANGE.width : plan.topicWidth }),
  isAside: ({ queues }, plan) => queues.length > 0 && hasRoomBeside(plan),
  wires: ({ id, queues }) => queues.map((queue) => ({ from: entityName("exchange", id), to: entityName("queue", queue) })),
  label: ({ queues }, name) => t("exchange.node", { name, queues: listed(queues) }),
  hasWire: ({ topic }, { id }) => topic === entityName("exchange", id),
};

/** Messages pass it on their way to the queues that are bound to it. */
export const exchangeKind: EntityKind = {
  name: "exchange",
  field: "exchanges",
  icon: ExchangeIcon,
  params: ["exchange"],
  fixedName: "toast.amqpName",
  wires: [
    {
      to: "queue",
      isDrawn: true,
      connect: (image, exchange, queue) => (isBound(image, queue, exchange) ? "already" : { type: "bindQueue", queue, exchange, routingKey: "" }),
      disconnect: (image, exchange, queue) => {
        const binding = image.queues.get(queue)?.spec.bindings.find((one) => one.exchange === exchange);
        return binding ? { type: "unbindQueue", queue, ...binding } : "notConnected";
      },
    },
    { to: "receiver", connect: () => "exchangeToReceiver", disconnect: () => "noWire" },
  ],
  addition: { word: "shell.exchange", label: "action.addExchange", make: addExchange },
  remove: (_, exchange) => [{ type: "deleteExchange", exchange }],
  drawn: (image) => exchangeShapes(image).map(({ id }) => id),
  node,
  panel: async () => (await import("../queuePanels")).queuePanels.exchange,
};

function isBound(image: ClusterImage, queue: string, exchange: string): boolean {
  return image.queues.get(queue)?.spec.bindings.some((binding) => binding.exchange === exchange) === true;
}

/** A fanout exchange to which the selected producers publish, or else the first one, with a first subscriber. */
function addExchange(image: ClusterImage, selected: readonly Entity[]): Addition {
  const name = freshName("fanout-", new Set(image.exchanges.keys()));
  return {
    commands: [{ type: "declareExchange", exchange: { name, type: "fanout", durable: true } }, ...addSubscriber(image, name).commands, ...publishSelected(image, selected, { exchange: name, routingKey: "" })],
    added: { kind: "exchange", id: name },
  };
}
