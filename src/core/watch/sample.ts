import type { Cluster } from "../world/cluster";
import { sampleLag } from "./lag";
import { groupWaiting } from "./position";
import { watchTrends } from "./trends";

/** The watchers look at every group. Returns when they want to look again, in virtual µs from now. */
export function sample(cluster: Cluster): number {
  const { watch, topology, nowUs } = cluster;
  sampleLag(watch.lag, nowUs, new Map([...topology.groups.keys()].map((groupId) => [groupId, groupWaiting(cluster, groupId)])));
  watchTrends(cluster);
  return watch.lag.intervalUs;
}
