import { WORK_TIMER } from "../clients/consumer/waiting";
import { nextTimeUs } from "../sim/eventQueue";
import { copyCluster, type SimulationEvent } from "../world/cluster";
import { onCopy, runTowards, windTo, type Winding } from "./winding";
import { isQuiet } from "../world/kernel/quiet";
import { position, type Checkpoint, type History, type Position } from "./history";

/** Events run at most to find the next one that shows; an empty world would otherwise never come to an end. */
const MOST_EVENTS = 20_000;
const EVENTS_PER_SLICE = 1000;

/** Winds to the next thing that shows, over whatever idle time lies before it: a visible event, or a command of the journal. */
export function stepForward(history: History): Winding {
  return onCopy(history, { ...position(history), cluster: history.cluster }, function* () {
    for (let count = 1; count <= MOST_EVENTS; count++) {
      const step = stepOnce(history);
      if (step !== "quiet") break;
      if (count % EVENTS_PER_SLICE === 0) yield history.cluster.nowUs;
    }
    return "there";
  });
}

/** Winds back to the last thing that showed before this moment; to where it stands when there is none. */
export function* stepBack(history: History): Winding {
  const now = position(history);
  for (const checkpoint of history.checkpoints.filter((candidate) => isBefore(candidate, now)).reverse()) {
    const target = yield* lastStopBefore(history, checkpoint, now);
    if (target) return yield* windTo(history, target);
  }
  return "there";
}

/** The last stop from a checkpoint on, before a point; null when there is none. */
function* lastStopBefore(history: History, checkpoint: Checkpoint, end: Position): Generator<number, Position | null, void> {
  const scratch: History = { ...history, cluster: copyCluster(checkpoint.cluster), applied: checkpoint.applied, checkpoints: [...history.checkpoints] };
  let last: Position | null = null;
  for (let count = 1; ; count++) {
    const step = stepOnce(scratch);
    if (step === "end" || !isBefore(position(scratch), end)) return last;
    if (step === "visible") last = position(scratch);
    if (count % EVENTS_PER_SLICE === 0) yield scratch.cluster.nowUs;
  }
}

/** Runs one event, or gives one command that is due; says whether that shows. */
function stepOnce(history: History): "visible" | "quiet" | "end" {
  const { cluster, applied } = history;
  const nextUs = nextTimeUs(cluster.queue);
  const entry = history.journal[applied];
  if (entry && (entry.eventCount === null ? nextUs > entry.timeUs : cluster.eventCount >= entry.eventCount)) {
    runTowards(history, { timeUs: entry.timeUs, eventCount: cluster.eventCount, applied: applied + 1 }, 0);
    return "visible";
  }
  if (nextUs === Infinity) return "end";
  let visible = false;
  runTowards(history, { timeUs: nextUs, eventCount: cluster.eventCount + 1, applied }, 1, (_cluster, event) => (visible = isVisible(event)));
  return visible ? "visible" : "quiet";
}

/** Whether an event is one that a person sees: a request or response arriving, or a record finished. */
function isVisible(event: SimulationEvent): boolean {
  if (event.kind === "message") return !isQuiet(event.message.body);
  return event.kind === "timer" && event.timer.kind === WORK_TIMER.kind;
}

function isBefore(one: Position, other: Position): boolean {
  return one.eventCount < other.eventCount || (one.eventCount === other.eventCount && one.applied < other.applied);
}
