/** One partition of one topic, in Kafka's words (`org.apache.kafka.common.TopicPartition`). */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A partition's printed name, as Kafka prints it: `orders-3`. It is the key of every map by partition. */
export type TopicPartitionName = string;

export function formatTopicPartition(topic: string, partition: number): TopicPartitionName {
  if (topic !== lastTopic) {
    let names = namesByTopic.get(topic);
    if (!names) {
      if (namesByTopic.size === MOST_TOPICS) namesByTopic.clear();
      namesByTopic.set(topic, (names = []));
    }
    [lastTopic, lastNames] = [topic, names];
  }
  return (lastNames[partition] ??= `${topic}-${partition}`);
}

/** Mostly the next one is of the same topic. */
let lastTopic: string | null = null;
let lastNames: TopicPartitionName[] = [];

/** Names made before. Every record on its way is looked up by this name several times; making it anew each time took a third of all. */
const namesByTopic = new Map<string, TopicPartitionName[]>();
const MOST_TOPICS = 1000;

/** The inverse of `formatTopicPartition`. The topic may itself contain dashes; the partition is what follows the last. */
export function parseTopicPartition(name: TopicPartitionName): TopicPartition {
  const dash = name.lastIndexOf("-");
  return { topic: name.slice(0, dash), partition: Number(name.slice(dash + 1)) };
}
