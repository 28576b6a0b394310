import { entityName, parseEntity } from "../../actions/entities/entities";
import type { Addition, Entity, EntityKind } from "../../actions/entities/entityKind";
import { listed } from "../../canvas/marks/listed";
import type { KindNode } from "../../canvas/nodes/kindNode";
import type { ProducerShape } from "../../canvas/layout/sceneStructure";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ProducerIcon } from "../../ui/icons";
import { freshName, takenClients, topicsFor } from "../newNames";
import { drawnTopics } from "../topic/topicShapes";
import { ProducerNode } from "./ProducerNode";

const node: KindNode<ProducerShape> = {
  column: "sources",
  component: ProducerNode,
  read: (image) => {
    const names = drawnTopics(image);
    return [...image.producers.values()].map(({ spec, actor }) => ({
      id: spec.clientId,
      actor,
      topics: spec.topics.filter((topic) => names.has(topic)),
      published: (spec.publishes?.targets ?? []).map(({ exchange, routingKey }) => (exchange === "" ? entityName("queue", routingKey) : entityName("exchange", exchange))),
      partitioner: spec.source.keys.kind === "none" ? "sticky" : "keyed",
    }));
  },
  height: (_, metrics) => metrics.producerHeight,
  wires: ({ id, topics, published }) => [...topics.map((topic) => entityName("topic", topic)), ...published].map((to) => ({ from: entityName("producer", id), to })),
  label: ({ topics, published }, name) => t("canvas.nodeProducer", { name, topics: listed([...topics, ...published.map((to) => parseEntity(to)?.id ?? to)]) }),
  chosenLooks: ({ id }) => ({ producers: [id] }),
  hasWire: ({ client }, { id }) => client.id === id,
};

/** Who sends records: to topics, by its own source and partitioner. */
export const producerKind: EntityKind = {
  name: "producer",
  field: "producers",
  icon: ProducerIcon,
  params: ["producer", "client"],
  wires: [
    {
      to: "topic",
      isDrawn: true,
      connect: (image, clientId, topic) => {
        const topics = topicsOf(image, clientId);
        return topics.includes(topic) ? "already" : { type: "alterProducer", clientId, topics: [...topics, topic] };
      },
      disconnect: (image, clientId, topic) => {
        const topics = topicsOf(image, clientId);
        return topics.includes(topic) ? { type: "alterProducer", clientId, topics: topics.filter((other) => other !== topic) } : "notConnected";
      },
    },
    ...["group", "consumer"].map((to) => ({ to, connect: () => "producerToReader" as const, disconnect: () => "noWire" as const })),
  ],
  addition: { word: "shell.producer", label: "action.addProducer", make: addProducer },
  remove: (_, clientId) => [{ type: "removeProducer", clientId }],
  node,
  panel: async () => (await import("../entityPanels")).entityPanels.producer,
};

/** A producer that writes to the selected topics, or else to the first one. */
function addProducer(image: ClusterImage, selected: readonly Entity[]): Addition {
  const clientId = freshName("producer-", takenClients(image));
  const source = { ratePerSecond: 1, keys: { kind: "range", prefix: "user-", from: 1, to: 8 }, valueSizeInBytes: 0 } as const;
  const producer = { clientId, topics: topicsFor(image, selected), source, configs: {} };
  return { commands: [{ type: "addProducer", producer }], added: { kind: "producer", id: clientId } };
}

function topicsOf(image: ClusterImage, clientId: string): readonly string[] {
  return image.producers.get(clientId)?.spec.topics ?? [];
}
