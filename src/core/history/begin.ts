import { bootCluster } from "../world/boot";
import type { Cluster } from "../world/cluster";
import type { ClusterSpec } from "../world/spec";
import { takeCheckpoint } from "./checkpoints";
import { type History, type JournalEntry, headAt } from "./history";

/** A run at its very beginning. With a journal given, running on repeats the run it came from. */
export function beginHistory(spec: ClusterSpec, journal: readonly JournalEntry[] = []): History {
  const cluster = bootCluster(spec);
  const history: History = { spec, cluster, journal: [...journal], applied: 0, checkpoints: [], head: headAt(cluster, 0) };
  takeCheckpoint(history);
  return history;
}

/** The world of a run that has just begun, as it was kept later: it goes on from there. The beginning stays reachable. */
export function resumeHistory(history: History, cluster: Cluster, applied: number): void {
  history.cluster = cluster;
  history.applied = applied;
  history.head = headAt(cluster, applied);
  takeCheckpoint(history);
}
