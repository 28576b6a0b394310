import { performAction } from "../../../actions/actions";
import { entityName, parseEntity } from "../../../actions/entities";
import type { ClusterImage } from "../../../core/picture/image";
import { t, type MessageKey, type Params } from "../../../i18n/t";
import type { EntityName } from "../../../scenario/scenario";

/** A line of a menu about one thing. */
export interface EntityCommand {
  readonly id: string;
  readonly label: string;
  /** What it is about, where that could be mistaken. */
  readonly end?: string;
  readonly perform: () => void;
}

/** What can be done to a thing: the same actions that the canvas has. `rename` is asked for where the menu stands. */
export function entityCommands(image: ClusterImage, name: EntityName, rename: () => void): readonly EntityCommand[] {
  const entity = parseEntity(name);
  if (!entity) return [];
  const remove = command("delete", "action.delete", () => void performAction("delete", { entities: [name] }));
  switch (entity.kind) {
    case "producer":
      return [command("rename", "action.rename", rename), ...joins(name, "outline.connectTopic", freeTopics(image, image.producers.get(entity.id)?.spec.topics)), remove];
    case "topic": {
      const groups = [...image.groups.values()].filter((group) => !group.spec.topics.includes(entity.id));
      return [
        command("addPartition", "action.addPartition", () => void performAction("addPartition", { topic: entity.id })),
        ...joins(name, "outline.connectGroup", groups.map((group) => entityName("group", group.spec.groupId))),
        // Also in the menu beside one of its partitions: it is the whole topic that goes.
        { ...remove, end: entity.id },
      ];
    }
    case "group":
      return [
        command("addConsumer", "action.addConsumer", () => void performAction("addConsumer", { groupId: entity.id })),
        ...joins(name, "outline.connectTopic", freeTopics(image, image.groups.get(entity.id)?.spec.topics)),
        remove,
      ];
    case "consumer": {
      const others = [...image.groups.keys()].filter((groupId) => groupId !== image.consumers.get(entity.id)?.spec.groupId);
      return [
        command("rename", "action.rename", rename),
        ...joins(name, "outline.moveToGroup", others.map((groupId) => entityName("group", groupId))),
        command("crash", "action.crashConsumer", () => void performAction("crashConsumer", { clientId: entity.id })),
        remove,
      ];
    }
  }
}

/** A command with its words. */
export function command(id: string, label: MessageKey, perform: () => void, params: Params = {}): EntityCommand {
  return { id, label: t(label, params), perform };
}

function joins(from: EntityName, label: MessageKey, targets: readonly EntityName[]): readonly EntityCommand[] {
  return targets.map((to) => command(`connect ${to}`, label, () => void performAction("connect", { from, to }), { name: parseEntity(to)?.id ?? to }));
}

function freeTopics(image: ClusterImage, taken: readonly string[] = []): readonly EntityName[] {
  return [...image.topics.values()].flatMap((topic) => (topic.internal || taken.includes(topic.name) ? [] : [entityName("topic", topic.name)]));
}
