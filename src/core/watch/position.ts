import type { PartitionLog } from "../broker/log/partitionLog";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { Cluster } from "../world/cluster";
import { leaderLog, leaderLogs } from "./actual";

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
  return placesIn(cluster, groupId, topic, [partition], [leaderLog(cluster.watch.actual, topic, partition)])[0] as GroupPlace; // one was asked for
}

/** The same in all partitions of a topic; `logs` are theirs, where the caller has them. */
export function groupPlaces(cluster: Cluster, groupId: string, topic: string, logs: readonly PartitionLog[] = leaderLogs(cluster.watch.actual, topic)): GroupPlace[] {
  return placesIn(cluster, groupId, topic, logs.map(({ partition }) => partition), logs);
}

function placesIn({ watch: { actual, audit } }: Cluster, groupId: string, topic: string, partitions: readonly number[], logs: readonly (PartitionLog | undefined)[]): GroupPlace[] {
  const positions = audit.groups.get(groupId)?.partitions;
  const committed = actual.committed.get(groupId);
  return partitions.map((partition, at) => {
    const name = formatTopicPartition(topic, partition);
    const committedOffset = committed?.get(name) ?? -1;
    const nextOffset = positions?.get(name)?.next ?? committedOffset;
    const end = logs[at]?.highWatermark ?? 0;
    return { nextOffset, committedOffset, waiting: nextOffset < 0 ? 0 : Math.max(0, end - nextOffset), lag: committedOffset < 0 ? null : Math.max(0, end - committedOffset) };
  });
}

/** Records waiting for a group in all partitions of its topics. */
export function groupWaiting(cluster: Cluster, groupId: string): number {
  const topics = cluster.topology.groups.get(groupId)?.topics ?? [];
  return topics.reduce((sum, topic) => sum + waitingIn(groupPlaces(cluster, groupId, topic)), 0);
}

/** Records waiting in these places together. */
export function waitingIn(places: readonly GroupPlace[]): number {
  return places.reduce((sum, { waiting }) => sum + waiting, 0);
}
