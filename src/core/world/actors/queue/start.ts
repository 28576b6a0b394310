import { amqpWatch } from "../../../watch/queue/amqpWatch";
import { exchangeInMotion, queueInMotion } from "../../../watch/queue/motionNames";
import { giveIndex } from "../../../watch/watch";
import type { Cluster } from "../../cluster";
import { startAmqpBroker } from "./amqpBroker";
import { declareWanted, startDeclarer } from "./declarer";
import { startAt } from "../supervisor";
import { startNewReceiver } from "./receiver";

/** Has the RabbitMQ broker there, and the program through which people declare. */
export function ensureAmqp(cluster: Cluster): void {
  if (cluster.watch.amqp) return;
  cluster.watch.amqp = amqpWatch();
  startAmqpBroker(cluster);
  startDeclarer(cluster);
}

/** A world that begins with a RabbitMQ broker: all that is wanted of it is declared, and its receivers start, each at its time. */
export function bootAmqp(cluster: Cluster): void {
  const { amqp } = cluster.topology;
  if (!amqp) return;
  ensureAmqp(cluster);
  for (const exchange of amqp.exchanges.keys()) giveIndex(cluster.watch, exchangeInMotion(exchange));
  for (const queue of amqp.queues.keys()) {
    giveIndex(cluster.watch, queueInMotion(queue));
    declareWanted(cluster, queue);
  }
  for (const receiver of amqp.receivers.values()) {
    if (receiver.startsAtMs) startAt(cluster, "receiver", receiver.name, receiver.startsAtMs * 1000);
    else startNewReceiver(cluster, receiver);
  }
}
