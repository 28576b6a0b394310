import type { Command } from "../core/world/command";
import type { ClusterImage } from "../core/picture/image";
import type { Entity } from "./entities";

/** Commands that add something, and the entity that people then want to see. */
export interface Addition {
  readonly commands: readonly Command[];
  readonly added: Entity;
}

/** A producer that writes to the selected topics, or else to the first one. */
export function addProducer(image: ClusterImage, selected: readonly Entity[]): Addition {
  const clientId = freshName("producer-", takenClients(image));
  const source = { ratePerSecond: 1, keys: { kind: "range", prefix: "user-", from: 1, to: 8 }, valueSizeInBytes: 0 } as const;
  const producer = { clientId, topics: topicsFor(image, selected), source, configs: {} };
  return { commands: [{ type: "addProducer", producer }], added: { kind: "producer", id: clientId } };
}

/** A topic of three partitions, joined to the producers and groups that are selected. */
export function addTopic(image: ClusterImage, selected: readonly Entity[]): Addition {
  const name = freshName("topic-", new Set(image.topics.keys()));
  const commands: Command[] = [{ type: "createTopic", topic: { name, partitions: 3, configs: {} } }];
  for (const { kind, id } of selected) {
    const producer = kind === "producer" ? image.producers.get(id) : undefined;
    const group = kind === "group" ? image.groups.get(id) : undefined;
    if (producer) commands.push({ type: "alterProducer", clientId: id, topics: [...producer.spec.topics, name] });
    if (group) commands.push({ type: "alterGroup", groupId: id, topics: [...group.spec.topics, name] });
  }
  return { commands, added: { kind: "topic", id: name } };
}

/** A group with one consumer: a group of nobody reads nothing. It has the settings of the last group, so that a scene slowed for the eye stays so. */
export function addGroup(image: ClusterImage, selected: readonly Entity[], groupId = freshName("group-", new Set(image.groups.keys()))): Addition {
  const model = [...image.groups.values()].at(-1)?.spec;
  const chosen = selected.filter(({ kind }) => kind === "topic").map(({ id }) => id);
  const topics = chosen.length > 0 ? chosen : (model?.topics ?? topicsFor(image, selected));
  const consumer = newConsumer(image, groupId, model?.groupId);
  const commands: Command[] = [
    { type: "addGroup", group: { groupId, topics, configs: model?.configs ?? {} } },
    { type: "addConsumer", consumer },
  ];
  return { commands, added: { kind: "group", id: groupId } };
}

/**
 * A consumer in the given or selected group, or else in the first. Where each consumer is its own subscriber (pub/sub) it gets a group of
 * its own, unless one is named; where there is no group yet, one is made.
 */
export function addConsumer(image: ClusterImage, selected: readonly Entity[], groupId?: string): Addition {
  const target = groupId ?? selectedGroup(image, selected) ?? (image.clock.mode === "pubsub" ? undefined : [...image.groups.keys()][0]);
  if (target === undefined) {
    // As switching to pub/sub names them: after the first group and the consumer (`deliverAsSteps`).
    const id = freshName("c", takenClients(image));
    const [first] = image.groups.keys();
    const own = `${first}-${id}`;
    const { commands } = addGroup(image, selected, first === undefined || image.groups.has(own) ? undefined : own);
    return { commands, added: { kind: "consumer", id } };
  }
  const consumer = newConsumer(image, target, target);
  return { commands: [{ type: "addConsumer", consumer }], added: { kind: "consumer", id: consumer.clientId } };
}

/** `prefix` and the number after the highest one in use, or 1. */
export function freshName(prefix: string, taken: ReadonlySet<string>): string {
  let highest = 0;
  for (const name of taken) {
    const digits = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (/^\d{1,9}$/.test(digits)) highest = Math.max(highest, Number(digits));
  }
  return `${prefix}${highest + 1}`;
}

/** Topics that people made, in order of creation. */
export function userTopics(image: ClusterImage): readonly string[] {
  return [...image.topics.values()]
    .filter((topic) => !topic.internal)
    .map((topic) => topic.name);
}

function newConsumer(image: ClusterImage, groupId: string, modelGroup: string | undefined): { clientId: string; groupId: string; processing: { timeMs: number } } {
  const models = [...image.consumers.values()].map((consumer) => consumer.spec);
  const model = models.findLast((spec) => spec.groupId === modelGroup) ?? models.at(-1);
  return { clientId: freshName("c", takenClients(image)), groupId, processing: model?.processing ?? { timeMs: 500 } };
}

function topicsFor(image: ClusterImage, selected: readonly Entity[]): readonly string[] {
  const chosen = selected.filter(({ kind, id }) => kind === "topic" && image.topics.get(id)?.internal === false).map(({ id }) => id);
  return chosen.length > 0 ? chosen : userTopics(image).slice(0, 1);
}

function selectedGroup(image: ClusterImage, selected: readonly Entity[]): string | undefined {
  for (const { kind, id } of selected) {
    if (kind === "group" && image.groups.has(id)) return id;
    const consumer = kind === "consumer" && image.clock.mode !== "pubsub" ? image.consumers.get(id) : undefined;
    if (consumer) return consumer.spec.groupId;
  }
  return undefined;
}

function takenClients(image: ClusterImage): ReadonlySet<string> {
  return new Set([...image.producers.keys(), ...image.consumers.keys()]);
}
