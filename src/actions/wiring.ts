import type { Command } from "../core/world/command";
import type { ClusterImage } from "../core/picture/image";
import type { EntityName } from "../scenario/scenario";
import { type Entity, type EntityKind, parseEntity } from "./entities";

/** Why two things are not joined: `already`, or Kafka has no such wire. */
export type WiringRefusal = "already" | "producerToReader" | "noWire" | "notConnected" | "memberNeedsGroup";

/** The command that joins two entities, given in either order. */
export function connectCommand(image: ClusterImage, from: EntityName, to: EntityName): Command | WiringRefusal {
  const pair = orderedPair(from, to);
  if (!pair) return "noWire";
  const [a, b] = pair;
  if (a.kind === "producer" && b.kind === "topic") {
    const topics = image.producers.get(a.id)?.spec.topics ?? [];
    return topics.includes(b.id) ? "already" : { type: "alterProducer", clientId: a.id, topics: [...topics, b.id] };
  }
  if (a.kind === "producer") return b.kind === "producer" ? "noWire" : "producerToReader";
  if (a.kind === "topic" && b.kind !== "topic") {
    const groupId = b.kind === "group" ? b.id : (image.consumers.get(b.id)?.spec.groupId ?? "");
    const topics = image.groups.get(groupId)?.spec.topics ?? [];
    return topics.includes(a.id) ? "already" : { type: "alterGroup", groupId, topics: [...topics, a.id] };
  }
  if (a.kind === "group" && b.kind === "consumer") {
    return image.consumers.get(b.id)?.spec.groupId === a.id ? "already" : { type: "moveConsumer", clientId: b.id, groupId: a.id };
  }
  return "noWire";
}

/** The command that takes a wire away. A consumer is always in a group: it is moved or removed, not cut off. */
export function disconnectCommand(image: ClusterImage, from: EntityName, to: EntityName): Command | WiringRefusal {
  const pair = orderedPair(from, to);
  if (!pair) return "noWire";
  const [a, b] = pair;
  if (a.kind === "producer" && b.kind === "topic") {
    const topics = image.producers.get(a.id)?.spec.topics ?? [];
    return topics.includes(b.id) ? { type: "alterProducer", clientId: a.id, topics: topics.filter((topic) => topic !== b.id) } : "notConnected";
  }
  if (a.kind === "topic" && (b.kind === "group" || b.kind === "consumer")) {
    const groupId = b.kind === "group" ? b.id : (image.consumers.get(b.id)?.spec.groupId ?? "");
    const topics = image.groups.get(groupId)?.spec.topics ?? [];
    return topics.includes(a.id) ? { type: "alterGroup", groupId, topics: topics.filter((topic) => topic !== a.id) } : "notConnected";
  }
  return a.kind === "group" && b.kind === "consumer" ? "memberNeedsGroup" : "noWire";
}

/** Commands that delete entities; a group's consumers go before it. */
export function deleteCommands(image: ClusterImage, entities: readonly EntityName[]): readonly Command[] {
  const commands: Command[] = [];
  const consumers = new Set<string>();
  const removeConsumer = (clientId: string): void => {
    if (consumers.has(clientId) || !image.consumers.has(clientId)) return;
    consumers.add(clientId);
    commands.push({ type: "removeConsumer", clientId, how: "close" });
  };
  for (const name of entities) {
    const entity = parseEntity(name);
    if (entity?.kind === "consumer") removeConsumer(entity.id);
    else if (entity?.kind === "producer") commands.push({ type: "removeProducer", clientId: entity.id });
    else if (entity?.kind === "topic") commands.push({ type: "deleteTopic", topic: entity.id });
    else if (entity?.kind === "group") {
      for (const clientId of image.groups.get(entity.id)?.consumers ?? []) removeConsumer(clientId);
      commands.push({ type: "removeGroup", groupId: entity.id });
    }
  }
  return commands;
}

const order: Readonly<Record<EntityKind, number>> = { producer: 0, topic: 1, group: 2, consumer: 3 };

function orderedPair(from: EntityName, to: EntityName): readonly [Entity, Entity] | null {
  const a = parseEntity(from);
  const b = parseEntity(to);
  if (!a || !b) return null;
  return order[a.kind] <= order[b.kind] ? [a, b] : [b, a];
}
