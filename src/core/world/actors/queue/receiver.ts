import type { BrokerMethod } from "../../../queue/amqp/method";
import { handleReceiverDisconnect, handleReceiverMethod, handleReceiverTimer, startReceiver } from "../../../queue/clients/handleReceiver";
import { newReceiver, type Receiver } from "../../../queue/clients/receiver";
import type { ActorKind } from "../../actorKind";
import { addActor, type Cluster } from "../../cluster";
import type { ReceiverSpec } from "../../spec";
import { amqpBrokerId, programContext } from "./program";
import { queueWithExchanges } from "./declarer";

export const receiverKind: ActorKind<Receiver> = {
  kind: "receiver",
  nameOf: ({ name }) => name,
  onMessage: (cluster, id, receiver, { body }) => handleReceiverMethod(receiver, programContext(cluster, id), body as BrokerMethod), // programs get these only
  onTimer: (cluster, id, receiver, timer) => handleReceiverTimer(receiver, programContext(cluster, id), timer),
  onDisconnect: (cluster, id, receiver, other) => other === amqpBrokerId(cluster) && handleReceiverDisconnect(receiver, programContext(cluster, id)),
};

/** A receiver that crashed is started again, if it is still wanted and nobody has taken its name. */
export function restartReceiver(cluster: Cluster, name: string): void {
  const spec = cluster.topology.amqp?.receivers.get(name);
  if (spec && !cluster.actorsByClientId.has(name)) startNewReceiver(cluster, spec);
}

/** `worked`: what it has worked on before, where it goes on as another program. */
export function startNewReceiver(cluster: Cluster, spec: ReceiverSpec, worked = 0): void {
  const { queue, exchanges } = queueWithExchanges(cluster, spec.queue);
  const { prefetchCount, noAck, priority } = spec;
  const receiver = newReceiver(spec.name, { prefetchCount, noAck, priority }, queue, exchanges, spec.processing, cluster.topology.seed);
  Object.assign(receiver, { worked, received: worked });
  const id = addActor(cluster, receiver);
  cluster.actorsByClientId.set(spec.name, id);
  startReceiver(receiver, programContext(cluster, id));
}
