import type { ClientContext } from "../../clients/client";
import { isConsumer, newConsumer, type Consumer } from "../../clients/consumer/consumer";
import { handleConsumerAlarm, handleConsumerDisconnect, handleConsumerResponse, handleConsumerTimer } from "../../clients/consumer/handle";
import { startConsumer } from "../../clients/consumer/poll";
import type { ApiResponse } from "../../kafka/api/api";
import type { ActorId } from "../../sim/message";
import type { ActorKind } from "../actorKind";
import { addActor, type Cluster } from "../cluster";
import { removeActor } from "../kernel/removeActor";
import type { ConsumerSpec } from "../spec";
import { clientContext, nodeIdOf } from "./client";

export const consumerKind: ActorKind<Consumer> = {
  kind: "consumer",
  nameOf: ({ clientId }) => clientId,
  onMessage: (cluster, id, consumer, { requestId, body }) => handleConsumerResponse(consumer, consumerContext(cluster, id), requestId as number, body as ApiResponse), // clients get responses only
  onDisconnect: (cluster, id, consumer, other, connection) => connection !== null && handleConsumerDisconnect(consumer, consumerContext(cluster, id), nodeIdOf(cluster, other), connection),
  onAlarm: (cluster, id, consumer) => handleConsumerAlarm(consumer, consumerContext(cluster, id)),
  onTimer: (cluster, id, consumer, timer) => handleConsumerTimer(consumer, consumerContext(cluster, id), timer),
};

export function startNewConsumer(cluster: Cluster, spec: ConsumerSpec): void {
  const group = cluster.topology.groups.get(spec.groupId);
  const consumer = newConsumer(spec.clientId, spec.groupId, group?.topics ?? [], group?.configs ?? {}, spec.processing, cluster.topology.bootstrap);
  const id = addActor(cluster, consumer);
  cluster.actorsByClientId.set(spec.clientId, id);
  startConsumer(consumer, consumerContext(cluster, id));
}

export function consumerContext(cluster: Cluster, id: ActorId): ClientContext {
  return clientContext(cluster, id, finish);
}

/** It has closed in order: it is gone, or its application starts again, as a new client, with what the topology says now. */
function finish(cluster: Cluster, id: ActorId): void {
  const consumer = cluster.actors.get(id);
  removeActor(cluster, id);
  if (!isConsumer(consumer) || consumer.closing !== "restart") return;
  const spec = cluster.topology.consumers.get(consumer.clientId);
  if (spec && !cluster.actorsByClientId.has(consumer.clientId)) startNewConsumer(cluster, spec);
}
