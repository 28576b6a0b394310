import type { ProduceRequest } from "../../kafka/api/produce";
import { reschedule, schedule, unschedule } from "../../sim/eventQueue";
import type { ActorId, Message } from "../../sim/message";
import { arrivalUs, isLost } from "../../sim/network";
import type { Timer } from "../../sim/timer";
import type { RecordSource } from "../../apps/program";
import { keyText } from "../../apps/recordSource";
import { isMade, type MadeBatch, ROW } from "../../kafka/records/madeBatch";
import { numberKey, numbersOf } from "../../watch/keys";
import type { Cluster } from "../cluster";
import type { Body } from "./happening";
import { guard, share } from "../../sim/share";

/** Sends a message through the simulated network; returns its id. `requestId` is that of the request a response answers. */
export function sendMessage(cluster: Cluster, from: ActorId, to: ActorId, connection: number, body: Body, requestId: number | null): number {
  const id = cluster.nextMessage++;
  const arriveUs = arrivalUs(cluster.network, cluster.nowUs, from, to, connection);
  const message: Message<Body> = { id, requestId, from, to, connection, sentUs: cluster.nowUs, arriveUs, body };
  if (body.api === "Produce" && requestId === null) numberKeys(cluster, body as ProduceRequest); // told apart by requestId
  if (!isLost(cluster.network, cluster.nowUs, from, to, connection)) schedule(cluster.queue, arriveUs, guard({ kind: "message", message }));
  return id;
}

/** Sets one of an actor's timers to a virtual time in µs; setting it again replaces it. */
export function setTimer(cluster: Cluster, id: ActorId, timer: Timer, atUs: number): void {
  let timers = cluster.timers.get(id);
  if (!timers) cluster.timers.set(id, (timers = new Map()));
  const timeUs = Math.max(atUs, cluster.nowUs);
  const slot = timers.get(timer.key);
  if (slot === undefined) timers.set(timer.key, schedule(cluster.queue, timeUs, share({ kind: "timer", actor: id, timer })));
  else reschedule(cluster.queue, slot, timeUs);
}

export function cancelTimer(cluster: Cluster, id: ActorId, timer: Timer): void {
  const timers = cluster.timers.get(id);
  const slot = timers?.get(timer.key);
  if (timers === undefined || slot === undefined) return;
  timers.delete(timer.key);
  unschedule(cluster.queue, slot);
}

/** All of an actor that is gone. */
export function dropTimers(cluster: Cluster, id: ActorId): void {
  for (const slot of cluster.timers.get(id)?.values() ?? []) unschedule(cluster.queue, slot);
  cluster.timers.delete(id);
}

/** Has an actor look at a virtual time in µs whether something is overdue. Mostly nothing is, and then it is no event. */
export function setAlarm(cluster: Cluster, id: ActorId, atUs: number): void {
  cluster.alarms.set(id, atUs);
  cluster.nextAlarmUs = Math.min(cluster.nextAlarmUs, atUs);
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
