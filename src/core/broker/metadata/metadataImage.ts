import { parseConfigValue } from "../../kafka/configs";
import type { ConfigValue } from "../../kafka/configTable";
import { share } from "../../sim/share";

/**
 * What a broker knows of the cluster: the fold of `__cluster_metadata` (KIP-500; `MetadataImage`). Changed only by `replayMetadata`.
 */
export interface MetadataImage {
  brokers: Map<number, { readonly nodeId: number }>;
  /** By name, in order of creation. */
  topics: Map<string, TopicMetadata>;
}

export interface TopicMetadata {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly PartitionMetadata[];
  /** Changed configs only. */
  readonly configs: Readonly<Record<string, ConfigValue>>;
}

export interface PartitionMetadata {
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

/** The records of `__cluster_metadata`, with the names and fields of Kafka's metadata messages. */
export type MetadataRecord =
  | { readonly type: "RegisterBrokerRecord"; readonly brokerId: number }
  | { readonly type: "TopicRecord"; readonly name: string; readonly topicId: string }
  | {
      readonly type: "PartitionRecord";
      readonly topicId: string;
      readonly partitionId: number;
      readonly replicas: readonly number[];
      readonly isr: readonly number[];
      readonly leader: number;
      readonly leaderEpoch: number;
    }
  | { readonly type: "ConfigRecord"; readonly resourceName: string; readonly name: string; readonly value: string | null }
  | { readonly type: "RemoveTopicRecord"; readonly topicId: string };

export function metadataImage(): MetadataImage {
  return { brokers: new Map(), topics: new Map() };
}

/** Folds one record into the image, live and on recovery alike. Topics are frozen values, replaced whole. */
export function replayMetadata(image: MetadataImage, record: MetadataRecord): void {
  switch (record.type) {
    case "RegisterBrokerRecord":
      image.brokers.set(record.brokerId, share({ nodeId: record.brokerId }));
      return;
    case "TopicRecord":
      image.topics.set(record.name, share({ name: record.name, topicId: record.topicId, partitions: [], configs: {} }));
      return;
    case "PartitionRecord": {
      const topic = topicById(image, record.topicId);
      const { leader, leaderEpoch, replicas, isr } = record;
      const partitions = topic.partitions.slice();
      partitions[record.partitionId] = { leader, leaderEpoch, replicas, isr };
      image.topics.set(topic.name, share({ ...topic, partitions }));
      return;
    }
    case "ConfigRecord": {
      const topic = image.topics.get(record.resourceName);
      if (!topic) throw new Error(`config of unknown topic ${record.resourceName}`);
      const configs = { ...topic.configs };
      if (record.value === null) delete configs[record.name];
      else configs[record.name] = parseConfigValue("topic", record.name, record.value);
      image.topics.set(topic.name, share({ ...topic, configs }));
      return;
    }
    case "RemoveTopicRecord":
      image.topics.delete(topicById(image, record.topicId).name);
  }
}

export function topicById(image: MetadataImage, topicId: string): TopicMetadata {
  for (const topic of image.topics.values()) if (topic.topicId === topicId) return topic;
  throw new Error(`unknown topic id ${topicId}`);
}
