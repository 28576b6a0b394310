import { clusterLimits } from "../kafka/limits";
import { copyCluster } from "../world/cluster";
import { type History, type JournalEntry, type Position, type Checkpoint, position, hasPoint } from "./history";
import { leastMissed } from "./ladder";
import type { Target } from "./target";

/** Events after which the next checkpoint is worth its copy: re-running as many takes some 20 ms. */
export const EVENTS_PER_CHECKPOINT = 8000;

/** Adds a checkpoint that was kept of this run while its journal was `journal`, unless the run has parted from it since. */
export function addCheckpoint(history: History, checkpoint: Checkpoint, journal: readonly JournalEntry[]): void {
  const { checkpoints } = history;
  const at = checkpoints.findIndex(({ eventCount }) => eventCount >= checkpoint.eventCount);
  if (at <= 0 || checkpoints[at]?.eventCount === checkpoint.eventCount) return;
  if (hasPoint(history, { from: checkpoint, after: journal[checkpoint.applied - 1] ?? null })) history.checkpoints = checkpoints.toSpliced(at, 0, checkpoint);
}

/** The latest known world that lies before a target. */
export function nearestTo(history: History, target: Target): Checkpoint {
  const isBefore = (candidate: Position): boolean =>
    target.eventCount === null || target.applied === null
      ? candidate.timeUs <= target.timeUs
      : candidate.eventCount <= target.eventCount && candidate.applied <= target.applied && candidate.timeUs <= target.timeUs;
  const { head } = history;
  const present: Checkpoint = { ...position(history), cluster: history.cluster };
  const known = [...history.checkpoints.slice(1), present, ...(head.cluster ? [{ ...head, cluster: head.cluster }] : [])].filter(isBefore);
  return known.reduce((best, candidate) => (candidate.eventCount >= best.eventCount && candidate.applied >= best.applied ? candidate : best), history.checkpoints[0] as Checkpoint);
}

/** A copy that is only looked at keeps none. */
export function keepCheckpoint(history: History): void {
  const last = history.checkpoints.at(-1);
  if (last && history.cluster.eventCount >= last.eventCount + EVENTS_PER_CHECKPOINT) takeCheckpoint(history);
}

/** Keeps a copy of the world as it is; when there are too many, the one that is missed least goes. */
export function takeCheckpoint(history: History): void {
  history.checkpoints.push({ ...position(history), cluster: copyCluster(history.cluster) });
  if (history.checkpoints.length > clusterLimits.maxCheckpoints) history.checkpoints.splice(leastMissed(history.checkpoints.map(({ eventCount }) => eventCount)), 1);
}
