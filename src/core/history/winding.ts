import { nextTimeUs } from "../sim/eventQueue";
import { copyCluster, type Cluster } from "../world/cluster";
import { validateCommand } from "../world/command";
import { isFull } from "../world/kernel/logCap";
import { runUntil, type EventSink } from "../world/kernel/run";
import { submit } from "../world/submit";
import { EVENTS_PER_CHECKPOINT, nearestTo, keepCheckpoint } from "./checkpoints";
import { type History, type JournalEntry, type Checkpoint, position, isAtHead, headAt, leaveHead } from "./history";
import type { Target } from "./target";
import { share } from "../sim/share";

/** How running towards a target ended. "differs": this engine does not come past the run's own counts and commands. */
export type WindEnd = "there" | "full" | "differs";

/** Work done in slices; each tells the virtual time in µs that it came to. Until it has ended, the history is nobody else's to use. */
export type Winding = Generator<number, WindEnd, void>;

/** Events in one slice of winding, some 5 ms; and commands, each of which costs as much as a few events. */
const EVENTS_PER_SLICE = 1000;

const COMMANDS_PER_SLICE = 200;

/**
 * Plays on to a virtual time in µs, giving the journal's commands where they were given, at most `maxEvents` events. Returns how many ran;
 * the clock says how far it came.
 */
export function advance(history: History, untilUs: number, maxEvents = Infinity, sink?: EventSink): number {
  const before = history.cluster.eventCount;
  if (runTowards(history, { timeUs: untilUs, eventCount: null, applied: null }, maxEvents, sink) === "differs") throw new Error("a run differs from its own journal");
  return history.cluster.eventCount - before;
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
  if (entry.eventCount === null) history.journal[history.applied] = share({ ...entry, eventCount: history.cluster.eventCount });
  submit(history.cluster, entry.command);
  history.applied++;
  return true;
}
