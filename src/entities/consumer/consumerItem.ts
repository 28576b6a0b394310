import { entityName } from "../../actions/entities/entities";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { newItem, type OutlineItem, type OutlineNames } from "../../panels/outline/outlineItem";

/** A consumer's line under its group: what it owns and what waits for it there, or else what it is doing. */
export function consumerItem(clientId: string, severalTopics: boolean, { name, join }: OutlineNames): OutlineItem {
  const id = entityName("consumer", clientId);
  return newItem({
    id,
    look: "consumer",
    name: name("consumer", clientId),
    figures: ({ consumers, partitions }) => {
      const consumer = consumers.get(clientId);
      if (!consumer) return [];
      const { assignment, phase, spec } = consumer;
      if (assignment.length === 0) return [{ key: `consumer.phase.${phase}`, params: {} }];
      const owned = assignment.map(({ topic, partition }) => (severalTopics ? formatTopicPartition(topic, partition) : `P${partition}`));
      const waiting = assignment.reduce((sum, { topic, partition }) => {
        const track = partitions.get(formatTopicPartition(topic, partition))?.tracks.find((candidate) => candidate.groupId === spec.groupId);
        return sum + (track?.waiting ?? 0);
      }, 0);
      return [
        { key: "outline.owns", params: { partitions: join(owned) } },
        { key: "figures.waiting", params: { count: waiting } },
      ];
    },
    select: { kind: "consumer", id: clientId },
    entity: id,
  });
}
