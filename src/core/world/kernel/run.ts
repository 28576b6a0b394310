import { nextTimeUs, schedule, takeNext } from "../../sim/eventQueue";
import { sample } from "../../watch/sample";
import { kindOf } from "../actorKind";
import { addOwnActorKinds } from "../actorKinds";
import type { Cluster, SimulationEvent } from "../cluster";
import { happen } from "./happen";
import type { Happening } from "./happening";
import { guardLogBytes, isFull } from "./logCap";
import { share } from "../../sim/share";

addOwnActorKinds();

const ALARM: Happening = share({ kind: "alarm" });

/** Sees every event after it has run, with what it was; for traces and for stepping. */
export type EventSink = (cluster: Cluster, event: SimulationEvent) => void;

/**
 * Runs all events up to and including a virtual time in µs, at most `maxEvents` of them. Returns how many ran. When it was not stopped by
 * the budget or by a full log, the clock then stands at `untilUs`.
 */
export function runUntil(cluster: Cluster, untilUs: number, maxEvents = Infinity, sink?: EventSink): number {
  const first = cluster.eventCount;
  const ran = (): number => cluster.eventCount - first;
  let isAll = true;
  while (isAll && Math.min(nextTimeUs(cluster.queue), cluster.nextAlarmUs) <= untilUs) {
    isAll = ran() < maxEvents && !isFull(cluster);
    if (!isAll) break;
    if (cluster.nextAlarmUs < nextTimeUs(cluster.queue)) ringAlarm(cluster, sink);
    else runEvent(cluster, sink);
  }
  if (isAll && untilUs > cluster.nowUs && untilUs !== Infinity) cluster.nowUs = untilUs;
  catchUp(cluster);
  return ran();
}

/** Whenever a world stands still, whoever does something by itself has done it. */
function catchUp(cluster: Cluster): void {
  for (const [id, actor] of cluster.actors) if (!cluster.frozen.has(id)) kindOf(actor).catchUp?.(cluster, id, actor);
}

/** Runs one event, whatever its time. Returns false when there is none. */
export function runNext(cluster: Cluster, sink?: EventSink): boolean {
  const hasRun = runEvent(cluster, sink);
  catchUp(cluster);
  return hasRun;
}

function runEvent(cluster: Cluster, sink?: EventSink): boolean {
  const timeUs = nextTimeUs(cluster.queue);
  if (timeUs === Infinity) return false;
  cluster.nowUs = timeUs;
  const event = takeNext(cluster.queue);
  cluster.eventCount++;
  dispatch(cluster, event);
  guardLogBytes(cluster);
  sink?.(cluster, event);
  return true;
}

export function startSampling(cluster: Cluster): void {
  schedule(cluster.queue, cluster.nowUs, share({ kind: "sample" }));
}

/** The first of those who wanted to looks whether something is overdue. */
function ringAlarm(cluster: Cluster, sink?: EventSink): void {
  const [id] = [...cluster.alarms].find(([, atUs]) => atUs <= cluster.nextAlarmUs) ?? [];
  cluster.nowUs = Math.max(cluster.nowUs, Math.min(cluster.nextAlarmUs, nextTimeUs(cluster.queue)));
  if (id !== undefined) cluster.alarms.delete(id);
  cluster.nextAlarmUs = Math.min(Infinity, ...cluster.alarms.values());
  const actor = id === undefined ? undefined : cluster.actors.get(id);
  if (id === undefined || !actor || !happen(cluster, id, actor, ALARM)) return;
  cluster.eventCount++;
  cluster.touched.set(id, cluster.eventCount);
  sink?.(cluster, share({ kind: "alarm", actor: id }));
}

function dispatch(cluster: Cluster, event: SimulationEvent): void {
  if (event.kind === "sample") {
    schedule(cluster.queue, cluster.nowUs + sample(cluster), event);
    return;
  }
  const id = event.kind === "message" ? event.message.to : event.actor;
  const actor = cluster.actors.get(id);
  if (!actor || event.kind === "alarm") return;
  cluster.touched.set(id, cluster.eventCount);
  if (event.kind === "message") {
    happen(cluster, id, actor, event);
    return;
  }
  const timers = cluster.timers.get(id);
  if (timers?.get(event.timer.key) !== event.number) return;
  timers.delete(event.timer.key);
  happen(cluster, id, actor, event);
}
