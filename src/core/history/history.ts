import type { TimelineImage } from "../picture/image";
import { lagSeries } from "../watch/lag";
import type { Cluster } from "../world/cluster";
import type { StampedCommand } from "../world/command";
import type { ClusterSpec } from "../world/spec";

/**
 * A run that can be wound back: the world now, every command given, and checkpoints on the way. Winding copies the nearest checkpoint and
 * re-runs from there, so that what is shown is what was, byte for byte (after RaftScope's model and TigerBeetle's replay).
 */
export interface History {
  readonly spec: ClusterSpec;
  cluster: Cluster;
  /** All commands, also those after the moment the world is at now. */
  journal: JournalEntry[];
  /** How many of them the world has seen. */
  applied: number;
  /** In order; the first is the beginning. */
  checkpoints: Checkpoint[];
  /** The furthest point reached. */
  head: Head;
}

/**
 * A command at its place in a run: its time and its order say where it stands. The count of events is a check within one engine version;
 * null where another engine made the run, until this one has come there.
 */
export interface JournalEntry extends Omit<StampedCommand, "eventCount"> {
  readonly eventCount: number | null;
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

/** The furthest point reached, with what the timeline shows of it and the world there; both null while the world stands at it. */
export interface Head extends Position {
  readonly timeline: TimelineImage | null;
  readonly cluster: Cluster | null;
}

export function position(history: History): Position {
  return positionOf(history.cluster, history.applied);
}

/** The commands that the world has seen, each with the count of events that it has here. */
export function appliedCommands({ journal, applied }: History): StampedCommand[] {
  return journal.slice(0, applied) as StampedCommand[]; // whatever was given again was stamped then
}

/** The timeline up to the furthest point, wherever the world stands now. */
export function timelineOf(history: History): TimelineImage {
  return (isAtHead(history) ? null : history.head.timeline) ?? currentTimeline(history);
}

export function isAtHead(history: History): boolean {
  const { head, cluster, applied } = history;
  return applied >= head.applied && cluster.eventCount >= head.eventCount && cluster.nowUs >= head.timeUs;
}

/** The world at the furthest point, wherever it stands now. */
export function headCluster(history: History): Cluster {
  return isAtHead(history) ? history.cluster : (history.head.cluster ?? history.cluster);
}

/** Whether the present run comes past a point, which followed that very command. */
export function hasPoint({ journal, head }: History, { from, after }: { readonly from: Position; readonly after: JournalEntry | null }): boolean {
  const next = journal[from.applied];
  return (journal[from.applied - 1] ?? null) === after && isAtOrBefore(from, head) && (next?.eventCount ?? Infinity) >= from.eventCount;
}

function positionOf(cluster: Cluster, applied: number): Position {
  return { timeUs: cluster.nowUs, eventCount: cluster.eventCount, applied };
}

export function headAt(cluster: Cluster, applied: number): Head {
  return { ...positionOf(cluster, applied), timeline: null, cluster: null };
}

export function isAtOrBefore(one: Position, other: Position): boolean {
  return one.eventCount <= other.eventCount && one.applied <= other.applied && one.timeUs <= other.timeUs;
}

function currentTimeline({ cluster }: History): TimelineImage {
  const { markers, lag } = cluster.watch;
  return { startUs: 0, endUs: cluster.nowUs, markers: markers.slice(), lag: lagSeries(lag) };
}

/** Keeps the world at the furthest point before another one is put in its place. */
export function leaveHead(history: History): void {
  if (isAtHead(history)) history.head = { ...position(history), timeline: currentTimeline(history), cluster: history.cluster };
}
