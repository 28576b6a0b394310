import { formatTopicPartition } from "../kafka/topicPartition";
import type { Cluster } from "../world/cluster";
import { committedOffset as committedOf, leaderLog, partitionCount } from "./actual";

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
  const { actual, audit } = cluster.watch;
  const committedOffset = committedOf(actual, groupId, topic, partition);
  const nextOffset = audit.groups.get(groupId)?.partitions.get(formatTopicPartition(topic, partition))?.next ?? committedOffset;
  const end = leaderLog(actual, topic, partition)?.highWatermark ?? 0;
  const before = (offset: number): number => Math.max(0, end - offset);
  return { nextOffset, committedOffset, waiting: nextOffset < 0 ? 0 : before(nextOffset), lag: committedOffset < 0 ? null : before(committedOffset) };
}

/** Records waiting for a group in all partitions of its topics. */
export function groupWaiting(cluster: Cluster, groupId: string): number {
  return placesOf(cluster, groupId).reduce((sum, { waiting }) => sum + waiting, 0);
}

/** The same in the partitions of one topic. */
export function topicWaiting(cluster: Cluster, groupId: string, topic: string): number {
  return placesOf(cluster, groupId, [topic]).reduce((sum, { waiting }) => sum + waiting, 0);
}

function placesOf(cluster: Cluster, groupId: string, topics = cluster.topology.groups.get(groupId)?.topics ?? []): GroupPlace[] {
  const { actual } = cluster.watch;
  return topics.flatMap((topic) => Array.from({ length: partitionCount(actual, topic) }, (_, partition) => groupPlace(cluster, groupId, topic, partition)));
}
