import { handleBrokerTimer, handleRequest } from "../broker/handleRequest";
import { handleConsumerResponse, handleConsumerTimer } from "../clients/consumer/handle";
import { handleProducerResponse, handleProducerTimer } from "../clients/producer/handle";
import type { ApiRequest, ApiResponse } from "../kafka/api";
import { ErrorCode, errorName } from "../kafka/errors";
import { nextTimeUs, schedule, takeNext } from "../sim/eventQueue";
import type { Message } from "../sim/message";
import { brokerContext, clientContext } from "./actors";
import type { Body, Cluster, SimulationEvent } from "./cluster";
import { guardLogBytes, isFull } from "./logCap";
import { observeExpiry } from "../watch/crashed";
import { sampleLag } from "../watch/lag";
import { groupWaiting } from "../watch/position";
import { say } from "../watch/say";
import { watchTrends } from "../watch/trends";

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
  if (event.kind === "message") return deliver(cluster, event.message);
  if (event.kind === "sample") return sample(cluster);
  const { actor: id, name, number } = event;
  const timers = cluster.timers.get(id);
  const actor = cluster.actors.get(id);
  if (!actor || timers?.get(name) !== number) return;
  timers.delete(name);
  if (actor.kind === "broker") {
    handleBrokerTimer(actor, brokerContext(cluster, id), name);
    observeExpiry(cluster);
  } else if (actor.kind === "producer") handleProducerTimer(actor, clientContext(cluster, id), name);
  else if (actor.kind === "consumer") handleConsumerTimer(actor, clientContext(cluster, id), name);
}

function deliver(cluster: Cluster, message: Message<Body>): void {
  const actor = cluster.actors.get(message.to);
  if (!actor) return;
  if (actor.kind === "broker") {
    handleRequest(actor, brokerContext(cluster, message.to), message as Message<ApiRequest>); // brokers get requests only
    return;
  }
  const response = message.body as ApiResponse; // clients get responses only
  const requestId = message.requestId as number;
  if (actor.kind === "producer") handleProducerResponse(actor, clientContext(cluster, message.to), requestId, response);
  else if (actor.kind === "consumer") handleConsumerResponse(actor, clientContext(cluster, message.to), requestId, response);
  else onAdminResponse(cluster, response);
}

function onAdminResponse(cluster: Cluster, response: ApiResponse): void {
  const results: readonly { errorCode: number; name?: string }[] =
    response.api === "CreateTopics" ? response.topics : response.api === "CreatePartitions" ? response.results : response.api === "DeleteTopics" ? response.responses : [];
  for (const { errorCode, name } of results) {
    if (errorCode !== ErrorCode.NONE) say(cluster, "admin.failed", { topic: name ?? "", error: errorName(errorCode) }, { marker: "bad" });
  }
}

function sample(cluster: Cluster): void {
  const { lag } = cluster.watch;
  sampleLag(lag, cluster.nowUs, new Map([...cluster.topology.groups.keys()].map((groupId) => [groupId, groupWaiting(cluster, groupId)])));
  watchTrends(cluster);
  schedule(cluster.queue, cluster.nowUs + lag.intervalUs, Object.freeze({ kind: "sample" }));
}
