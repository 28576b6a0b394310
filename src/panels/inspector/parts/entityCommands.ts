import { performAction } from "../../../actions/actions";
import { entityName, parseEntity } from "../../../actions/entities/entities";
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

/** A command with its words. */
export function command(id: string, label: MessageKey, perform: () => void, params: Params = {}): EntityCommand {
  return { id, label: t(label, params), perform };
}

/** Changes the name where the menu stands. */
export function renameCommand(rename: () => void): EntityCommand {
  return command("rename", "action.rename", rename);
}

export function deleteCommand(name: EntityName): EntityCommand {
  return command("delete", "action.delete", () => void performAction("delete", { entities: [name] }));
}

/** Joins it to each of these. */
export function joinCommands(from: EntityName, label: MessageKey, targets: readonly EntityName[]): readonly EntityCommand[] {
  return targets.map((to) => command(`connect ${to}`, label, () => void performAction("connect", { from, to }), { name: parseEntity(to)?.id ?? to }));
}

/** Topics of people's that are not among these. */
export function freeTopics(image: ClusterImage, taken: readonly string[] = []): readonly EntityName[] {
  return [...image.topics.values()].flatMap((topic) => (topic.internal || taken.includes(topic.name) ? [] : [entityName("topic", topic.name)]));
}
