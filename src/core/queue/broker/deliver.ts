import { timer } from "../../sim/timer";
import { share } from "../../sim/share";
import { channelOf, type AmqpBroker, type AmqpBrokerContext, type Channel } from "./amqpBroker";
import { die } from "./deadLetter";
import { writeSoon } from "./disk";
import { isOnDisk, type Consumer, type Queue } from "./queue";
import type { QueuedMessage } from "./queuedMessage";
import { head, insert, takeHead } from "./ready";
import { nextConsumer } from "./ring";

export const EXPIRY = "expiry";

/** A message is new in a queue: it goes to whoever is next and has room, or waits. */
export function enqueue(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue, message: QueuedMessage): void {
  const { name, id } = queue;
  context.tell({ type: "queued", place: { queue: name, queueId: id }, message });
  // What can be sent at once never waits, so that a time to live of 0 does not end it.
  const consumer = queue.ready.count === 0 ? nextConsumer(queue, roomIn(broker)) : null;
  if (consumer) return deliver(broker, context, queue, consumer, message);
  insert(queue.ready, message);
  settleReady(broker, context, queue);
}

/**
 * Something has changed: sends what is ready to those who have room, in the order of the ring; what is too much or too old goes first
 * (`run_message_queue`, `requeue_and_run`).
 */
export function runQueue(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue): void {
  settleReady(broker, context, queue);
  while (queue.ready.count > 0) {
    const consumer = nextConsumer(queue, roomIn(broker));
    if (!consumer) return;
    const message = takeHead(queue.ready);
    if (message) deliver(broker, context, queue, consumer, message);
    settleReady(broker, context, queue);
  }
}

/** Messages come back, each to its own place, as ones that were sent before. */
export function requeue(context: AmqpBrokerContext, queue: Queue, messages: readonly QueuedMessage[]): void {
  const place = { queue: queue.name, queueId: queue.id };
  for (const message of messages) {
    const back = share({ ...message, redelivered: true });
    insert(queue.ready, back);
    queue.unacked--;
    context.tell({ type: "requeued", place, message: back });
  }
}

/** A message leaves its queue for good; the disk hears of it a little later. */
export function remove(context: AmqpBrokerContext, queue: Queue, message: QueuedMessage): void {
  if (!isOnDisk(queue, message)) return;
  queue.removedSince.push(message);
  writeSoon(context, queue, false);
}

/** Whether a consumer may be sent another message: those that acknowledge by receiving always may. */
export function roomIn(broker: AmqpBroker): (consumer: Consumer) => boolean {
  return (consumer) => {
    if (consumer.noAck) return true;
    if (consumer.prefetchCount > 0 && consumer.unacked >= consumer.prefetchCount) return false;
    const channel = channelOf(broker, consumer.client, consumer.channel);
    return channel !== undefined && (channel.globalPrefetchCount === 0 || countUnacked(channel) < channel.globalPrefetchCount);
  };
}

/** What the limit of a whole channel counts: what its consumers hold, and not what was fetched by basic.get. */
function countUnacked({ unacked }: Channel): number {
  let count = 0;
  for (const { consumer } of unacked.values()) if (consumer !== null) count++;
  return count;
}

function deliver(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue, consumer: Consumer, message: QueuedMessage): void {
  const channel = channelOf(broker, consumer.client, consumer.channel);
  if (!channel) throw new Error(`consumer ${consumer.consumerTag} of ${queue.name} has no channel`);
  const { consumerTag, client, noAck } = consumer;
  const deliveryTag = handOut(context, channel, queue, message, noAck, consumer);
  context.tell({ type: "delivered", place: { queue: queue.name, queueId: queue.id }, message, client, consumerTag, noAck });
  context.send(client, { method: "basic.deliver", channel: consumer.channel, consumerTag, deliveryTag, redelivered: message.redelivered, content: message.content });
}

/** Notes a message as sent on a channel, or as done with where nobody is to acknowledge it. Returns its delivery tag. */
export function handOut(context: AmqpBrokerContext, channel: Channel, queue: Queue, message: QueuedMessage, noAck: boolean, consumer: Consumer | null): number {
  const deliveryTag = channel.nextDeliveryTag++;
  if (noAck) {
    remove(context, queue, message);
    return deliveryTag;
  }
  channel.unacked.set(deliveryTag, share({ deliveryTag, queueId: queue.id, queue: queue.name, consumer: consumer?.number ?? null, message }));
  queue.unacked++;
  if (consumer) consumer.unacked++;
  return deliveryTag;
}

/** Drops from the front what is beyond the limit, then what is too old; and looks again when the next one will be. */
export function settleReady(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue): void {
  const { ready } = queue;
  while (isBeyondLimit(queue)) dropHead(broker, context, queue, "maxlen");
  for (let first = head(ready); first && first.expiresUs !== null && first.expiresUs <= context.nowUs; first = head(ready)) dropHead(broker, context, queue, "expired");
  const expiresUs = head(ready)?.expiresUs ?? null;
  if (expiresUs !== null) context.setTimer(timer(EXPIRY, queue.name), expiresUs);
}

function isBeyondLimit({ ready, arguments: given }: Queue): boolean {
  if ((given["x-overflow"] ?? "drop-head") !== "drop-head" || ready.count === 0) return false;
  return ready.count > (given["x-max-length"] ?? Infinity) || ready.bytes > (given["x-max-length-bytes"] ?? Infinity);
}

function dropHead(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue, reason: "maxlen" | "expired"): void {
  const message = takeHead(queue.ready);
  if (!message) return;
  remove(context, queue, message);
  die(broker, context, queue, message, reason);
}
