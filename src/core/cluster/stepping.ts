import { copyCluster, type Cluster, type SimulationEvent } from "./cluster";
import { advance, nearest, position, restore, runToPosition, type History, type Position } from "./history";
import { runNext } from "./run";
import { nextTimeUs } from "../sim/eventQueue";
import { WORK_TIMER } from "../clients/consumer/waiting";

/** Events run at most to find the next one that shows; an empty world would otherwise never come to an end. */
const MOST_EVENTS = 20_000;

const QUIET: ReadonlySet<string> = new Set(["Heartbeat", "Metadata"]);

/** Whether an event is one that a person sees: a request or response arriving, or a record finished. */
function isVisible(event: SimulationEvent): boolean {
  if (event.kind === "message") return !QUIET.has(event.message.body.api);
  return event.kind === "timer" && event.name === WORK_TIMER;
}

/** Runs to the next visible event, over whatever idle time lies before it. Returns whether there was one. */
export function stepForward(history: History): boolean {
  for (let count = 0; count < MOST_EVENTS; count++) {
    const nextUs = nextTimeUs(history.cluster.queue);
    const entry = history.journal[history.applied];
    if (entry && entry.timeUs <= nextUs && entry.eventCount <= history.cluster.eventCount) {
      advance(history, entry.timeUs, 0);
      return true;
    }
    if (nextUs === Infinity) return false;
    let visible = false;
    runNext(history.cluster, (_cluster, event) => (visible = isVisible(event)));
    if (visible) {
      advance(history, history.cluster.nowUs, 0);
      return true;
    }
  }
  return false;
}

/** Winds back to the visible event before this moment. Returns whether there was one. */
export function stepBack(history: History): boolean {
  const now = position(history);
  advance(history, now.timeUs, 0);
  for (let at = history.checkpoints.length - 1; at >= 0; at--) {
    const checkpoint = history.checkpoints[at];
    if (!checkpoint || checkpoint.eventCount >= now.eventCount) continue;
    const target = lastVisibleBefore(history, checkpoint.cluster, checkpoint.applied, now);
    if (!target && at > 0) continue;
    restore(history, nearest(history, (candidate) => candidate === checkpoint));
    if (target) runToPosition(history, target);
    return target !== null;
  }
  return false;
}

/** The last visible event's position from a checkpoint on, before a point. */
function lastVisibleBefore(history: History, from: Cluster, applied: number, end: Position): Position | null {
  const scratch: History = { ...history, cluster: copyCluster(from), applied, checkpoints: [...history.checkpoints] };
  let last: Position | null = null;
  while (scratch.cluster.eventCount < end.eventCount) {
    const entry = scratch.journal[scratch.applied];
    if (entry && entry.eventCount === scratch.cluster.eventCount) {
      advance(scratch, entry.timeUs, 0);
      continue;
    }
    let visible = false;
    if (!runNext(scratch.cluster, (_cluster, event) => (visible = isVisible(event)))) break;
    if (visible && scratch.cluster.eventCount < end.eventCount) last = position(scratch);
  }
  return last;
}
