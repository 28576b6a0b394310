import type { BrokerMethod, ClientMethod } from "../../../queue/amqp/method";
import { exchangeDeclaration, queueDeclarations, type ExchangeSpec, type QueueSpec } from "../../../queue/clients/declarations";
import { declare, handleDeclarerDisconnect, handleDeclarerMethod, handleDeclarerTimer, isDeclarer, newDeclarer, type Declarer } from "../../../queue/clients/declarer";
import { onBound } from "../../../watch/queue/queueAudit";
import type { ActorKind } from "../../actorKind";
import { actorsOf, addActor, type Cluster } from "../../cluster";
import { amqpBrokerId, programContext } from "./program";

/** The program through which the person at the screen declares. */
export const declarerKind: ActorKind<Declarer> = {
  kind: "declarer",
  nameOf: ({ name }) => name,
  onMessage: (cluster, id, declarer, { body }) => void handleDeclarerMethod(declarer, programContext(cluster, id), body as BrokerMethod), // programs get these only
  onTimer: (cluster, id, declarer, timer) => handleDeclarerTimer(declarer, programContext(cluster, id), timer),
  onDisconnect: (cluster, id, declarer, other) => other === amqpBrokerId(cluster) && handleDeclarerDisconnect(declarer, programContext(cluster, id)),
};

export function startDeclarer(cluster: Cluster): void {
  addActor(cluster, newDeclarer("declarer"));
}

/** Has the broker do these, in order. */
export function askAmqp(cluster: Cluster, methods: readonly ClientMethod[]): void {
  for (const [id, declarer] of actorsOf(cluster, isDeclarer)) declare(declarer, programContext(cluster, id), methods);
}

/** Has a queue there as it is wanted, and bound so. One that is exclusive its receiver declares itself. */
export function declareWanted(cluster: Cluster, name: string): void {
  const { topology, watch } = cluster;
  const wanted = topology.amqp?.queues.get(name);
  if (watch.amqp && topology.amqp && wanted) onBound(watch.amqp, topology.amqp, wanted);
  const { queue, exchanges } = queueWithExchanges(cluster, name);
  askAmqp(cluster, queue.exclusive ? exchanges.map(exchangeDeclaration) : queueDeclarations(queue, exchanges));
}

/** A queue as it is wanted, with the exchanges that lead to it; one that nobody wants any more is plain. */
export function queueWithExchanges({ topology: { amqp } }: Cluster, name: string): { queue: QueueSpec; exchanges: readonly ExchangeSpec[] } {
  const queue = amqp?.queues.get(name) ?? { name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [] };
  return { queue, exchanges: queue.bindings.flatMap(({ exchange }) => amqp?.exchanges.get(exchange) ?? []) };
}
