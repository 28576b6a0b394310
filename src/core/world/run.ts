import { nextTimeUs, schedule, takeNext } from "../sim/eventQueue";
import { sample } from "../watch/sample";
import { kindOf } from "./actorKind";
import { addOwnActorKinds } from "./actorKinds";
import type { Cluster, SimulationEvent } from "./cluster";
import { guardLogBytes, isFull } from "./logCap";

addOwnActorKinds();

/** Sees every event after it has run, with what it was; for traces and for stepping. */
export type EventSink = (cluster: Cluster, event: SimulationEvent) => void;

/**
 * Runs all events up to and including a virtual time in µs, at most `maxEvents` of them. Returns how many ran. When it was not stopped by
 * the budget or by a full log, the clock then stands at `untilUs`.
 */
export function runUntil(cluster: Cluster, untilUs: number, maxEvents = Infinity, sink?: EventSink): number {
  let ran = 0;
  while (nextTimeUs(cluster.queue) <= untilUs) {
    if (ran >= maxEvents || isFull(cluster)) return ran;
    runNext(cluster, sink);
    ran++;
  }
  if (untilUs > cluster.nowUs && untilUs !== Infinity) cluster.nowUs = untilUs;
  return ran;
}

/** Runs one event, whatever its time. Returns false when there is none. */
export function runNext(cluster: Cluster, sink?: EventSink): boolean {
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
  schedule(cluster.queue, cluster.nowUs, Object.freeze({ kind: "sample" }));
}

function dispatch(cluster: Cluster, event: SimulationEvent): void {
  if (event.kind === "sample") {
    schedule(cluster.queue, cluster.nowUs + sample(cluster), event);
    return;
  }
  const id = event.kind === "message" ? event.message.to : event.actor;
  const actor = cluster.actors.get(id);
  if (!actor) return;
  cluster.touched.set(id, cluster.eventCount);
  if (event.kind === "message") return kindOf(actor).onMessage(cluster, id, actor, event.message);
  const timers = cluster.timers.get(id);
  if (timers?.get(event.timer.key) !== event.number) return;
  timers.delete(event.timer.key);
  kindOf(actor).onTimer?.(cluster, id, actor, event.timer);
}
