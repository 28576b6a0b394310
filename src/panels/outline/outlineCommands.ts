import { performAction } from "../../actions/actions";
import { entityName, parseEntity } from "../../actions/entities";
import type { ClusterImage } from "../../core/cluster/image";
import { t, type MessageKey, type Params } from "../../i18n/t";
import type { EntityName } from "../../scenario/scenario";
import type { OutlineItem } from "./outlineModel";

export interface OutlineCommand {
  readonly id: string;
  readonly label: string;
  readonly perform: () => void;
}

/** What can be done to a line: the same actions that the canvas has. `rename` is asked for where the line stands. */
export function outlineCommands(image: ClusterImage, item: OutlineItem, rename: () => void): readonly OutlineCommand[] {
  if (item.kind === "section") return sectionCommands(item.id);
  const { wire } = item;
  if (wire) return [command("disconnect", "action.disconnect", () => void performAction("disconnect", wire))];
  const entity = item.entity === null ? null : parseEntity(item.entity);
  if (!entity || item.entity === null) return [];
  const name = item.entity;
  const remove = command("delete", "action.delete", () => void performAction("delete", { entities: [name] }));
  switch (entity.kind) {
    case "producer":
      return [command("rename", "action.rename", rename), ...joins(name, "outline.connectTopic", freeTopics(image, image.producers[entity.id]?.spec.topics)), remove];
    case "topic": {
      const groups = Object.values(image.groups).filter((group) => !group.spec.topics.includes(entity.id));
      return [
        command("addPartition", "action.addPartition", () => void performAction("addPartition", { topic: entity.id })),
        ...joins(name, "outline.connectGroup", groups.map((group) => entityName("group", group.spec.groupId))),
        remove,
      ];
    }
    case "group":
      return [
        command("addConsumer", "action.addConsumer", () => void performAction("addConsumer", { groupId: entity.id })),
        ...joins(name, "outline.connectTopic", freeTopics(image, image.groups[entity.id]?.spec.topics)),
        remove,
      ];
    case "consumer": {
      const others = Object.keys(image.groups).filter((groupId) => groupId !== image.consumers[entity.id]?.spec.groupId);
      return [
        command("rename", "action.rename", rename),
        ...joins(name, "outline.moveToGroup", others.map((groupId) => entityName("group", groupId))),
        command("crash", "action.crashConsumer", () => void performAction("crashConsumer", { clientId: entity.id })),
        remove,
      ];
    }
  }
}

function sectionCommands(section: string): readonly OutlineCommand[] {
  switch (section) {
    case "producers":
      return [command("add", "action.addProducer", () => void performAction("addProducer"))];
    case "topics":
      return [command("add", "action.addTopic", () => void performAction("addTopic"))];
    default:
      return [
        command("add", "action.addGroup", () => void performAction("addGroup")),
        command("addConsumer", "action.addConsumer", () => void performAction("addConsumer")),
      ];
  }
}

function joins(from: EntityName, label: MessageKey, targets: readonly EntityName[]): readonly OutlineCommand[] {
  return targets.map((to) => command(`connect ${to}`, label, () => void performAction("connect", { from, to }), { name: parseEntity(to)?.id ?? to }));
}

function freeTopics(image: ClusterImage, taken: readonly string[] = []): readonly EntityName[] {
  return Object.values(image.topics).flatMap((topic) => (topic.internal || taken.includes(topic.name) ? [] : [entityName("topic", topic.name)]));
}

function command(id: string, label: MessageKey, perform: () => void, params: Params = {}): OutlineCommand {
  return { id, label: t(label, params), perform };
}
