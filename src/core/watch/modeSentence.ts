import type { Narration } from "../picture/image";
import type { Cluster } from "../world/cluster";
import { deliveryMode } from "../world/deliveryMode";
import type { DeliveryMode } from "../world/spec";
import { groupWaiting } from "./position";

/** How records are delivered from now on. As a queue: which groups go on, from where, and what becomes of those that are left empty. */
export function modeSentence(cluster: Cluster, mode: DeliveryMode, left: readonly string[]): Narration {
  const groups = [...new Set(Array.from(cluster.topology.consumers.values(), ({ groupId }) => groupId))];
  if (mode === "queue") {
    const lag = groups.reduce((sum, groupId) => sum + groupWaiting(cluster, groupId), 0);
    return { id: left.length > 0 ? "mode.queue.left" : "mode.queue", params: { group: groups.join(", "), left: left.join(", "), lag } };
  }
  return { id: deliveryMode(cluster.topology) === "mixed" ? "mode.mixed" : "mode.pubsub", params: { groups: groups.length } };
}
