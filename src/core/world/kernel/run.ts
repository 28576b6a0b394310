import type { ActorId } from "../../sim/message";
import { isBroker } from "../../broker/broker";
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
  let isAll = true;
  for (;;) {
    const nextUs = nextTimeUs(cluster.queue);
    const isAlarm = cluster.nextAlarmUs < nextUs;
    if ((isAlarm ? cluster.nextAlarmUs : nextUs) > untilUs) break;
    // To look and find nothing is no event: whoever asks for no more of them has it behind it all the same.
    isAll = !isFull(cluster) && (cluster.eventCount - first < maxEvents || (isAlarm && findsNothing(cluster)));
    if (!isAll) break;
    if (isAlarm) ringAlarm(cluster, sink);
    else runEvent(cluster, sink);
  }
  if (isAll && untilUs > cluster.nowUs && untilUs !== Infinity) cluster.nowUs = untilUs;
  catchUp(cluster);
  return cluster.eventCount - first;
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
  sink?.(cluster, event);
  return true;
}

export function startSampling(cluster: Cluster): void {
  schedule(cluster.queue, cluster.nowUs, share({ kind: "sample" }));
}

/** The first of those who wanted to looks whether something is overdue. */
function ringAlarm(cluster: Cluster, sink?: EventSink): void {
  const id = firstToLook(cluster);
  cluster.nowUs = Math.max(cluster.nowUs, Math.min(cluster.nextAlarmUs, nextTimeUs(cluster.queue)));
  if (id !== undefined) cluster.alarms.delete(id);
  cluster.nextAlarmUs = Math.min(Infinity, ...cluster.alarms.values());
  const actor = id === undefined ? undefined : cluster.actors.get(id);
  if (id === undefined || !actor || !happen(cluster, id, actor, ALARM)) return;
  cluster.eventCount++;
  cluster.touched.set(id, cluster.eventCount);
  sink?.(cluster, share({ kind: "alarm", actor: id }));
}

function firstToLook({ alarms, nextAlarmUs }: Cluster): ActorId | undefined {
  for (const [id, atUs] of alarms) if (atUs <= nextAlarmUs) return id;
  return undefined;
}

function findsNothing(cluster: Cluster): boolean {
  const id = firstToLook(cluster);
  const actor = id === undefined ? undefined : cluster.actors.get(id);
  return id === undefined || !actor || (!cluster.frozen.has(id) && !kindOf(actor).isOverdue?.(actor, Math.max(cluster.nowUs, cluster.nextAlarmUs)));
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
  if (event.kind === "timer") cluster.timers.get(id)?.delete(event.timer.key);
  happen(cluster, id, actor, event);
  if (isBroker(actor)) guardLogBytes(cluster);
}
