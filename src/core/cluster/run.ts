import type { BrokerContext } from "../broker/broker";
import { handleBrokerTimer, handleDisconnect, handleRequest } from "../broker/handleRequest";
import type { ClientContext } from "../clients/client";
import { handleConsumerResponse, handleConsumerTimer, restartConsumer } from "../clients/consumer/handle";
import { handleProducerResponse, handleProducerTimer } from "../clients/producer/handle";
import type { ApiRequest, ApiResponse } from "../kafka/api";
import { ErrorCode, errorName } from "../kafka/errors";
import { clusterLimits } from "../kafka/limits";
import { nextTimeUs, schedule, takeNext } from "../sim/eventQueue";
import type { ActorId, Message } from "../sim/message";
import { arrivalUs } from "../sim/network";
import { type Body, type Cluster, type SimulationEvent } from "./cluster";
import { onStored } from "./watch/audit";
import { numberKey } from "./watch/keys";
import { sampleLag } from "./watch/lag";
import { observe } from "./watch/observe";
import { groupLag } from "./watch/position";
import { say } from "./watch/say";

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
  sink?.(cluster, event);
  return true;
}

/** Logs are kept in memory up to a cap; beyond it the world stands still, and says so. */
export function isFull(cluster: Cluster): boolean {
  return cluster.watch.limitsReached.has("maxLogBytesInMemory");
}

export function sendMessage(cluster: Cluster, from: ActorId, to: ActorId, connection: number, body: Body, requestId: number | null): number {
  const id = cluster.nextMessage++;
  const arriveUs = arrivalUs(cluster.network, cluster.nowUs, from, to, connection);
  const message: Message<Body> = Object.freeze({ id, requestId, from, to, connection, sentUs: cluster.nowUs, arriveUs, body: Object.freeze(body) });
  if (body.api === "Produce" && requestId === null) numberKeys(cluster, body as Extract<ApiRequest, { api: "Produce" }>);
  schedule(cluster.queue, arriveUs, Object.freeze({ kind: "message", message }));
  return id;
}

/** What a client may do; made once for each and kept, because every event asks for it. */
export function clientContext(cluster: Cluster, actor: ActorId): ClientContext {
  const known = contextsOf(cluster).clients.get(actor);
  if (known) return known;
  const context: ClientContext = {
    get nowUs() {
      return cluster.nowUs;
    },
    actor,
    send: (nodeId, connection, request) => sendMessage(cluster, actor, cluster.actorsByNodeId.get(nodeId) as ActorId, connection, request, null),
    setTimer: (name, atUs) => setTimer(cluster, actor, name, atUs),
    cancelTimer: (name) => cancelTimer(cluster, actor, name),
    observe: (event) => {
      if (event.type === "closed") finishClient(cluster, actor);
      else observe(cluster, actor, event);
    },
  };
  contextsOf(cluster).clients.set(actor, context);
  return context;
}

/** Contexts are functions, so they are no part of the cluster: each copy of a world gets its own. */
const contextsByCluster = new WeakMap<Cluster, { readonly clients: Map<ActorId, ClientContext>; readonly brokers: Map<ActorId, BrokerContext> }>();

function contextsOf(cluster: Cluster): { readonly clients: Map<ActorId, ClientContext>; readonly brokers: Map<ActorId, BrokerContext> } {
  let contexts = contextsByCluster.get(cluster);
  if (!contexts) contextsByCluster.set(cluster, (contexts = { clients: new Map(), brokers: new Map() }));
  return contexts;
}

/** The client is gone for good: its connections close, and what is on its way to it reaches nobody. */
export function removeClient(cluster: Cluster, id: ActorId): void {
  const actor = cluster.actors.get(id);
  cluster.actors.delete(id);
  cluster.timers.delete(id);
  contextsOf(cluster).clients.delete(id);
  if ((actor?.kind === "producer" || actor?.kind === "consumer") && cluster.actorsByClientId.get(actor.clientId) === id) cluster.actorsByClientId.delete(actor.clientId);
  for (const [brokerId, broker] of cluster.actors) if (broker.kind === "broker") handleDisconnect(broker, brokerContext(cluster, brokerId), id);
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
  if (actor.kind === "broker") handleBrokerTimer(actor, brokerContext(cluster, id), name);
  else if (actor.kind === "producer") handleProducerTimer(actor, clientContext(cluster, id), name);
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

function brokerContext(cluster: Cluster, id: ActorId): BrokerContext {
  const known = contextsOf(cluster).brokers.get(id);
  if (known) return known;
  const context: BrokerContext = {
    get nowUs() {
      return cluster.nowUs;
    },
    respond: (to, response) => {
      const broker = cluster.actors.get(id);
      const request = broker?.kind === "broker" ? broker.requests.get(to) : undefined;
      if (broker?.kind !== "broker" || !request) return;
      broker.requests.delete(to);
      sendMessage(cluster, id, request.from, request.connection, response, to);
    },
    setTimer: (name, atUs) => setTimer(cluster, id, name, atUs),
    cancelTimer: (name) => cancelTimer(cluster, id, name),
    stored: (topic, _partition, batch) => {
      onStored(cluster.watch.audit, topic, batch);
      guardLogBytes(cluster, batch.sizeInBytes);
    },
  };
  contextsOf(cluster).brokers.set(id, context);
  return context;
}

function setTimer(cluster: Cluster, id: ActorId, name: string, atUs: number): void {
  let timers = cluster.timers.get(id);
  if (!timers) cluster.timers.set(id, (timers = new Map()));
  const number = cluster.nextTimer++;
  timers.set(name, number);
  schedule(cluster.queue, Math.max(atUs, cluster.nowUs), Object.freeze({ kind: "timer", actor: id, name, number }));
}

function cancelTimer(cluster: Cluster, id: ActorId, name: string): void {
  cluster.timers.get(id)?.delete(name);
}

/** A client has closed in order: it is gone, or starts again with what it was closed for. */
function finishClient(cluster: Cluster, id: ActorId): void {
  const actor = cluster.actors.get(id);
  if (actor?.kind !== "consumer" || actor.closing === null || actor.closing === "close") return removeClient(cluster, id);
  restartConsumer(actor, clientContext(cluster, id), actor.closing);
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
  sampleLag(lag, cluster.nowUs, new Map([...cluster.topology.groups.keys()].map((groupId) => [groupId, groupLag(cluster, groupId)])));
  schedule(cluster.queue, cluster.nowUs + lag.intervalUs, Object.freeze({ kind: "sample" }));
}

function numberKeys(cluster: Cluster, request: Extract<ApiRequest, { api: "Produce" }>): void {
  for (const { partitionData } of request.topicData) {
    for (const { records } of partitionData) for (const key of records.columns.keys) if (typeof key === "string") numberKey(cluster.watch.keys, key);
  }
}

function guardLogBytes(cluster: Cluster, added: number): void {
  const { watch } = cluster;
  watch.logBytes += added;
  const { maxLogBytesInMemory } = clusterLimits;
  if (watch.logBytes <= maxLogBytesInMemory) return;
  watch.limitsReached.set("maxLogBytesInMemory", maxLogBytesInMemory);
  say(cluster, "limit.reached", { limit: "maxLogBytesInMemory", value: maxLogBytesInMemory }, { marker: "bad" });
}

