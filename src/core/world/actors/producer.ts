import type { ClientContext } from "../../clients/client";
import { handleProducerAlarm, handleProducerDisconnect, handleProducerResponse, handleProducerTimer } from "../../clients/producer/handle";
import { newProducer, type Producer } from "../../clients/producer/producer";
import { startApplication } from "../../clients/producer/send";
import type { ApiResponse } from "../../kafka/api/api";
import type { ActorId } from "../../sim/message";
import type { ActorKind } from "../actorKind";
import { addActor, type Cluster } from "../cluster";
import { removeActor } from "../removeActor";
import type { ProducerSpec } from "../spec";
import { clientContext, nodeIdOf } from "./client";

export const producerKind: ActorKind<Producer> = {
  kind: "producer",
  nameOf: ({ clientId }) => clientId,
  onMessage: (cluster, id, producer, { requestId, body }) => handleProducerResponse(producer, producerContext(cluster, id), requestId as number, body as ApiResponse), // clients get responses only
  onDisconnect: (cluster, id, producer, other, connection) => connection !== null && handleProducerDisconnect(producer, producerContext(cluster, id), nodeIdOf(cluster, other), connection),
  onAlarm: (cluster, id, producer) => handleProducerAlarm(producer, producerContext(cluster, id)),
  onTimer: (cluster, id, producer, timer) => handleProducerTimer(producer, producerContext(cluster, id), timer),
};

export function startProducer(cluster: Cluster, spec: ProducerSpec): void {
  const producer = newProducer(spec.clientId, spec.topics, spec.source, spec.configs, cluster.topology.seed, cluster.topology.bootstrap);
  const id = addActor(cluster, producer);
  cluster.actorsByClientId.set(spec.clientId, id);
  startApplication(producer, producerContext(cluster, id));
}

export function producerContext(cluster: Cluster, id: ActorId): ClientContext {
  return clientContext(cluster, id, removeActor);
}
