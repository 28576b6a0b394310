import { copyCluster, type Cluster } from "../world/cluster";
import { type History, type JournalEntry, type Position, type Checkpoint, type Head, position, isAtHead, hasPoint, headAt, isAtOrBefore, leaveHead } from "./history";

/** A future that a fork has ended, whole: the world where it began, its commands, its checkpoints, and its furthest point. */
export interface DroppedFuture {
  readonly from: Position;
  readonly cluster: Cluster;
  /** The command before it, by which its place in a journal is known. */
  readonly after: JournalEntry | null;
  readonly journal: readonly JournalEntry[];
  readonly checkpoints: readonly Checkpoint[];
  readonly head: Head;
}

/** Ends the run at the present point. Returns what lay beyond it, or null when nothing did. */
export function dropFuture(history: History): DroppedFuture | null {
  if (isAtHead(history) && history.journal.length === history.applied) return null;
  const from = position(history);
  const { journal, checkpoints, head } = history;
  history.journal = journal.slice(0, from.applied);
  history.checkpoints = checkpoints.filter((checkpoint, index) => index === 0 || isAtOrBefore(checkpoint, from));
  history.head = headAt(history.cluster, from.applied);
  return {
    from,
    cluster: copyCluster(history.cluster),
    after: journal[from.applied - 1] ?? null,
    journal: journal.slice(from.applied),
    checkpoints: checkpoints.filter((checkpoint) => !history.checkpoints.includes(checkpoint)),
    head,
  };
}

/**
 * Puts a dropped future back in place of the one there is: the world stands where the two part, with the old future ahead, exactly as it
 * was. Returns what it took the place of, or null when this future does not belong to this run.
 */
export function swapFuture(history: History, future: DroppedFuture): DroppedFuture | null {
  const { from } = future;
  if (!hasPoint(history, future)) return null;
  leaveHead(history);
  history.cluster = copyCluster(future.cluster);
  history.applied = from.applied;
  const { head } = history;
  const replaced = dropFuture(history) ?? { from, cluster: future.cluster, after: future.after, journal: [], checkpoints: [], head };
  history.journal = [...history.journal, ...future.journal];
  history.checkpoints = [...history.checkpoints, ...future.checkpoints];
  history.head = future.head;
  return replaced;
}
