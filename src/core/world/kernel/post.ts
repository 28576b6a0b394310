import type { ProduceRequest } from "../../kafka/api/produce";
import { makeRoom, schedule } from "../../sim/eventQueue";
import type { ActorId, Message } from "../../sim/message";
import { arrivalUs, isLost } from "../../sim/network";
import type { Timer } from "../../sim/timer";
import type { RecordSource } from "../../apps/program";
import { keyText } from "../../apps/recordSource";
import { isMade, type MadeBatch, ROW } from "../../kafka/records/madeBatch";
import { numberKey, numbersOf } from "../../watch/keys";
import type { Cluster, SimulationEvent } from "../cluster";
import type { Body } from "./happening";
import { share } from "../../sim/share";

/** Sends a message through the simulated network; returns its id. `requestId` is that of the request a response answers. */
export function sendMessage(cluster: Cluster, from: ActorId, to: ActorId, connection: number, body: Body, requestId: number | null): number {
  const id = cluster.nextMessage++;
  const arriveUs = arrivalUs(cluster.network, cluster.nowUs, from, to, connection);
  const message: Message<Body> = share({ id, requestId, from, to, connection, sentUs: cluster.nowUs, arriveUs, body: share(body) });
  if (body.api === "Produce" && requestId === null) numberKeys(cluster, body as ProduceRequest); // told apart by requestId
  if (!isLost(cluster.network, cluster.nowUs, from, to, connection)) scheduleEvent(cluster, arriveUs, share({ kind: "message", message }));
  return id;
}

/** Sets one of an actor's timers to a virtual time in µs; setting it again replaces it. */
export function setTimer(cluster: Cluster, id: ActorId, timer: Timer, atUs: number): void {
  let timers = cluster.timers.get(id);
  if (!timers) cluster.timers.set(id, (timers = new Map()));
  const number = cluster.nextTimer++;
  timers.set(timer.key, number);
  scheduleEvent(cluster, Math.max(atUs, cluster.nowUs), share({ kind: "timer", actor: id, timer, number }));
}

export function cancelTimer(cluster: Cluster, id: ActorId, timer: Timer): void {
  cluster.timers.get(id)?.delete(timer.key);
}

/** Has an actor look at a virtual time in µs whether something is overdue. Mostly nothing is, and then it is no event. */
export function setAlarm(cluster: Cluster, id: ActorId, atUs: number): void {
  cluster.alarms.set(id, atUs);
  cluster.nextAlarmUs = Math.min(cluster.nextAlarmUs, atUs);
}

/** Timers that were cancelled, or set again, are dropped when the queue is full. */
function scheduleEvent(cluster: Cluster, atUs: number, event: SimulationEvent): void {
  makeRoom(cluster.queue, (pending) => pending.kind !== "timer" || cluster.timers.get(pending.actor)?.get(pending.timer.key) === pending.number);
  schedule(cluster.queue, atUs, event);
}

function numberMade({ watch: { keys } }: Cluster, { source, rows }: MadeBatch): void {
  const numbers = numbersOf(keys, source);
  for (let row = 1; row < rows.length; row += ROW) {
    const keyNumber = rows[row] as number;
    if (keyNumber < 0 || (numbers[keyNumber] as number) >= 0) continue;
    const key = keyText((source as RecordSource).keys, keyNumber); // what a producer's program is
    numbers[keyNumber] = (key === null ? null : numberKey(keys, key)) ?? -1;
  }
}

function numberKeys(cluster: Cluster, request: ProduceRequest): void {
  for (const { partitionData } of request.topicData) {
    for (const { records } of partitionData) {
      if (isMade(records)) numberMade(cluster, records);
      else for (const key of records.columns.keys) if (typeof key === "string") numberKey(cluster.watch.keys, key);
    }
  }
}
