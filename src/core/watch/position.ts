import { formatTopicPartition } from "../kafka/topicPartition";
import { brokerOf, type Cluster } from "../world/cluster";

/** A group's place in one partition, as the tracks show it. */
export interface GroupPlace {
  /** Next offset to process, -1 while nobody knows. */
  readonly nextOffset: number;
  readonly committedOffset: number;
  /** Not processed yet. */
  readonly waiting: number;
  /** Not committed yet; null where nothing is committed. */
  readonly lag: number | null;
}

/** Where a group stands: where its owner is, or was; before anyone was there, where it committed. */
export function groupPlace(cluster: Cluster, groupId: string, topic: string, partition: number): GroupPlace {
  const broker = brokerOf(cluster);
  const name = formatTopicPartition(topic, partition);
  const committedOffset = broker.coordinator.offsets.get(groupId)?.get(name)?.offset ?? -1;
  const nextOffset = cluster.watch.audit.groups.get(groupId)?.partitions.get(name)?.next ?? committedOffset;
  const end = broker.logs.get(name)?.highWatermark ?? 0;
  const before = (offset: number): number => Math.max(0, end - offset);
  return { nextOffset, committedOffset, waiting: nextOffset < 0 ? 0 : before(nextOffset), lag: committedOffset < 0 ? null : before(committedOffset) };
}

/** Whether it is known of some partition where the group goes on; until then nobody can say what waits for it. */
export function isPositioned(cluster: Cluster, groupId: string): boolean {
  const topics = cluster.topology.groups.get(groupId)?.topics ?? [];
  return topics.some((topic) => (brokerOf(cluster).metadata.topics.get(topic)?.partitions ?? []).some((_, partition) => groupPlace(cluster, groupId, topic, partition).nextOffset >= 0));
}

/** Records waiting for a group in all partitions of its topics. */
export function groupWaiting(cluster: Cluster, groupId: string): number {
  return placesOf(cluster, groupId).reduce((sum, { waiting }) => sum + waiting, 0);
}

/** The same in the partitions of one topic. */
export function topicWaiting(cluster: Cluster, groupId: string, topic: string): number {
  return placesOf(cluster, groupId, [topic]).reduce((sum, { waiting }) => sum + waiting, 0);
}

/** The LAG column of `kafka-consumer-groups --describe`, over all partitions in which the group has committed; null where it has in none. */
export function groupLag(cluster: Cluster, groupId: string): number | null {
  const lags = placesOf(cluster, groupId).flatMap(({ lag }) => (lag === null ? [] : [lag]));
  return lags.length === 0 ? null : lags.reduce((sum, lag) => sum + lag, 0);
}

function placesOf(cluster: Cluster, groupId: string, topics = cluster.topology.groups.get(groupId)?.topics ?? []): GroupPlace[] {
  return topics.flatMap((topic) => (brokerOf(cluster).metadata.topics.get(topic)?.partitions ?? []).map((_, partition) => groupPlace(cluster, groupId, topic, partition)));
}
