import { share } from "../../sim/share";
import { timer } from "../../sim/timer";
import type { AmqpBroker, AmqpBrokerContext } from "./amqpBroker";
import { EXPIRY, settleReady } from "./deliver";
import { WRITE } from "./disk";
import { stopHeartbeats } from "./connection";
import { isOnDisk, isPersistent, newQueue, type Queue } from "./queue";
import type { QueuedMessage } from "./queuedMessage";
import { insert, readyMessages } from "./ready";
import { queueDeadLetters } from "./publish";

/**
 * The broker goes down: stopped in order, it tells its clients and writes all that is to stay; killed, it has what it had written. Then
 * queues that are not durable are gone, and so are transient messages, though confirmed (both ways seen in 3.10.8).
 */
export function goDown(broker: AmqpBroker, context: AmqpBrokerContext, how: "stopped" | "killed"): void {
  const unacked = unackedByQueue(broker);
  context.tell({ type: "brokerDown", how });
  const clients = [...broker.connections.keys()];
  broker.isUp = false;
  broker.connections.clear();
  for (const client of clients) {
    stopHeartbeats(context, client);
    context.tell({ type: "connectionClosed", client });
  }
  for (const exchange of [...broker.exchanges.values()]) {
    if (!exchange.durable) broker.exchanges.delete(exchange.name);
    else exchange.bindings.splice(0, Infinity, ...exchange.bindings.filter(({ queue }) => broker.queues.get(queue)?.durable));
  }
  for (const queue of [...broker.queues.values()]) outlive(broker, context, queue, unacked.get(queue.id) ?? [], how);
  for (const client of clients) {
    if (how === "killed") context.disconnect(client);
    else context.send(client, { method: "connection.close", replyCode: 320, replyText: "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'" });
  }
}

/** It comes up with what it had on disk. What is too old by now is dropped first. */
export function comeUp(broker: AmqpBroker, context: AmqpBrokerContext): void {
  broker.isUp = true;
  context.tell({ type: "brokerUp" });
  for (const queue of broker.queues.values()) settleReady(broker, context, queue);
  queueDeadLetters(broker, context);
}

/** What is left of one queue. A broker that was killed does not know what it had sent, and says of all that it might have. */
function outlive(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue, unacked: readonly QueuedMessage[], how: "stopped" | "killed"): void {
  const { name, id } = queue;
  const place = { queue: name, queueId: id };
  const ready = [...readyMessages(queue.ready)];
  context.cancelTimer(timer(EXPIRY, name));
  context.cancelTimer(timer(WRITE, name));
  broker.queues.delete(name);
  const isKept = queue.durable && queue.owner === null && (how === "stopped" || queue.isSaved);
  const stays = (message: QueuedMessage): boolean => isKept && (how === "stopped" ? isPersistent(queue, message.content) : isOnDisk(queue, message));
  const back = how === "killed" && isKept ? queue.removedSince : [];
  context.tell({ type: "forgotten", place, messages: [...unacked, ...ready].filter((message) => !stays(message)) });
  if (!isKept) {
    for (const exchange of broker.exchanges.values()) exchange.bindings.splice(0, Infinity, ...exchange.bindings.filter((binding) => binding.queue !== name));
    return context.tell({ type: "queueDeleted", place, messages: [] });
  }
  const restored = newQueue(id, name, true, queue.autoDelete, null, queue.arguments);
  for (const message of unacked.filter(stays)) insert(restored.ready, share({ ...message, redelivered: true }));
  for (const message of ready.filter(stays)) insert(restored.ready, how === "killed" ? share({ ...message, redelivered: true }) : message);
  for (const message of back) insert(restored.ready, share({ ...message, redelivered: true }));
  context.tell({ type: "cameBack", place, messages: back });
  context.tell({ type: "restored", place, messages: share([...readyMessages(restored.ready)]) });
  Object.assign(restored, { nextPlace: queue.nextPlace, savedBelow: queue.nextPlace, isSaved: true });
  broker.queues.set(name, restored);
}

function unackedByQueue({ connections }: AmqpBroker): Map<number, QueuedMessage[]> {
  const found = new Map<number, QueuedMessage[]>();
  for (const { channels } of connections.values()) {
    for (const { unacked } of channels.values()) for (const { queueId, message } of unacked.values()) found.set(queueId, [...(found.get(queueId) ?? []), message]);
  }
  return found;
}
