import { formatTopicPartition } from "../kafka/topicPartition";
import type { Cluster } from "../world/cluster";
import type { AuditImage } from "../picture/image";
import { partitionCount } from "./actual";
import type { StoredCounts } from "./auditState";
import { type GroupPlace, groupPlaces, waitingIn } from "./position";

const NOTHING = { processed: 0, setAside: 0, lost: 0, twice: 0, outOfOrder: 0, beforeStart: 0, beforeStartAcknowledged: 0 };

/** The delivery check of every group and topic it reads, by `group/topic`. */
export function auditImages(cluster: Cluster): Map<string, AuditImage> {
  const read = [...cluster.topology.groups.values()].flatMap(({ groupId, topics }) => topics.map((topic) => [groupId, topic] as const));
  return new Map(read.map(([groupId, topic]) => [`${groupId}/${topic}`, auditImage(cluster, groupId, topic)]));
}

/** The delivery check of one group and one of its topics; `places` are where it stands there, where the caller knows. */
export function auditImage(cluster: Cluster, groupId: string, topic: string, places: readonly GroupPlace[] = groupPlaces(cluster, groupId, topic)): AuditImage {
  const { stored, acknowledged } = storedForGroup(cluster, groupId, topic);
  const { processed, setAside, lost, twice, outOfOrder, beforeStart, beforeStartAcknowledged } = cluster.watch.audit.groups.get(groupId)?.topics.get(topic) ?? NOTHING;
  const owed = stored - beforeStart;
  const confirmed = acknowledged - beforeStartAcknowledged;
  const waiting = owed - processed - setAside - lost;
  return {
    groupId,
    topic,
    acknowledged: confirmed,
    unconfirmed: owed - confirmed,
    processed,
    setAside,
    waiting,
    again: Math.max(0, waitingIn(places) - waiting),
    lost,
    twice,
    outOfOrder,
    beforeStart,
  };
}

/** What stands in the partitions in which the group has a position; in the others nobody knows yet what will be its to read. */
function storedForGroup(cluster: Cluster, groupId: string, topic: string): Omit<StoredCounts, "copies"> {
  const { audit, actual } = cluster.watch;
  const positions = audit.groups.get(groupId)?.partitions;
  const partitions = partitionCount(actual, topic);
  const sum = { stored: 0, acknowledged: 0 };
  for (let partition = 0; partition < partitions; partition++) {
    const name = formatTopicPartition(topic, partition);
    const counts = positions?.has(name) ? audit.partitions.get(name) : undefined;
    sum.stored += counts?.stored ?? 0;
    sum.acknowledged += counts?.acknowledged ?? 0;
  }
  return sum;
}
