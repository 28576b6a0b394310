import type { ClientContext } from "../../clients/client";
import { isConsumer, newConsumer, type Consumer } from "../../clients/consumer/consumer";
import { handleConsumerAlarm, handleConsumerDisconnect, handleConsumerResponse, handleConsumerTimer } from "../../clients/consumer/handle";
import { startConsumer } from "../../clients/consumer/poll";
import { isOverdue } from "../../clients/connections";
import type { ApiResponse } from "../../kafka/api/api";
import type { ActorId } from "../../sim/message";
import { RESTART_MS } from "../../apps/attempt";
import { noteCrash } from "../../watch/crashed";
import { say } from "../../watch/say";
import type { ActorKind } from "../actorKind";
import { startAgainLater } from "./supervisor";
import { addActor, type Cluster } from "../cluster";
import { contextOf } from "../kernel/contexts";
import { removeActor } from "../kernel/removeActor";
import type { ConsumerSpec } from "../spec";
import { newClientContext, nodeIdOf } from "./client";

export const consumerKind: ActorKind<Consumer> = {
  kind: "consumer",
  nameOf: ({ clientId }) => clientId,
  onMessage: (cluster, id, consumer, { requestId, body }) => handleConsumerResponse(consumer, consumerContext(cluster, id), requestId as number, body as ApiResponse), // clients get responses only
  onDisconnect: (cluster, id, consumer, other, connection) => connection !== null && handleConsumerDisconnect(consumer, consumerContext(cluster, id), nodeIdOf(cluster, other), connection),
  isOverdue: ({ connections }, atUs) => isOverdue(connections, atUs),
  onAlarm: (cluster, id, consumer) => handleConsumerAlarm(consumer, consumerContext(cluster, id)),
  onTimer: (cluster, id, consumer, timer) => handleConsumerTimer(consumer, consumerContext(cluster, id), timer),
};

export function startNewConsumer(cluster: Cluster, spec: ConsumerSpec): void {
  const group = cluster.topology.groups.get(spec.groupId);
  const consumer = newConsumer(spec.clientId, spec.groupId, group?.topics ?? [], group?.configs ?? {}, spec.processing, cluster.topology.bootstrap, cluster.topology.seed);
  const id = addActor(cluster, consumer);
  cluster.actorsByClientId.set(spec.clientId, id);
  startConsumer(consumer, consumerContext(cluster, id));
}

export function consumerContext(cluster: Cluster, id: ActorId): ClientContext {
  return contextOf(cluster, id, newContext);
}

function newContext(cluster: Cluster, id: ActorId): ClientContext {
  return newClientContext(cluster, id, finish, crash);
}

/** A consumer's process has ended. Its group finds out when the session times out; a supervisor starts the application again before that, or after. */
function crash(cluster: Cluster, id: ActorId): void {
  const consumer = cluster.actors.get(id);
  if (!isConsumer(consumer)) return;
  noteCrash(cluster, consumer, id);
  removeActor(cluster, id);
  say(cluster, "member.crashedItself", { consumer: consumer.clientId, group: consumer.groupId, restartS: RESTART_MS / 1000 }, { marker: "bad" });
  startAgainLater(cluster, "consumer", consumer.clientId);
}

/** A consumer that crashed is started again, if it is still wanted and nobody has taken its name. */
export function restartConsumer(cluster: Cluster, clientId: string): void {
  const spec = cluster.topology.consumers.get(clientId);
  if (!spec || cluster.actorsByClientId.has(clientId)) return;
  cluster.watch.causes.set(spec.groupId, { kind: "joined", subject: clientId });
  startNewConsumer(cluster, spec);
}

/** It has closed in order: it is gone, or its application starts again, as a new client, with what the topology says now. */
function finish(cluster: Cluster, id: ActorId): void {
  const consumer = cluster.actors.get(id);
  removeActor(cluster, id);
  if (!isConsumer(consumer) || consumer.closing !== "restart") return;
  const spec = cluster.topology.consumers.get(consumer.clientId);
  if (spec && !cluster.actorsByClientId.has(consumer.clientId)) startNewConsumer(cluster, spec);
}
