import { clusterLimits } from "../kafka/limits";
import { bootCluster } from "./boot";
import { copyCluster, type Cluster } from "./cluster";
import type { Command, CommandProblem, StampedCommand } from "./command";
import type { TimelineImage } from "./image";
import { isFull, runNext, runUntil, type EventSink } from "./run";
import type { ClusterSpec } from "./spec";
import { submit } from "./submit";
import { lagSeries } from "./watch/lag";

/**
 * A run that can be wound back: the world now, every command given, and checkpoints on the way. Seeking copies the nearest checkpoint and
 * re-runs from there, so that what is shown is what was, byte for byte (after RaftScope's model and TigerBeetle's replay).
 */
export interface History {
  readonly spec: ClusterSpec;
  cluster: Cluster;
  /** All commands, also those after the moment the world is at now. */
  journal: StampedCommand[];
  /** How many of them the world has seen. */
  applied: number;
  /** In order; the first is the beginning. */
  checkpoints: Checkpoint[];
  /** The furthest point reached, with what the timeline shows of it. */
  head: Position & { readonly timeline: TimelineImage | null };
}

/** A point of a run: virtual time, events run, and commands seen. */
export interface Position {
  readonly timeUs: number;
  readonly eventCount: number;
  readonly applied: number;
}

export interface Checkpoint extends Position {
  readonly cluster: Cluster;
}

/** A future that was dropped: the commands from a point on, and how far it had run. */
export interface DroppedFuture {
  readonly from: Position;
  readonly journal: readonly StampedCommand[];
  readonly headTimeUs: number;
}

/** Events after which the next checkpoint is worth its copy: re-running as many takes some 20 ms. */
const EVENTS_PER_CHECKPOINT = 4000;

/** A run at its very beginning. With a journal given, running on repeats the run it came from. */
export function beginHistory(spec: ClusterSpec, journal: readonly StampedCommand[] = []): History {
  return resumeHistory(spec, journal, bootCluster(spec), 0);
}

/** A run that goes on from a world as it was kept, which has seen the first `applied` commands of the journal. */
function resumeHistory(spec: ClusterSpec, journal: readonly StampedCommand[], cluster: Cluster, applied: number): History {
  const history: History = { spec, cluster, journal: [...journal], applied, checkpoints: [], head: { ...positionOf(cluster, applied), timeline: null } };
  takeCheckpoint(history);
  return history;
}

export function position(history: History): Position {
  return positionOf(history.cluster, history.applied);
}

/**
 * Runs on to a virtual time in µs, giving the journal's commands where they were given, at most `maxEvents` events. Returns how many ran;
 * the clock says how far it came.
 */
export function advance(history: History, untilUs: number, maxEvents = Infinity, sink?: EventSink): number {
  const { cluster } = history;
  let ran = 0;
  while (!isFull(cluster)) {
    const entry = history.journal[history.applied];
    const limit = Math.min(maxEvents - ran, EVENTS_PER_CHECKPOINT);
    if (!entry || entry.timeUs > untilUs) {
      const count = runUntil(cluster, untilUs, limit, sink);
      ran += count;
      if (count < limit || ran >= maxEvents) break;
    } else if (cluster.eventCount === entry.eventCount) repeat(history, entry);
    else if (ran >= maxEvents || !runNext(cluster, sink)) break;
    else ran++;
    keepCheckpoint(history);
  }
  keepCheckpoint(history);
  moveHead(history);
  return ran;
}

/** Gives a command now. Where the run was wound back, its old future ends here and is returned, unless the command is refused. */
export function give(history: History, command: Command): { problem: CommandProblem | null; dropped: DroppedFuture | null } {
  if (history.applied >= clusterLimits.maxJournalCommands) return { problem: { reason: "journalFull", params: { value: clusterLimits.maxJournalCommands } }, dropped: null };
  const { cluster } = history;
  const { nowUs: timeUs, eventCount } = cluster;
  const problem = submit(cluster, command);
  if (problem) return { problem, dropped: null };
  const dropped = dropFuture(history, eventCount);
  history.journal.push(Object.freeze({ timeUs, eventCount, command }));
  history.applied++;
  runUntil(cluster, timeUs);
  setHead(history);
  return { problem: null, dropped };
}

/** Winds to a virtual time in µs: everything up to and including that moment has happened, nothing after it. Never beyond the furthest point reached. */
export function seek(history: History, timeUs: number): void {
  const targetUs = Math.min(timeUs, history.head.timeUs);
  rememberHead(history);
  if (targetUs < history.cluster.nowUs || nearest(history, (checkpoint) => checkpoint.timeUs <= targetUs).eventCount > history.cluster.eventCount) {
    restore(history, nearest(history, (checkpoint) => checkpoint.timeUs <= targetUs));
  }
  advance(history, targetUs);
}

/** Winds back to before the command at `index` of the journal, and drops it with everything after it. */
export function rewindBefore(history: History, index: number): DroppedFuture | null {
  const entry = history.journal[index];
  if (!entry) return null;
  rememberHead(history);
  restore(history, nearest(history, (checkpoint) => checkpoint.applied <= index && checkpoint.eventCount <= entry.eventCount));
  runToPosition(history, { timeUs: entry.timeUs, eventCount: entry.eventCount, applied: index });
  return dropFuture(history, entry.eventCount);
}

/** Brings back a dropped future: the commands given since the fork go, and the world stands at the fork with its old future ahead. */
export function restoreFuture(history: History, future: DroppedFuture): void {
  restore(history, nearest(history, (checkpoint) => isAtOrBefore(checkpoint, future.from)));
  history.journal = [...history.journal.slice(0, future.from.applied), ...future.journal];
  history.checkpoints = history.checkpoints.filter((checkpoint) => isAtOrBefore(checkpoint, future.from));
  runToPosition(history, future.from);
  // The forked run may have seen more commands than the old one has: its end is no end any more.
  setHead(history);
  const copy = copyCluster(history.cluster);
  advance(history, future.headTimeUs);
  rememberHead(history);
  history.cluster = copy;
  history.applied = future.from.applied;
}

/** Runs to an exact point: so many events, and so many commands seen. */
export function runToPosition(history: History, target: Position): void {
  const { cluster } = history;
  while (history.applied < target.applied) {
    const entry = history.journal[history.applied];
    if (!entry) throw new Error("the journal ends before the position");
    while (cluster.eventCount < entry.eventCount) if (!runNext(cluster)) throw new Error("the run ends before its journal");
    repeat(history, entry);
    keepCheckpoint(history);
  }
  while (cluster.eventCount < target.eventCount) {
    if (!runNext(cluster)) throw new Error("the run ends before the position");
    keepCheckpoint(history);
  }
  cluster.nowUs = Math.max(cluster.nowUs, target.timeUs);
  moveHead(history);
}

/** Puts the world back to a checkpoint. */
export function restore(history: History, checkpoint: Checkpoint): void {
  history.cluster = copyCluster(checkpoint.cluster);
  history.applied = checkpoint.applied;
}

/** The latest checkpoint for which the condition holds; the beginning when there is none. */
export function nearest(history: History, isFine: (checkpoint: Checkpoint) => boolean): Checkpoint {
  return history.checkpoints.findLast(isFine) ?? (history.checkpoints[0] as Checkpoint);
}

/** The timeline up to the furthest point, wherever the world stands now. */
export function timelineOf(history: History): TimelineImage {
  return (isAtHead(history) ? null : history.head.timeline) ?? currentTimeline(history);
}

export function isAtHead(history: History): boolean {
  const { head, cluster, applied } = history;
  return applied >= head.applied && cluster.eventCount >= head.eventCount && cluster.nowUs >= head.timeUs;
}

function positionOf(cluster: Cluster, applied: number): Position {
  return { timeUs: cluster.nowUs, eventCount: cluster.eventCount, applied };
}

function isAtOrBefore(one: Position, other: Position): boolean {
  return one.eventCount <= other.eventCount && one.applied <= other.applied && one.timeUs <= other.timeUs;
}

function currentTimeline({ cluster }: History): TimelineImage {
  const { markers, lag } = cluster.watch;
  return { startUs: 0, endUs: cluster.nowUs, markers: markers.slice(), lag: lagSeries(lag) };
}

function repeat(history: History, { timeUs, command }: StampedCommand): void {
  history.cluster.nowUs = Math.max(history.cluster.nowUs, timeUs);
  const problem = submit(history.cluster, command);
  if (problem) throw new Error(`a repeated command was refused: ${problem.reason}`);
  history.applied++;
}

/** Everything after the present point is gone; returns it if there was anything. */
function dropFuture(history: History, eventCount: number): DroppedFuture | null {
  const from = { timeUs: history.cluster.nowUs, eventCount, applied: history.applied };
  const hasFuture = history.journal.length > history.applied || history.head.eventCount > eventCount || history.head.timeUs > from.timeUs;
  const dropped = { from, journal: history.journal.slice(history.applied), headTimeUs: history.head.timeUs };
  history.journal.length = history.applied;
  history.checkpoints = history.checkpoints.filter((checkpoint, index) => index === 0 || isAtOrBefore(checkpoint, from));
  setHead(history);
  return hasFuture ? dropped : null;
}

function rememberHead(history: History): void {
  if (isAtHead(history)) history.head = { ...position(history), timeline: currentTimeline(history) };
}

function setHead(history: History): void {
  history.head = { ...position(history), timeline: null };
}

function moveHead(history: History): void {
  if (isAtHead(history)) setHead(history);
}

function keepCheckpoint(history: History): void {
  const last = history.checkpoints.at(-1) as Checkpoint;
  if (history.cluster.eventCount >= last.eventCount + EVENTS_PER_CHECKPOINT) takeCheckpoint(history);
}

/** Keeps a copy of the world as it is; of the older half every second goes when there are too many. */
function takeCheckpoint(history: History): void {
  history.checkpoints.push({ ...position(history), cluster: copyCluster(history.cluster) });
  const { length } = history.checkpoints;
  if (length > clusterLimits.maxCheckpoints) history.checkpoints = history.checkpoints.filter((_, index) => index === 0 || index > length / 2 || index % 2 === 0);
}
