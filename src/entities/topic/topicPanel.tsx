import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { entityName } from "../../actions/entities/entities";
import { logPart } from "../../actions/entities/logSelection";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t } from "../../i18n/t";
import { ChartsTab } from "../../panels/charts/ViewCharts";
import { LogTitle } from "./LogTitle";
import { command, deleteCommand, joinCommands } from "../../panels/inspector/parts/entityCommands";
import { TopicSettings } from "./TopicSettings";
import type { KindPanel, PanelTab, ShownProps } from "../../panels/kindPanel";
import { LogRecords } from "../../panels/records/LogRecords";
import { useTopiq } from "../../store/topiqStore";
import { TopicIcon } from "../../ui/icons";
import { RecordsTab } from "./RecordsTab";
import { topicItem } from "./topicItem";

const internalTabs: readonly PanelTab[] = [{ name: "records", Body: RecordsTab }];
const tabs: readonly PanelTab[] = [...internalTabs, { name: "settings", Body: Settings }, { name: "charts", Body: ChartsTab }];

export const topicPanel: KindPanel = {
  Mark: TopicIcon,
  Title: LogTitle,
  tabs: (image, { id }) => (image.topics.get(id)?.internal ? internalTabs : tabs),
  Records: LogRecords,
  hasPart: (image, selected) => {
    const part = logPart(selected);
    return part !== null && image.partitions.has(formatTopicPartition(part.topic, part.partition));
  },
  chartedGroups: (image) => [...image.groups.keys()],
  chartScope: (id) => t("delivery.scope.topic", { topic: id }),
  isInternal: (image, id) => image.topics.get(id)?.internal === true,
  commands: (image, id) => {
    const name = entityName("topic", id);
    const groups = [...image.groups.values()].filter((group) => !group.spec.topics.includes(id));
    return [
      command("addPartition", "action.addPartition", () => void performAction("addPartition", { topic: id })),
      ...joinCommands(name, "outline.connectGroup", groups.map((group) => entityName("group", group.spec.groupId))),
      // Also in the menu beside one of its partitions: it is the whole topic that goes.
      { ...deleteCommand(name), end: id },
    ];
  },
  section: {
    id: "topics",
    title: "outline.topics",
    items: (image) => [...image.topics.values()].map((topic) => topicItem(image, topic)),
  },
};

function Settings({ shown: { id } }: ShownProps): ReactNode {
  const topic = useTopiq((state) => state.image?.topics.get(id));
  return topic && <TopicSettings topic={topic} />;
}
