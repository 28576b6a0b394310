import { isBroker } from "../../broker/broker";
import { clusterLimits } from "../../kafka/limits";
import { say } from "../../watch/say";
import { actorsOf, type Cluster } from "../cluster";
import { isInternalTopic } from "../../kafka/names";

const CAP = "maxLogBytesInMemory";

/** Logs are kept in memory up to a cap; beyond it the world stands still, and says so. */
export function isFull(cluster: Cluster): boolean {
  return cluster.watch.limitsReached.has(CAP);
}

/**
 * Looks at what is stored in all logs, internal ones too. What a topic holds that is to be deleted counts no more: the world goes on, so
 * that it can be.
 */
export function guardLogBytes(cluster: Cluster): void {
  const { watch } = cluster;
  const isTooMuch = storedBytes(cluster) > clusterLimits[CAP];
  if (isTooMuch === isFull(cluster)) return;
  if (!isTooMuch) return void watch.limitsReached.delete(CAP);
  watch.limitsReached.set(CAP, clusterLimits[CAP]);
  say(cluster, "limit.reached", { limit: CAP, value: clusterLimits[CAP] }, { marker: "bad" });
}

/** Asked after every event: it looks at brokers alone. */
function storedBytes(cluster: Cluster): number {
  let bytes = 0;
  for (const id of cluster.actorsByNodeId.values()) {
    const broker = cluster.actors.get(id);
    if (isBroker(broker)) bytes += broker.logBytes;
  }
  if (bytes <= clusterLimits[CAP]) return bytes;
  for (const [, { logs }] of actorsOf(cluster, isBroker)) {
    for (const { topic, sizeInBytes } of logs.values()) if (!isInternalTopic(topic) && !cluster.topology.topics.has(topic)) bytes -= sizeInBytes;
  }
  return bytes;
}
