import type { ClientContext } from "../../clients/client";
import { closeProducer, handleProducerAlarm, handleProducerDisconnect, handleProducerResponse, handleProducerTimer } from "../../clients/producer/handle";
import { isProducer, newProducer, type Producer } from "../../clients/producer/producer";
import { catchUp, startApplication } from "../../clients/producer/send";
import { isOverdue } from "../../clients/connections";
import type { ApiResponse } from "../../kafka/api/api";
import type { ActorId } from "../../sim/message";
import type { ActorKind } from "../actorKind";
import { addActor, clientOf, type Cluster } from "../cluster";
import { contextOf } from "../kernel/contexts";
import { removeActor } from "../kernel/removeActor";
import type { ProducerSpec } from "../spec";
import { newClientContext, nodeIdOf } from "./client";

export const producerKind: ActorKind<Producer> = {
  kind: "producer",
  nameOf: ({ clientId }) => clientId,
  onMessage: (cluster, id, producer, { requestId, body }) => handleProducerResponse(producer, producerContext(cluster, id), requestId as number, body as ApiResponse), // clients get responses only
  onDisconnect: (cluster, id, producer, other, connection) => connection !== null && handleProducerDisconnect(producer, producerContext(cluster, id), nodeIdOf(cluster, other), connection),
  isOverdue: ({ connections }, atUs) => isOverdue(connections, atUs),
  onAlarm: (cluster, id, producer) => handleProducerAlarm(producer, producerContext(cluster, id)),
  catchUp: (cluster, id, producer) => catchUp(producer, producerContext(cluster, id), cluster.nowUs - 1),
  onTimer: (cluster, id, producer, timer) => handleProducerTimer(producer, producerContext(cluster, id), timer),
};

export function startProducer(cluster: Cluster, spec: ProducerSpec): void {
  const producer = newProducer(spec.clientId, spec.topics, spec.source, spec.configs, cluster.topology.seed, cluster.topology.bootstrap);
  const id = addActor(cluster, producer);
  cluster.actorsByClientId.set(spec.clientId, id);
  for (const { start } of companions) start(cluster, spec);
  producer.hasOtherClients = cluster.publishers.has(spec.clientId);
  startApplication(producer, producerContext(cluster, id));
}

/** What else there is beside a producer, as another client of its application is. */
export interface Companion {
  /** Its producer starts. */
  start(cluster: Cluster, spec: ProducerSpec): void;
  /** Its producer ends. */
  end(cluster: Cluster, clientId: string): void;
}

/** They belong to no world. */
const companions: Companion[] = [];

/** Adds a companion; a chunk that is loaded later adds its own then. */
export function addCompanion(companion: Companion): void {
  companions.push(companion);
}

/** A producer sends nothing more; it is gone once what it has is delivered. */
export function endProducer(cluster: Cluster, clientId: string): void {
  const found = clientOf(cluster, isProducer, clientId);
  if (found) closeProducer(found.client, producerContext(cluster, found.id));
  for (const { end } of companions) end(cluster, clientId);
}

export function producerContext(cluster: Cluster, id: ActorId): ClientContext {
  return contextOf(cluster, id, newContext);
}

function newContext(cluster: Cluster, id: ActorId): ClientContext {
  return newClientContext(cluster, id, removeActor);
}
