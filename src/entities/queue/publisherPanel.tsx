import type { ReactNode } from "react";
import { entityName, parseEntity } from "../../actions/entities/entities";
import type { ClusterImage } from "../../core/picture/image";
import { joinCommands } from "../../panels/inspector/parts/entityCommands";
import type { KindPanel, ShownProps } from "../../panels/kindPanel";
import { type OutlineItem, wireItem } from "../../panels/outline/outlineItem";
import { useTopiq } from "../../store/topiqStore";
import { producerPanel } from "../producer/producerPanel";
import { ProducerSettings } from "../producer/ProducerSettings";
import { publishingWires } from "./publishing";
import { PublishingFields } from "./PublishingFields";

/** A producer whose application may publish to RabbitMQ, too. */
export const publisherPanel: KindPanel = {
  ...producerPanel,
  tabs: (image, shown) => producerPanel.tabs(image, shown).map((tab) => (tab.name === "settings" ? { ...tab, Body: Settings } : tab)),
  commands: (image, id, rename) => [...producerPanel.commands(image, id, rename), ...joinCommands(entityName("producer", id), "queue.publishTo", freeTargets(image, id))],
  ...(producerPanel.section && {
    section: { ...producerPanel.section, items: (image, names) => producerPanel.section?.items(image, names).map((item) => withPublished(image, item)) ?? [] },
  }),
};

function freeTargets(image: ClusterImage, clientId: string): readonly string[] {
  const all = publishingWires.flatMap(({ to, connect }) => [...(to === "queue" ? image.queues : image.exchanges).keys()].map((id) => ({ name: entityName(to, id), isFree: connect(image, clientId, id) !== "already" })));
  return all.flatMap(({ name, isFree }) => (isFree ? [name] : []));
}

function withPublished(image: ClusterImage, item: OutlineItem): OutlineItem {
  const own = item.entity ?? "";
  const targets = image.producers.get(parseEntity(own)?.id ?? "")?.spec.publishes?.targets ?? [];
  const wires = targets.map(({ exchange, routingKey }) => {
    const [kind, id] = exchange === "" ? ["queue", routingKey] : ["exchange", exchange];
    return wireItem(item.id, { key: "queue.publishesTo", params: { name: id } }, { kind, id }, own, entityName(kind, id));
  });
  return { ...item, children: [...item.children, ...wires] };
}

function Settings({ shown }: ShownProps): ReactNode {
  const producer = useTopiq(({ image }) => image?.producers.get(shown.id));
  return (
    <>
      {producer?.spec.publishes && <PublishingFields clientId={shown.id} publishes={producer.spec.publishes} />}
      {producer && <ProducerSettings producer={producer} />}
    </>
  );
}
