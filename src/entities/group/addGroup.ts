import { idsOfKind } from "../../actions/entities/entities";
import type { Addition, Entity } from "../../actions/entities/entityKind";
import type { ClusterImage } from "../../core/picture/image";
import type { Command } from "../../core/world/command";
import { newConsumer } from "../consumer/newConsumer";
import { freshName, topicsFor } from "../newNames";

/** A group with one consumer: a group of nobody reads nothing. It has the settings of the last group, so that a scene slowed for the eye stays so. */
export function addGroup(image: ClusterImage, selected: readonly Entity[], groupId = freshName("group-", new Set(image.groups.keys()))): Addition {
  const model = [...image.groups.values()].at(-1)?.spec;
  const chosen = idsOfKind(selected, "topic");
  const topics = chosen.length > 0 ? chosen : (model?.topics ?? topicsFor(image, selected));
  const consumer = newConsumer(image, groupId, model?.groupId);
  const commands: Command[] = [
    { type: "addGroup", group: { groupId, topics, configs: model?.configs ?? {} } },
    { type: "addConsumer", consumer },
  ];
  return { commands, added: { kind: "group", id: groupId } };
}
