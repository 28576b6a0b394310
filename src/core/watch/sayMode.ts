import type { Cluster } from "../world/cluster";
import { deliveryMode } from "../world/deliverAs";
import type { DeliveryMode } from "../world/spec";
import { groupWaiting } from "./position";
import { say } from "./say";

/** Says how records are delivered from now on. As a queue: which groups go on, from where, and what becomes of those that are left empty. */
export function sayMode(cluster: Cluster, mode: DeliveryMode, left: readonly string[], options: Parameters<typeof say>[3] = {}): void {
  const groups = [...new Set(Array.from(cluster.topology.consumers.values(), ({ groupId }) => groupId))];
  if (mode === "queue") {
    const lag = groups.reduce((sum, groupId) => sum + groupWaiting(cluster, groupId), 0);
    const id = left.length > 0 ? "mode.queue.left" : "mode.queue";
    return say(cluster, id, { group: groups.join(", "), left: left.join(", "), lag }, options);
  }
  say(cluster, deliveryMode(cluster.topology) === "mixed" ? "mode.mixed" : "mode.pubsub", { groups: groups.length }, options);
}
