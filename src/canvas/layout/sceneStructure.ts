import type { ClusterImage } from "../../core/picture/image";
import { formatTopicPartition } from "../../core/kafka/topicPartition";

/**
 * What decides the picture's shape: who exists, who is wired to whom. Figures that change with every frame are left out, so that the
 * layout and the wires are computed again only when something was added, removed, connected or assigned.
 */
export interface SceneStructure {
  readonly producers: readonly ProducerShape[];
  readonly topics: readonly TopicShape[];
  readonly groups: readonly GroupShape[];
  /** What is left out for want of room. */
  readonly hidden: HiddenParts;
}

export interface HiddenParts {
  readonly groups: number;
  readonly lanes: number;
}

/** Whether anything is. */
export function isAnyHidden({ hidden }: SceneStructure): boolean {
  return hidden.groups > 0 || hidden.lanes > 0;
}

export interface ProducerShape {
  readonly id: string;
  readonly actor: number;
  readonly topics: readonly string[];
  /** Which part of the Java client's partitioner its records meet: the key's hash, or the sticky choice for records without keys. */
  readonly partitioner: "keyed" | "sticky";
}

export interface TopicShape {
  readonly name: string;
  readonly index: number;
  /** None where there is no such topic: it is only named by who sends to it or subscribes to it. */
  readonly partitions: number;
  readonly isMissing: boolean;
  /** The partitions that are drawn, in order. */
  readonly lanes: readonly number[];
  /** Those of them that are drawn as thin rows. */
  readonly thin: readonly number[];
  /** All groups share one track under each lane. */
  readonly isMerged: boolean;
  /** Groups with a track under each lane, in the order of their letters. */
  readonly tracks: readonly string[];
  /** Digits of the longest offset, at least 2: cells are as wide as their numbers need. */
  readonly digits: number;
}

export interface GroupShape {
  readonly id: string;
  readonly letter: number;
  readonly topics: readonly string[];
  readonly members: readonly MemberShape[];
  /** How it is drawn: its members as cards, as lines, or all of it as one row, of two lines or of one. */
  readonly shape: "cards" | "lines" | "row" | "shortRow";
}

/** Drawn without its members. */
export function isRow({ shape }: GroupShape): boolean {
  return shape === "row" || shape === "shortRow";
}

export interface MemberShape {
  readonly id: string;
  readonly actor: number;
  readonly owned: readonly { readonly topic: string; readonly partition: number }[];
}

/** Reads the structure out of an image. Internal topics are not drawn. */
export function readStructure(image: ClusterImage): SceneStructure {
  const topics = [...image.topics.values()].filter((topic) => !topic.internal);
  const names = new Set([...topics.map((topic) => topic.name), ...image.missingTopics]);
  const groups = [...image.groups.values()].sort((a, b) => a.letter - b.letter);
  return {
    hidden: { groups: 0, lanes: 0 },
    producers: [...image.producers.values()].map((producer) => ({
      id: producer.spec.clientId,
      actor: producer.actor,
      topics: producer.spec.topics.filter((topic) => names.has(topic)),
      partitioner: producer.spec.source.keys.kind === "none" ? "sticky" : "keyed",
    })),
    topics: [...topics.map((topic): TopicShape => ({
      name: topic.name,
      isMissing: false,
      lanes: Array.from({ length: topic.partitions }, (_, partition) => partition),
      thin: [],
      isMerged: false,
      index: topic.index,
      partitions: topic.partitions,
      tracks: groups.filter((group) => hasTrack(image, group.spec.groupId, topic.name, topic.partitions)).map((group) => group.spec.groupId),
      digits: longestOffset(image, topic.name, topic.partitions),
    })), ...image.missingTopics.map(missingTopic)],
    groups: groups.map((group) => ({
      id: group.spec.groupId,
      letter: group.letter,
      shape: "cards",
      topics: group.spec.topics.filter((topic) => names.has(topic)),
      members: group.consumers.flatMap((id) => {
        const consumer = image.consumers.get(id);
        if (!consumer) return [];
        const owned = consumer.assignment.filter((owns) => owns.partition < (image.topics.get(owns.topic)?.partitions ?? 0) && names.has(owns.topic));
        return [{ id, actor: consumer.actor, owned: owned.map(({ topic, partition }) => ({ topic, partition })) }];
      }),
    })),
  };
}

function missingTopic(name: string): TopicShape {
  return { name, isMissing: true, index: -1, partitions: 0, lanes: [], thin: [], isMerged: false, tracks: [], digits: 2 };
}

/** A group without consumers keeps its tracks only where it has a position: that is where it would go on. */
function hasTrack(image: ClusterImage, groupId: string, topic: string, partitions: number): boolean {
  const group = image.groups.get(groupId);
  if (!group?.spec.topics.includes(topic)) return false;
  if (group.consumers.length > 0) return true;
  for (let partition = 0; partition < partitions; partition += 1) {
    const tracks = image.partitions.get(formatTopicPartition(topic, partition))?.tracks ?? [];
    if (tracks.some((track) => track.groupId === groupId && track.nextOffset >= 0)) return true;
  }
  return false;
}

function longestOffset(image: ClusterImage, topic: string, partitions: number): number {
  let end = 0;
  for (let partition = 0; partition < partitions; partition += 1) {
    end = Math.max(end, image.partitions.get(formatTopicPartition(topic, partition))?.logEndOffset ?? 0);
  }
  return Math.max(2, String(end).length);
}
