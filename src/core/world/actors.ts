import type { BrokerContext } from "../broker/broker";
import { handleDisconnect } from "../broker/handleRequest";
import type { ClientContext } from "../clients/client";
import { newConsumer } from "../clients/consumer/consumer";
import { startConsumer } from "../clients/consumer/poll";
import { newProducer } from "../clients/producer/producer";
import { startApplication } from "../clients/producer/send";
import type { ActorId } from "../sim/message";
import { addActor, type Cluster } from "./cluster";
import { cancelTimer, sendMessage, setTimer } from "./post";
import type { ConsumerSpec, ProducerSpec } from "./spec";
import { forgetPartition, onStored } from "../watch/audit";
import { observe } from "../watch/observe";

export function startProducer(cluster: Cluster, spec: ProducerSpec): void {
  const producer = newProducer(spec.clientId, spec.topics, spec.source, spec.configs, cluster.topology.seed);
  const id = addActor(cluster, producer);
  cluster.actorsByClientId.set(spec.clientId, id);
  startApplication(producer, clientContext(cluster, id));
}

export function startNewConsumer(cluster: Cluster, spec: ConsumerSpec): void {
  const group = cluster.topology.groups.get(spec.groupId);
  const consumer = newConsumer(spec.clientId, spec.groupId, group?.topics ?? [], group?.configs ?? {}, spec.processing);
  const id = addActor(cluster, consumer);
  cluster.actorsByClientId.set(spec.clientId, id);
  startConsumer(consumer, clientContext(cluster, id));
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

export function brokerContext(cluster: Cluster, id: ActorId): BrokerContext {
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
    stored: (topic, partition, batch) => onStored(cluster.watch.audit, topic, partition, batch),
    deleted: (log) => forgetPartition(cluster.watch.audit, log),
  };
  contextsOf(cluster).brokers.set(id, context);
  return context;
}

/** A client has closed in order: it is gone, or its application starts again, as a new client, with what the topology says now. */
function finishClient(cluster: Cluster, id: ActorId): void {
  const actor = cluster.actors.get(id);
  removeClient(cluster, id);
  if (actor?.kind !== "consumer" || actor.closing !== "restart") return;
  const spec = cluster.topology.consumers.get(actor.clientId);
  if (spec && !cluster.actorsByClientId.has(actor.clientId)) startNewConsumer(cluster, spec);
}
