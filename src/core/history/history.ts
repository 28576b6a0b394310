import { clusterLimits } from "../kafka/limits";
import { nextTimeUs } from "../sim/eventQueue";
import { bootCluster } from "../world/boot";
import { copyCluster, type Cluster } from "../world/cluster";
import { type Command, type StampedCommand, validateCommand } from "../world/command";
import type { CommandProblem } from "../world/commandKind";
import type { TimelineImage } from "../picture/image";
import { leastMissed } from "./ladder";
import { isFull } from "../world/logCap";
import { runUntil, type EventSink } from "../world/run";
import type { ClusterSpec } from "../world/spec";
import { submit } from "../world/submit";
import { lagSeries } from "../watch/lag";

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

/**
 * Where to wind to: a virtual time in µs, at which everything up to and including that moment has happened. With counts given, the exact
 * point within the moment; they hold within one engine version.
 */
export interface Target {
  readonly timeUs: number;
  readonly eventCount: number | null;
  readonly applied: number | null;
}

/** How running towards a target ended. "differs": this engine does not come past the run's own counts and commands. */
export type WindEnd = "there" | "full" | "differs";

/** Work done in slices; each tells the virtual time in µs that it came to. Until it has ended, the history is nobody else's to use. */
export type Winding = Generator<number, WindEnd, void>;

/** Events after which the next checkpoint is worth its copy: re-running as many takes some 20 ms. */
const EVENTS_PER_CHECKPOINT = 4000;

/** Events in one slice of winding, some 5 ms; and commands, each of which costs as much as a few events. */
const EVENTS_PER_SLICE = 1000;
const COMMANDS_PER_SLICE = 200;

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

export function position(history: History): Position {
  return positionOf(history.cluster, history.applied);
}

/** The commands that the world has seen, each with the count of events that it has here. */
export function appliedCommands({ journal, applied }: History): StampedCommand[] {
  return journal.slice(0, applied) as StampedCommand[]; // whatever was given again was stamped then
}

/**
 * Plays on to a virtual time in µs, giving the journal's commands where they were given, at most `maxEvents` events. Returns how many ran;
 * the clock says how far it came.
 */
export function advance(history: History, untilUs: number, maxEvents = Infinity, sink?: EventSink): number {
  const before = history.cluster.eventCount;
  if (runTowards(history, { timeUs: untilUs, eventCount: null, applied: null }, maxEvents, sink) === "differs") throw new Error("a run differs from its own journal");
  return history.cluster.eventCount - before;
}

/**
 * Gives a command at the end of the present moment: what else happens at this very time has happened, so time and order say where the
 * command stands. Where the run was wound back, its old future ends here and is returned, unless the command is refused.
 */
export function give(history: History, command: Command): { problem: CommandProblem | null; dropped: DroppedFuture | null } {
  if (history.applied >= clusterLimits.maxJournalCommands) return { problem: { reason: "journalFull", params: { value: clusterLimits.maxJournalCommands } }, dropped: null };
  const problem = validateCommand(history.cluster.topology, command);
  if (problem) return { problem, dropped: null };
  const { cluster } = history;
  const { nowUs: timeUs } = cluster;
  const dropped = dropFuture(history);
  advance(history, timeUs);
  history.journal.push(Object.freeze({ timeUs, eventCount: cluster.eventCount, command }));
  submit(cluster, command);
  history.applied++;
  runUntil(cluster, timeUs);
  history.head = headAt(cluster, history.applied);
  return { problem: null, dropped };
}

/** Winds to a target, back or ahead, from the nearest world that is known. Ended early, it leaves the run as it was. */
export function windTo(history: History, target: Target): Winding {
  return onCopy(history, nearestTo(history, target), function* () {
    for (;;) {
      const end = runTowards(history, target, EVENTS_PER_SLICE);
      if (end !== null) return end;
      yield history.cluster.nowUs;
    }
  });
}

/** Winds a copy of a world of this run, which takes the place of the present one; whoever ends it early has the run as it was. */
export function* onCopy(history: History, from: Pick<Checkpoint, "cluster" | "applied">, work: () => Winding): Winding {
  leaveHead(history);
  const before = { ...history, checkpoints: [...history.checkpoints] };
  history.cluster = copyCluster(from.cluster);
  history.applied = from.applied;
  let end: WindEnd | null = null;
  try {
    end = yield* work();
    return end;
  } finally {
    if (end === null) Object.assign(history, before);
  }
}

/**
 * Repeats the run on a copy, from the last checkpoint before a virtual time in µs up to the present, at most `maxEvents` events, for a sink
 * to see; it ends early when the sink has seen enough. The run itself stays where it is, and may go on meanwhile. "full": not all was seen.
 */
export function* watchAgain(history: History, fromUs: number, sink: EventSink, isEnough: () => boolean, maxEvents: number): Winding {
  const target = position(history);
  const from = history.checkpoints.findLast(({ timeUs }) => timeUs < fromUs) ?? (history.checkpoints[0] as Checkpoint);
  const copy: History = { ...history, cluster: copyCluster(from.cluster), applied: from.applied, checkpoints: [] };
  while (!isEnough()) {
    if (copy.cluster.eventCount - from.eventCount >= maxEvents) return "full";
    const end = runTowards(copy, target, EVENTS_PER_SLICE, sink);
    if (end !== null) return end;
    yield copy.cluster.nowUs;
  }
  return "there";
}

/** Runs a winding to its end in one go. */
export function finish(winding: Winding): WindEnd {
  for (;;) {
    const { done, value } = winding.next();
    if (done) return value;
  }
}

/** The exact point just before the command at `index` of the journal; null when there is none. */
export function targetBefore({ journal }: History, index: number): Target | null {
  const entry = journal[index];
  return entry ? { timeUs: entry.timeUs, eventCount: entry.eventCount, applied: index } : null;
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

/** Adds a checkpoint that was kept of this run while its journal was `journal`, unless the run has parted from it since. */
export function addCheckpoint(history: History, checkpoint: Checkpoint, journal: readonly JournalEntry[]): void {
  const { checkpoints } = history;
  const at = checkpoints.findIndex(({ eventCount }) => eventCount >= checkpoint.eventCount);
  if (at <= 0 || checkpoints[at]?.eventCount === checkpoint.eventCount) return;
  if (hasPoint(history, { from: checkpoint, after: journal[checkpoint.applied - 1] ?? null })) history.checkpoints = checkpoints.toSpliced(at, 0, checkpoint);
}

/** Whether the present run comes past a point, which followed that very command. */
function hasPoint({ journal, head }: History, { from, after }: Pick<DroppedFuture, "from" | "after">): boolean {
  const next = journal[from.applied];
  return (journal[from.applied - 1] ?? null) === after && isAtOrBefore(from, head) && (next?.eventCount ?? Infinity) >= from.eventCount;
}

function positionOf(cluster: Cluster, applied: number): Position {
  return { timeUs: cluster.nowUs, eventCount: cluster.eventCount, applied };
}

function headAt(cluster: Cluster, applied: number): Head {
  return { ...positionOf(cluster, applied), timeline: null, cluster: null };
}

function isAtOrBefore(one: Position, other: Position): boolean {
  return one.eventCount <= other.eventCount && one.applied <= other.applied && one.timeUs <= other.timeUs;
}

/** Runs at most so many events towards a target that lies ahead; null when it is not there yet. */
export function runTowards(history: History, target: Target, maxEvents: number, sink?: EventSink): WindEnd | null {
  const end = runStretch(history, target, maxEvents, sink);
  if (isAtHead(history)) history.head = headAt(history.cluster, history.applied);
  return end;
}

function runStretch(history: History, target: Target, maxEvents: number, sink?: EventSink): WindEnd | null {
  const { cluster } = history;
  const last = cluster.eventCount + maxEvents;
  const mostGiven = maxEvents === Infinity ? Infinity : COMMANDS_PER_SLICE;
  for (let given = 0; given < mostGiven; ) {
    const entry = commandOnTheWay(history, target);
    const end = runToMoment(cluster, entry ?? target, Math.min(last - cluster.eventCount, EVENTS_PER_CHECKPOINT), sink);
    keepCheckpoint(history);
    if (end === "there" && entry) {
      if (!repeat(history, entry)) return "differs";
      given++;
    } else if (end !== null || cluster.eventCount >= last) return end;
  }
  return null;
}

/** Runs to a moment, and within it to a number of events where one is given. */
function runToMoment(cluster: Cluster, moment: Pick<Target, "timeUs" | "eventCount">, maxEvents: number, sink?: EventSink): WindEnd | null {
  const { timeUs, eventCount } = moment;
  const wanted = (eventCount ?? Infinity) - cluster.eventCount;
  if (wanted < 0) return "differs";
  runUntil(cluster, timeUs, Math.min(wanted, maxEvents), sink);
  const nextUs = nextTimeUs(cluster.queue);
  if (eventCount === null ? nextUs > timeUs : cluster.eventCount === eventCount) {
    if (nextUs < timeUs) return "differs";
    cluster.nowUs = Math.max(cluster.nowUs, timeUs);
    return "there";
  }
  if (isFull(cluster)) return "full";
  return nextUs > timeUs ? "differs" : null;
}

function commandOnTheWay({ journal, applied }: History, target: Target): JournalEntry | null {
  const entry = journal[applied];
  if (!entry) return null;
  return (target.applied === null ? entry.timeUs <= target.timeUs : applied < target.applied) ? entry : null;
}

/** Gives a command of the journal again, unless this world refuses it. One that another engine stamped gets the count that it has here. */
function repeat(history: History, entry: JournalEntry): boolean {
  if (validateCommand(history.cluster.topology, entry.command)) return false;
  if (entry.eventCount === null) history.journal[history.applied] = Object.freeze({ ...entry, eventCount: history.cluster.eventCount });
  submit(history.cluster, entry.command);
  history.applied++;
  return true;
}

/** The latest known world that lies before a target. */
function nearestTo(history: History, target: Target): Checkpoint {
  const isBefore = (candidate: Position): boolean =>
    target.eventCount === null || target.applied === null
      ? candidate.timeUs <= target.timeUs
      : candidate.eventCount <= target.eventCount && candidate.applied <= target.applied && candidate.timeUs <= target.timeUs;
  const { head } = history;
  const present: Checkpoint = { ...position(history), cluster: history.cluster };
  const known = [...history.checkpoints.slice(1), present, ...(head.cluster ? [{ ...head, cluster: head.cluster }] : [])].filter(isBefore);
  return known.reduce((best, candidate) => (candidate.eventCount >= best.eventCount && candidate.applied >= best.applied ? candidate : best), history.checkpoints[0] as Checkpoint);
}

function currentTimeline({ cluster }: History): TimelineImage {
  const { markers, lag } = cluster.watch;
  return { startUs: 0, endUs: cluster.nowUs, markers: markers.slice(), lag: lagSeries(lag) };
}

/** Keeps the world at the furthest point before another one is put in its place. */
function leaveHead(history: History): void {
  if (isAtHead(history)) history.head = { ...position(history), timeline: currentTimeline(history), cluster: history.cluster };
}

/** A copy that is only looked at keeps none. */
function keepCheckpoint(history: History): void {
  const last = history.checkpoints.at(-1);
  if (last && history.cluster.eventCount >= last.eventCount + EVENTS_PER_CHECKPOINT) takeCheckpoint(history);
}

/** Keeps a copy of the world as it is; when there are too many, the one that is missed least goes. */
function takeCheckpoint(history: History): void {
  history.checkpoints.push({ ...position(history), cluster: copyCluster(history.cluster) });
  if (history.checkpoints.length > clusterLimits.maxCheckpoints) history.checkpoints.splice(leastMissed(history.checkpoints.map(({ eventCount }) => eventCount)), 1);
}
