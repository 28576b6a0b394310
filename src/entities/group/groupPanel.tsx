import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { entityName } from "../../actions/entities/entities";
import type { ClusterImage, GroupImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ChartsTab } from "../../panels/charts/ViewCharts";
import { DeliveryCheck } from "../../panels/deliveryCheck/DeliveryCheck";
import { GroupFigures } from "./GroupFigures";
import { command, deleteCommand, freeTopics, joinCommands } from "../../panels/inspector/parts/entityCommands";
import { HeadWords } from "../../panels/inspector/parts/HeadWords";
import { GroupBadge } from "../../panels/inspector/parts/marks";
import { GroupSettings } from "./GroupSettings";
import type { KindPanel, PanelTab, ShownProps } from "../../panels/kindPanel";
import { newItem, type OutlineItem, type OutlineNames, wireItem } from "../../panels/outline/outlineItem";
import { useTopiq } from "../../store/topiqStore";
import { consumerItem } from "../consumer/consumerItem";

const tabs: readonly PanelTab[] = [
  { name: "figures", Body: Figures },
  { name: "settings", Body: Settings },
  { name: "charts", Body: ChartsTab },
];

export const groupPanel: KindPanel = {
  Mark,
  Title,
  tabs: () => tabs,
  chartedGroups: (_, id) => [id],
  commands: (image, id) => {
    const name = entityName("group", id);
    return [
      command("addConsumer", "action.addConsumer", () => void performAction("add", { kind: "consumer", within: id })),
      ...joinCommands(name, "outline.connectTopic", freeTopics(image, image.groups.get(id)?.spec.topics)),
      deleteCommand(name),
    ];
  },
  section: {
    id: "groups",
    title: "outline.groups",
    items: (image, names) => [...image.groups.values()].map((group) => groupItem(image, group, names)),
  },
};

function groupItem(image: ClusterImage, group: GroupImage, names: OutlineNames): OutlineItem {
  const { groupId, topics } = group.spec;
  const id = entityName("group", groupId);
  const consumers = group.consumers.filter((clientId) => image.consumers.has(clientId));
  return newItem({
    id,
    look: "group",
    name: groupId,
    figures: ({ groups }) => [
      { key: "outline.consumers", params: { count: consumers.length } },
      { key: "figures.waiting", params: { count: groups.get(groupId)?.waiting ?? 0 } },
    ],
    select: { kind: "group", id: groupId },
    entity: id,
    children: [
      ...topics.map((topic) => wireItem(id, { key: "outline.reads", params: { topic } }, { kind: "topic", id: topic }, entityName("topic", topic), id)),
      ...consumers.map((clientId) => consumerItem(clientId, topics.length > 1, names)),
    ],
  });
}

function Mark({ id }: { readonly id: string }): ReactNode {
  const letter = useTopiq((state) => state.image?.groups.get(id)?.letter);
  return letter === undefined ? null : <GroupBadge letter={letter} />;
}

function Title({ shown: { id } }: ShownProps): ReactNode {
  return <HeadWords icon={<Mark id={id} />} title={id} kind={t("inspector.group")} />;
}

function Figures({ shown: { id } }: ShownProps): ReactNode {
  const group = useTopiq((state) => state.image?.groups.get(id));
  if (!group) return null;
  return (
    <>
      <GroupFigures group={group} />
      <DeliveryCheck topic={null} groupId={id} />
    </>
  );
}

function Settings({ shown: { id } }: ShownProps): ReactNode {
  const group = useTopiq((state) => state.image?.groups.get(id));
  return group && <GroupSettings group={group} />;
}
