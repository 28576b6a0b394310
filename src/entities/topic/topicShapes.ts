import type { TopicShape } from "../../canvas/layout/sceneStructure";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import type { ClusterImage } from "../../core/picture/image";

/** The topics that are drawn: those of people, and those that are only named. Internal topics are not drawn. */
export function topicShapes(image: ClusterImage): readonly TopicShape[] {
  const topics = [...image.topics.values()].filter((topic) => !topic.internal);
  const groups = [...image.groups.values()].sort((a, b) => a.letter - b.letter);
  return [
    ...topics.map((topic): TopicShape => ({
      id: topic.name,
      isMissing: false,
      isGoing: false,
      lanes: Array.from({ length: topic.partitions }, (_, partition) => partition),
      thin: [],
      isFolded: false,
      isMerged: false,
      index: topic.index,
      partitions: topic.partitions,
      asked: topic.askedPartitions,
      tracks: groups.filter((group) => hasTrack(image, group.spec.groupId, topic.name, topic.partitions)).map((group) => group.spec.groupId),
      digits: longestOffset(image, topic.name, topic.partitions),
    })),
    ...image.missingTopics.map((name) => missingTopic(name, image.goingTopics.includes(name))),
  ];
}

/** Names of the topics that are drawn. */
export function drawnTopics(image: ClusterImage): ReadonlySet<string> {
  return new Set([...[...image.topics.values()].filter(({ internal }) => !internal).map(({ name }) => name), ...image.missingTopics]);
}

function missingTopic(id: string, isGoing: boolean): TopicShape {
  return { id, isMissing: true, isGoing, index: -1, partitions: 0, asked: 0, lanes: [], thin: [], isFolded: false, isMerged: false, tracks: [], digits: 2 };
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
