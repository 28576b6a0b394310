import { entityName } from "../../actions/entities/entities";
import { partitionSelection } from "../../actions/entities/logSelection";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import type { ClusterImage, TopicImage } from "../../core/picture/image";
import { newItem, type OutlineItem, wireItem } from "../../panels/outline/outlineItem";

/** A topic's line, and under it its partitions and who reads it. */
export function topicItem(image: ClusterImage, { name, internal, partitions }: TopicImage): OutlineItem {
  const id = entityName("topic", name);
  const readers = [...image.groups.values()].filter((group) => group.spec.topics.includes(name));
  return newItem({
    id,
    look: "topic",
    name,
    figures: ({ topics }) => [
      ...(internal ? [{ key: "outline.internal", params: {} } as const] : []),
      { key: "outline.partitions", params: { count: partitions } },
      { key: "outline.records", params: { count: topics.get(name)?.recordCount ?? 0 } },
    ],
    select: { kind: "topic", id: name },
    // Kafka's own topics are read, not wired.
    entity: internal ? null : id,
    children: [
      // Fifty partitions of one internal topic are chosen in the records browser.
      ...(internal ? [] : Array.from({ length: partitions }, (_, partition) => partitionItem(name, partition))),
      ...readers.map(({ spec: { groupId } }) => wireItem(id, { key: "outline.readBy", params: { group: groupId } }, { kind: "group", id: groupId }, id, entityName("group", groupId))),
    ],
  });
}

function partitionItem(topic: string, partition: number): OutlineItem {
  return newItem({
    id: `${entityName("topic", topic)}/${partition}`,
    look: "partition",
    name: `P${partition}`,
    figures: ({ partitions }) => [{ key: "outline.records", params: { count: partitions.get(formatTopicPartition(topic, partition))?.recordCount ?? 0 } }],
    select: partitionSelection(topic, partition),
  });
}
