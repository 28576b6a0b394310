import type { Cluster } from "../world/cluster";
import { leaderLogs } from "./actual";
import { groupWaiting } from "./position";
import { say } from "./say";
import type { LagSample, Trend } from "./watch";
import { share } from "../sim/share";

/** How long something must go on before it is a trend, virtual µs. */
const WHILE_US = 10_000_000;
/** Records: fewer are no matter. */
const FEW = 10;
/** Of what arrived meanwhile: less is how consumers breathe. */
const SHARE = 0.02;
/** So few wait in a group that keeps up. */
const CAUGHT_UP = 3;

/** Looks at every group once; to be called at regular moments. Says when a group that was behind has caught up. */
export function watchTrends(cluster: Cluster): void {
  const { trends } = cluster.watch;
  for (const groupId of trends.keys()) if (!cluster.topology.groups.has(groupId)) trends.delete(groupId);
  for (const groupId of cluster.topology.groups.keys()) {
    let trend = trends.get(groupId);
    if (!trend) trends.set(groupId, (trend = { direction: null, samples: [] }));
    trend.samples.push(share({ timeUs: cluster.nowUs, lag: groupWaiting(cluster, groupId), ends: endsOf(cluster, groupId) }));
    while (trend.samples.length > 2 && (trend.samples[1] as LagSample).timeUs <= cluster.nowUs - WHILE_US) trend.samples.shift();
    const before = trend.direction;
    trend.direction = directionOf(trend);
    if (before !== null && trend.direction === null && (trend.samples.at(-1)?.lag ?? 0) <= CAUGHT_UP) say(cluster, "lag.drained", { group: groupId });
  }
}

/** A trend is what both halves of the while show; one that has begun goes on with less. */
function directionOf({ samples, direction }: Trend): Trend["direction"] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.timeUs - first.timeUs < WHILE_US) return direction;
  if (last.lag <= CAUGHT_UP) return null;
  const middle = samples[samples.length >> 1] as LagSample;
  const rise = last.lag - first.lag;
  const now = rise > 0 ? "growing" : "draining";
  const least = Math.max(FEW, SHARE * (last.ends - first.ends));
  const isSteady = Math.abs(rise) >= least && (middle.lag - first.lag) / rise >= 0.25 && (last.lag - middle.lag) / rise >= 0.25;
  return isSteady || (direction === now && Math.abs(rise) >= least / 2) ? now : null;
}

function endsOf({ watch: { actual }, topology }: Cluster, groupId: string): number {
  const logs = (topology.groups.get(groupId)?.topics ?? []).flatMap((topic) => leaderLogs(actual, topic));
  return logs.reduce((ends, { highWatermark }) => ends + highWatermark, 0);
}
