import type { ReactNode } from "react";
import { entityName } from "../../actions/entities/entities";
import type { ProducerImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ProducerFigures } from "./ProducerFigures";
import { deleteCommand, freeTopics, joinCommands, renameCommand } from "../../panels/inspector/parts/entityCommands";
import { HeadWords } from "../../panels/inspector/parts/HeadWords";
import { useNames } from "../../panels/inspector/parts/names";
import { ProducerSettings } from "./ProducerSettings";
import type { KindPanel, PanelTab, ShownProps } from "../../panels/kindPanel";
import { newItem, type OutlineItem, type OutlineNames, wireItem } from "../../panels/outline/outlineItem";
import { useTopiq } from "../../store/topiqStore";
import { ProducerIcon } from "../../ui/icons";

const tabs: readonly PanelTab[] = [
  { name: "figures", Body: Figures },
  { name: "settings", Body: Settings },
];

export const producerPanel: KindPanel = {
  Mark: ProducerIcon,
  Title,
  tabs: () => tabs,
  chartedGroups: (image) => [...image.groups.keys()],
  commands: (image, id, rename) => {
    const name = entityName("producer", id);
    return [renameCommand(rename), ...joinCommands(name, "outline.connectTopic", freeTopics(image, image.producers.get(id)?.spec.topics)), deleteCommand(name)];
  },
  section: {
    id: "producers",
    title: "outline.producers",
    items: (image, names) => [...image.producers.values()].map((producer) => producerItem(producer, names)),
  },
};

function producerItem({ spec: { clientId, topics } }: ProducerImage, { name }: OutlineNames): OutlineItem {
  const id = entityName("producer", clientId);
  return newItem({
    id,
    look: "producer",
    name: name("producer", clientId),
    figures: ({ producers }) => {
      const producer = producers.get(clientId);
      if (!producer) return [];
      return [
        { key: "outline.rate", params: { rate: producer.spec.source.ratePerSecond } },
        { key: "outline.sent", params: { count: producer.sent } },
      ];
    },
    select: { kind: "producer", id: clientId },
    entity: id,
    children: topics.map((topic) => wireItem(id, { key: "outline.writesTo", params: { topic } }, { kind: "topic", id: topic }, id, entityName("topic", topic))),
  });
}

function Title({ shown: { id } }: ShownProps): ReactNode {
  const name = useNames();
  return <HeadWords icon={<ProducerIcon />} title={name("producer", id)} kind={t("inspector.producer")} />;
}

function Figures({ shown: { id } }: ShownProps): ReactNode {
  const producer = useTopiq((state) => state.image?.producers.get(id));
  return producer && <ProducerFigures producer={producer} />;
}

function Settings({ shown: { id } }: ShownProps): ReactNode {
  const producer = useTopiq((state) => state.image?.producers.get(id));
  return producer && <ProducerSettings producer={producer} />;
}
