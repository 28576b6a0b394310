import { formatTopicPartition } from "../../kafka/topicPartition";
import { brokerOf, type Cluster } from "../cluster";

/** A group's place in one partition, as the tracks show it. */
export interface GroupPlace {
  /** Next offset to process, -1 while nobody knows. */
  readonly nextOffset: number;
  readonly committedOffset: number;
  readonly lag: number;
}

/** Where a group stands: where its owner is, or was; before anyone was there, where it committed. */
export function groupPlace(cluster: Cluster, groupId: string, topic: string, partition: number): GroupPlace {
  const broker = brokerOf(cluster);
  const name = formatTopicPartition(topic, partition);
  const committedOffset = broker.coordinator.offsets.get(groupId)?.get(name)?.offset ?? -1;
  const nextOffset = cluster.watch.audit.groups.get(groupId)?.partitions.get(name)?.next ?? committedOffset;
  const end = broker.logs.get(name)?.highWatermark ?? 0;
  return { nextOffset, committedOffset, lag: nextOffset < 0 ? 0 : Math.max(0, end - nextOffset) };
}

/** Whether it is known of some partition where the group goes on; until then nobody can say what waits for it. */
export function isPositioned(cluster: Cluster, groupId: string): boolean {
  const topics = cluster.topology.groups.get(groupId)?.topics ?? [];
  return topics.some((topic) => (brokerOf(cluster).metadata.topics.get(topic)?.partitions ?? []).some((_, partition) => groupPlace(cluster, groupId, topic, partition).nextOffset >= 0));
}

/** Records waiting for a group in all partitions of its topics. */
export function groupLag(cluster: Cluster, groupId: string): number {
  const topics = cluster.topology.groups.get(groupId)?.topics ?? [];
  return topics.reduce((lag, topic) => lag + topicLag(cluster, groupId, topic), 0);
}

/** The same in the partitions of one topic. */
export function topicLag(cluster: Cluster, groupId: string, topic: string): number {
  const partitions = brokerOf(cluster).metadata.topics.get(topic)?.partitions.length ?? 0;
  let lag = 0;
  for (let partition = 0; partition < partitions; partition++) lag += groupPlace(cluster, groupId, topic, partition).lag;
  return lag;
}
