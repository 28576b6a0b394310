import type { BrokerFact, LogPlace } from "../broker/facts";
import type { ClassicGroup } from "../broker/group/classic/classicGroup";
import { follow, partitionLog, type PartitionLog } from "../broker/log/partitionLog";
import { metadataImage, replayMetadata, type MetadataImage } from "../broker/metadata/metadataImage";
import { formatTopicPartition, type TopicPartitionName } from "../kafka/topicPartition";
import { freezePages } from "../sim/pagedList";
import { CLUSTER_METADATA_TOPIC } from "../kafka/names";

/**
 * What there is, as the brokers have told it: beside the topology, which is what people want. Folded from facts alone, so it is what
 * somebody knows who hears everything and looks into nothing.
 */
export interface Actual {
  readonly metadata: MetadataImage;
  /** By node.id, the logs of each broker, in the order in which they began. */
  readonly logs: Map<number, Map<TopicPartitionName, PartitionLog>>;
  readonly groups: Map<string, ClassicGroup>;
  /** Committed offsets by group. */
  readonly committed: Map<string, Map<TopicPartitionName, number>>;
  /** By group and member, until when its coordinator waits for it, virtual µs. */
  readonly sessions: Map<string, Map<string, number>>;
}

export function newActual(): Actual {
  return { metadata: metadataImage(), logs: new Map(), groups: new Map(), committed: new Map(), sessions: new Map() };
}

/** Folds one fact that a broker has told. */
export function foldFact(actual: Actual, nodeId: number, fact: BrokerFact): void {
  folds[fact.type](actual, nodeId, fact as never); // its own type's
}

/** The log that clients read and write: that of the partition's leader. */
export function leaderLog(actual: Actual, topic: string, partition: number): PartitionLog | undefined {
  const leader = actual.metadata.topics.get(topic)?.partitions[partition]?.leader;
  return leader === undefined ? undefined : actual.logs.get(leader)?.get(formatTopicPartition(topic, partition));
}

/** The logs that clients read and write, of all partitions of a topic; the metadata log is that of the first broker. */
export function leaderLogs(actual: Actual, topic: string): PartitionLog[] {
  if (topic === CLUSTER_METADATA_TOPIC) return [...actual.logs.values()].flatMap((logs) => logs.get(formatTopicPartition(topic, 0)) ?? []).slice(0, 1);
  return (actual.metadata.topics.get(topic)?.partitions ?? []).flatMap((_, partition) => leaderLog(actual, topic, partition) ?? []);
}

export function partitionCount(actual: Actual, topic: string): number {
  return actual.metadata.topics.get(topic)?.partitions.length ?? 0;
}

/** The offset that a group has committed in a partition, or -1. */
export function committedOffset(actual: Actual, groupId: string, topic: string, partition: number): number {
  return actual.committed.get(groupId)?.get(formatTopicPartition(topic, partition)) ?? -1;
}

/** Freezes what has been written of the logs, so that a copy shares it. */
export function freezeActual(actual: Actual): void {
  for (const logs of actual.logs.values()) for (const log of logs.values()) freezePages(log);
}

type Fold<Type extends BrokerFact["type"]> = (actual: Actual, nodeId: number, fact: Extract<BrokerFact, { type: Type }>) => void;

const folds: { readonly [Type in BrokerFact["type"]]: Fold<Type> } = {
  stored: ({ logs }, nodeId, { log, page }) => follow(logOf(logs, nodeId, log), page),
  highWatermark: ({ logs }, nodeId, { log: place, offset }) => {
    const log = logOf(logs, nodeId, place);
    log.highWatermark = offset;
    log.lastStableOffset = offset;
  },
  deleted: ({ logs }, nodeId, { log }) => void logs.get(nodeId)?.delete(formatTopicPartition(log.topic, log.partition)),
  metadata: ({ metadata, logs }, nodeId, { record }) => {
    replayMetadata(metadata, record);
    if (record.type !== "PartitionRecord") return;
    const topic = [...metadata.topics.values()].find(({ topicId }) => topicId === record.topicId)?.name ?? "";
    logOf(logs, nodeId, { topic, topicId: record.topicId, partition: record.partitionId });
  },
  committed: ({ committed }, _nodeId, { groupId, topic, partition, offset }) => {
    const offsets = entryOf(committed, groupId);
    if (offset !== null) offsets.set(formatTopicPartition(topic, partition), offset);
    else if (offsets.delete(formatTopicPartition(topic, partition)) && offsets.size === 0) committed.delete(groupId);
  },
  group: ({ groups }, _nodeId, { groupId, group }) => {
    if (group) groups.set(groupId, group);
    else groups.delete(groupId);
  },
  session: ({ sessions }, _nodeId, { groupId, memberId, untilUs }) => {
    const members = entryOf(sessions, groupId);
    if (untilUs !== null) members.set(memberId, untilUs);
    else if (members.delete(memberId) && members.size === 0) sessions.delete(groupId);
  },
};

function logOf(logs: Actual["logs"], nodeId: number, { topic, topicId, partition }: LogPlace): PartitionLog {
  const ofBroker = entryOf(logs, nodeId);
  const name = formatTopicPartition(topic, partition);
  let log = ofBroker.get(name);
  if (!log) ofBroker.set(name, (log = partitionLog(topic, partition, topicId)));
  return log;
}

function entryOf<Key, Inner, Value>(outer: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  let inner = outer.get(key);
  if (!inner) outer.set(key, (inner = new Map()));
  return inner;
}
