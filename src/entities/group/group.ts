import { entityName } from "../../actions/entities/entities";
import type { EntityKind } from "../../actions/entities/entityKind";
import { groupHeight, memberHeight, memberY } from "../../canvas/layout/sceneMetrics";
import { type GroupShape, isRow } from "../../canvas/layout/sceneStructure";
import { groupLetter } from "../../canvas/marks/groupLine";
import { listed } from "../../canvas/marks/listed";
import type { KindNode } from "../../canvas/nodes/kindNode";
import { forwardWires } from "../../canvas/wires/forwardWires";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { GroupIcon } from "../../ui/icons";
import type { ConsumerShape } from "../consumer/consumerShape";
import { drawnTopics } from "../topic/topicShapes";
import { addGroup } from "./addGroup";
import { GroupNode } from "./GroupNode";
import { sendsTo } from "./sendsTo";

const node: KindNode<GroupShape> = {
  column: "readers",
  // React Flow has a node type "group" of its own, with a box around it.
  type: "consumerGroup",
  component: GroupNode,
  read: groupShapes,
  height: (group, metrics) => groupHeight(metrics, group),
  wires: ({ id, topics }) => topics.map((topic) => ({ from: entityName("topic", topic), to: entityName("group", id) })),
  label: ({ id, letter, topics, members }) => t("canvas.nodeGroup", { letter: groupLetter(letter), name: id, topics: listed(topics), count: members.length }),
  inner: {
    shapes: (group): readonly ConsumerShape[] =>
      isRow(group) ? [] : group.members.map(({ id, owned }) => ({ id, owned, group: group.id, letter: group.letter, isLine: group.shape === "lines" })),
    box: (group, metrics, frame, index) => ({
      x: frame.x + metrics.groupPadding,
      y: frame.y + memberY(metrics, group, index),
      width: frame.width - 2 * metrics.groupPadding,
      height: memberHeight(metrics, group),
    }),
  },
  chosen: ({ id }) => ({ group: id }),
  looks: (group) => (isRow(group) ? {} : { consumers: group.members.map(({ id }) => id) }),
  ways: forwardWires,
  hasWire: ({ group }, { id }) => group === id,
};

/** Consumers that share the partitions of the topics which their group subscribes to. */
export const groupKind: EntityKind = {
  name: "group",
  field: "groups",
  icon: GroupIcon,
  params: [],
  fixedName: "toast.groupName",
  holds: "consumer",
  wires: [],
  addition: { word: "shell.group", label: "action.addGroup", make: addGroup },
  // Its consumers go before it.
  remove: (image, groupId) => [
    ...(image.groups.get(groupId)?.consumers ?? []).filter((clientId) => image.consumers.has(clientId)).map((clientId) => ({ type: "removeConsumer", clientId, how: "close" }) as const),
    { type: "removeGroup", groupId },
  ],
  node,
  panel: async () => (await import("../entityPanels")).entityPanels.group,
};

function groupShapes(image: ClusterImage): readonly GroupShape[] {
  const names = drawnTopics(image);
  const groups = [...image.groups.values()].sort((a, b) => a.letter - b.letter);
  return groups.map((group) => ({
    id: group.spec.groupId,
    letter: group.letter,
    shape: "cards",
    topics: group.spec.topics.filter((topic) => names.has(topic)),
    members: group.consumers.flatMap((id) => {
      const consumer = image.consumers.get(id);
      if (!consumer) return [];
      const owned = consumer.assignment.filter((owns) => owns.partition < (image.topics.get(owns.topic)?.partitions ?? 0) && names.has(owns.topic));
      return [{ id, actor: consumer.actor, owned: owned.map(({ topic, partition }) => ({ topic, partition })), sendsTo: sendsTo(consumer.spec.processing).filter((topic) => names.has(topic)) }];
    }),
  }));
}
