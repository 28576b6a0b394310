import type { Cluster } from "../world/cluster";
import { sampleLag } from "./lag";
import { groupWaiting } from "./position";
import { watchTrends } from "./trends";

/** The watchers look at every group, and at what is ready or unacknowledged in every queue. Returns when they want to look again, in virtual µs from now. */
export function sample(cluster: Cluster): number {
  const { watch, topology, nowUs } = cluster;
  const waiting = new Map([...topology.groups.keys()].map((groupId) => [groupId, groupWaiting(cluster, groupId)]));
  // No group is called so: a name has no line break.
  for (const [queue, { ready, held }] of watch.amqp?.actual ?? []) waiting.set(`queue\n${queue}`, ready.count + held.size);
  sampleLag(watch.lag, nowUs, waiting);
  watchTrends(cluster);
  return watch.lag.intervalUs;
}
