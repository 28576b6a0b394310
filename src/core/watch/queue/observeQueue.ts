import type { Content } from "../../queue/amqp/content";
import type { QueuedMessage } from "../../queue/broker/queuedMessage";
import type { QueueFact } from "../../queue/facts";
import type { Cluster } from "../../world/cluster";
import { foldQueues } from "./actualQueue";
import { type AmqpWatch, FLEETING, type Loss, markSend, queueAudit, REACHED } from "./amqpWatch";
import { onHandedOver, onHandsGone } from "./handed";
import { onCopyIn, onCopyOut, onMeant } from "./queueAudit";
import { keyedName, leadsTo } from "./wantedRoutes";

/** Takes in what a RabbitMQ broker tells. */
export function observeQueue(cluster: Cluster, fact: QueueFact): void {
  const { amqp } = cluster.watch;
  if (!amqp) return;
  foldQueues(amqp.actual, fact);
  const removed = ({ content }: QueuedMessage, queue: string, how: Loss, isDeadLettered = false): void => {
    if (content.origin) queueAudit(amqp, queue).removed++;
    onCopyOut(amqp, queue, content, how, isDeadLettered);
  };
  const all = (messages: readonly QueuedMessage[], queue: string, how: Loss): void => {
    for (const message of messages) removed(message, queue, how);
  };
  switch (fact.type) {
    case "queueDeleted":
      cluster.wiring++;
      return all(fact.messages, fact.place.queue, "deleted");
    case "queueDeclared":
    case "brokerUp":
      cluster.wiring++;
      return;
    case "brokerDown":
      amqp.stops++;
      cluster.wiring++;
      return;
    case "routed":
      return onRouted(cluster, amqp, fact.content);
    case "queued":
      return onCopyIn(amqp, fact.place.queue, fact.message.content);
    case "delivered":
      if (!fact.noAck) return;
      if (fact.message.content.origin) queueAudit(amqp, fact.place.queue).removed++;
      onHandedOver(amqp, fact.client, fact.place.queue, fact.message.content);
      return;
    case "acknowledged":
      return removed(fact.message, fact.place.queue, "settled");
    case "died":
      return removed(fact.message, fact.place.queue, fact.reason === "maxlen" ? "full" : fact.reason, fact.deadLettered);
    case "purged":
      queueAudit(amqp, fact.place.queue).purged += fact.messages.length;
      return all(fact.messages, fact.place.queue, "purged");
    case "forgotten":
      return all(fact.messages, fact.place.queue, "forgotten");
    case "cameBack":
      for (const { content } of fact.messages) onCopyIn(amqp, fact.place.queue, content);
      return;
    case "connectionClosed":
      return onHandsGone(amqp, fact.client);
    default:
  }
}

/** A message has reached an exchange, and was meant for every queue to which that leads, as people have wired it. */
function onRouted({ topology: { amqp } }: Cluster, watch: AmqpWatch, content: Content): void {
  const { deliveryMode, expirationMs } = content.properties;
  const reached = markSend(watch, content, REACHED, deliveryMode === 1 || expirationMs !== null ? FLEETING : 0);
  if (reached) reached.count++;
  if (content.exchange !== "") markSend(watch, content, REACHED, 0, keyedName(content.exchange, content.routingKey));
  for (const queue of amqp?.queues.values() ?? []) if (amqp && leadsTo(amqp, queue, content)) onMeant(watch, queue.name, content);
}
