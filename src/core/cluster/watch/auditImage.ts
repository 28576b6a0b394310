import type { Cluster } from "../cluster";
import type { AuditImage } from "../image";

const NOTHING = { processed: 0, lost: 0, twice: 0, outOfOrder: 0, beforeStart: 0, beforeStartAcknowledged: 0 };

/** The delivery check of every group and topic it reads, by `group/topic`. */
export function auditImages(cluster: Cluster): Record<string, AuditImage> {
  const { audit } = cluster.watch;
  const images: Record<string, AuditImage> = {};
  for (const { groupId, topics } of cluster.topology.groups.values()) {
    for (const topic of topics) {
      const { stored, acknowledged } = audit.topics.get(topic) ?? { stored: 0, acknowledged: 0 };
      const { processed, lost, twice, outOfOrder, beforeStart, beforeStartAcknowledged } = audit.groups.get(groupId)?.topics.get(topic) ?? NOTHING;
      const owed = stored - beforeStart;
      const confirmed = acknowledged - beforeStartAcknowledged;
      images[`${groupId}/${topic}`] = {
        groupId,
        topic,
        acknowledged: confirmed,
        unconfirmed: owed - confirmed,
        processed,
        waiting: owed - processed - lost,
        lost,
        twice,
        outOfOrder,
        beforeStart,
      };
    }
  }
  return images;
}
