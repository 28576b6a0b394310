import { entityName } from "../../actions/entities/entities";
import type { Addition, Entity, EntityKind, WireKind } from "../../actions/entities/entityKind";
import { entitiesOf, kindNamed } from "../../actions/entities/kindTable";
import { logPart, partitionSelection } from "../../actions/entities/logSelection";
import { canDrawWire, connectCommand } from "../../actions/entities/wiring";
import { userTopics } from "../../actions/userTopics";
import { FOLDED_TOPIC, topicHeight } from "../../canvas/layout/sceneMetrics";
import type { TopicShape } from "../../canvas/layout/sceneStructure";
import type { KindNode } from "../../canvas/nodes/kindNode";
import { logWires } from "../../canvas/wires/logWires";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { TopicIcon } from "../../ui/icons";
import { freshName } from "../newNames";
import { partitionsText } from "./partitionsText";
import { TopicNode } from "./TopicNode";
import { topicShapes } from "./topicShapes";

const node: KindNode<TopicShape> = {
  column: "stores",
  component: TopicNode,
  read: topicShapes,
  height: (topic, metrics) => topicHeight(metrics, topic),
  gapAbove: ({ isFolded }) => (isFolded ? FOLDED_TOPIC.gap : undefined),
  // They are its producers' and its groups' wires.
  wires: () => [],
  label: (topic) => t("canvas.nodeTopic", { name: topic.id, partitions: partitionsText(topic) }),
  chosen: ({ id, part }) => ({ topic: id, partition: part?.partition ?? null }),
  looks: ({ id, lanes, isFolded }) => (isFolded ? {} : { partitions: lanes.map((partition) => formatTopicPartition(id, partition)) }),
  // And how the records in it were given their partitions.
  chosenLooks: ({ id, part }, { topics, producers }) => ({
    partitions: part?.partition === undefined ? Array.from({ length: topics.get(id)?.partitions ?? 0 }, (_, partition) => formatTopicPartition(id, partition)) : [formatTopicPartition(id, part.partition)],
    producers: [...producers.values()].filter(({ spec }) => spec.topics.includes(id)).map(({ spec }) => spec.clientId),
  }),
  ways: logWires,
  hasWire: (wire, selection) => {
    const part = logPart(selection);
    return part !== null && wire.topic === part.topic && wire.partition === part.partition;
  },
};

/** A log that is cut into partitions, each of which can be selected, and each record in it. */
export const topicKind: EntityKind = {
  name: "topic",
  field: "topics",
  icon: TopicIcon,
  params: [],
  fixedName: "toast.topicName",
  wires: [
    { ...subscription((_, id) => id), to: "group", isDrawn: true },
    // A consumer reads what its group subscribes to.
    { ...subscription((image, id) => image.consumers.get(id)?.spec.groupId ?? ""), to: "consumer" },
  ],
  addition: { word: "shell.topic", label: "action.addTopic", make: addTopic },
  remove: (_, topic) => [{ type: "deleteTopic", topic }],
  // The first one leads when all are selected.
  drawn: (image) => userTopics(image).toReversed(),
  home: (image) => {
    const [first] = userTopics(image);
    return first !== undefined && image.partitions.has(formatTopicPartition(first, 0)) ? partitionSelection(first, 0) : null;
  },
  node,
  panel: async () => (await import("../entityPanels")).entityPanels.topic,
};

function subscription(groupOf: (image: ClusterImage, id: string) => string): Pick<WireKind, "connect" | "disconnect"> {
  const topicsOf = (image: ClusterImage, groupId: string): readonly string[] => image.groups.get(groupId)?.spec.topics ?? [];
  return {
    connect: (image, topic, reader) => {
      const groupId = groupOf(image, reader);
      const topics = topicsOf(image, groupId);
      return topics.includes(topic) ? "already" : { type: "alterGroup", groupId, topics: [...topics, topic] };
    },
    disconnect: (image, topic, reader) => {
      const groupId = groupOf(image, reader);
      const topics = topicsOf(image, groupId);
      return topics.includes(topic) ? { type: "alterGroup", groupId, topics: topics.filter((other) => other !== topic) } : "notConnected";
    },
  };
}

/** A topic of three partitions, joined to what is selected and may be wired to it. */
function addTopic(image: ClusterImage, selected: readonly Entity[]): Addition {
  const id = freshName("topic-", new Set(image.topics.keys()));
  const own = entityName("topic", id);
  const there = selected.filter((entity) => entitiesOf(image, kindNamed(entity.kind) ?? topicKind).has(entity.id)).map(({ kind, id: other }) => entityName(kind, other));
  const commands = there.filter((other) => canDrawWire(other, own) || canDrawWire(own, other)).map((other) => connectCommand(image, other, own));
  const joined = commands.filter((command) => typeof command !== "string");
  return { commands: [{ type: "createTopic", topic: { name: id, partitions: 3, configs: {} } }, ...joined], added: { kind: "topic", id } };
}
