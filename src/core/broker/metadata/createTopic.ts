import { intConfig, parseConfigValue, validateConfig } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import { nextUint32, type RandomStream } from "../../sim/random";
import type { Broker } from "../broker";
import type { MetadataRecord } from "./metadataImage";
import { isValidTopicName } from "../../kafka/names";

export interface NewTopic {
  readonly name: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly configs: readonly { readonly name: string; readonly value: string | null }[];
}

export interface TopicCreation {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly topicId: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly records: readonly MetadataRecord[];
}

/**
 * Decides on a new topic (`ReplicationControlManager.createTopic`, MET-1): its records, or an error. -1 asks for the broker's
 * num.partitions or default.replication.factor. With one broker every partition is led by it.
 */
export function createTopic(broker: Broker, topic: NewTopic): TopicCreation {
  const numPartitions = topic.numPartitions === -1 ? intConfig("broker", broker.configs, "num.partitions") : topic.numPartitions;
  const replicationFactor = topic.replicationFactor === -1 ? intConfig("broker", broker.configs, "default.replication.factor") : topic.replicationFactor;
  const problem = problemOf(broker, topic, numPartitions, replicationFactor);
  if (problem) return { ...problem, topicId: "", numPartitions, replicationFactor, records: [] };
  const topicId = newTopicId(broker.random);
  const records: MetadataRecord[] = [{ type: "TopicRecord", name: topic.name, topicId }];
  for (const { name, value } of topic.configs) {
    records.push({ type: "ConfigRecord", resourceName: topic.name, name, value });
  }
  records.push(...partitionRecords(broker, topicId, 0, numPartitions));
  return { errorCode: ErrorCode.NONE, errorMessage: null, topicId, numPartitions, replicationFactor, records };
}

/** Records of the partitions from `from` up to, not including, `to`. */
export function partitionRecords(broker: Broker, topicId: string, from: number, to: number): MetadataRecord[] {
  const records: MetadataRecord[] = [];
  for (let partitionId = from; partitionId < to; partitionId++) {
    records.push({ type: "PartitionRecord", topicId, partitionId, replicas: [broker.nodeId], isr: [broker.nodeId], leader: broker.nodeId, leaderEpoch: 0 });
  }
  return records;
}

function problemOf(broker: Broker, topic: NewTopic, numPartitions: number, replicationFactor: number): { errorCode: number; errorMessage: string } | null {
  if (!isValidTopicName(topic.name)) return { errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, errorMessage: `Topic name is invalid: ${topic.name}` };
  if (broker.metadata.topics.has(topic.name)) return { errorCode: ErrorCode.TOPIC_ALREADY_EXISTS, errorMessage: `Topic '${topic.name}' already exists.` };
  if (numPartitions <= 0) return { errorCode: ErrorCode.INVALID_PARTITIONS, errorMessage: "Number of partitions must be larger than 0." };
  if (replicationFactor > broker.metadata.brokers.size || replicationFactor <= 0) {
    const errorMessage = `Unable to replicate the partition ${replicationFactor} time(s): only ${broker.metadata.brokers.size} broker(s) are registered.`;
    return { errorCode: ErrorCode.INVALID_REPLICATION_FACTOR, errorMessage };
  }
  for (const { name, value } of topic.configs) {
    if (validateConfig("topic", name, parseConfigValue("topic", name, value))) return { errorCode: ErrorCode.INVALID_CONFIG, errorMessage: `Invalid value ${value} for configuration ${name}` };
  }
  return null;
}

const BASE64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A topic id as Kafka prints it: 128 bits in 22 characters of URL-safe base64. */
function newTopicId(random: RandomStream): string {
  let id = "";
  while (id.length < 22) {
    let bits = nextUint32(random);
    for (let digit = 0; digit < 5 && id.length < 22; digit++, bits >>>= 6) id += BASE64_URL[bits & 63];
  }
  return id;
}
