import { formatTopicPartition } from "../kafka/topicPartition";
import { brokerOf, type Cluster } from "../world/cluster";
import type { AuditImage } from "../picture/image";
import type { StoredCounts } from "./audit";
import { topicWaiting } from "./position";

const NOTHING = { processed: 0, lost: 0, twice: 0, outOfOrder: 0, beforeStart: 0, beforeStartAcknowledged: 0 };

/** The delivery check of every group and topic it reads, by `group/topic`. */
export function auditImages(cluster: Cluster): Map<string, AuditImage> {
  const images = new Map<string, AuditImage>();
  for (const { groupId, topics } of cluster.topology.groups.values()) {
    for (const topic of topics) {
      const { stored, acknowledged } = storedForGroup(cluster, groupId, topic);
      const { processed, lost, twice, outOfOrder, beforeStart, beforeStartAcknowledged } = cluster.watch.audit.groups.get(groupId)?.topics.get(topic) ?? NOTHING;
      const owed = stored - beforeStart;
      const confirmed = acknowledged - beforeStartAcknowledged;
      const waiting = owed - processed - lost;
      images.set(`${groupId}/${topic}`, {
        groupId,
        topic,
        acknowledged: confirmed,
        unconfirmed: owed - confirmed,
        processed,
        waiting,
        again: Math.max(0, topicWaiting(cluster, groupId, topic) - waiting),
        lost,
        twice,
        outOfOrder,
        beforeStart,
      });
    }
  }
  return images;
}

/** What stands in the partitions in which the group has a position; in the others nobody knows yet what will be its to read. */
function storedForGroup(cluster: Cluster, groupId: string, topic: string): StoredCounts {
  const { audit } = cluster.watch;
  const positions = audit.groups.get(groupId)?.partitions;
  const partitions = brokerOf(cluster).metadata.topics.get(topic)?.partitions.length ?? 0;
  const sum = { stored: 0, acknowledged: 0 };
  for (let partition = 0; partition < partitions; partition++) {
    const name = formatTopicPartition(topic, partition);
    const counts = positions?.has(name) ? audit.partitions.get(name) : undefined;
    sum.stored += counts?.stored ?? 0;
    sum.acknowledged += counts?.acknowledged ?? 0;
  }
  return sum;
}
