import type { ActorId } from "../../sim/message";
import { channelOf, sameQueue, type AmqpBroker, type AmqpBrokerContext, type Channel } from "./amqpBroker";
import { deleteQueue } from "./deleteQueue";
import { requeue, roomIn, runQueue } from "./deliver";
import type { Queue } from "./queue";
import type { QueuedMessage } from "./queuedMessage";
import { rejoin, removeConsumer } from "./ring";

/** A channel ends with an exception: all that is unacknowledged on it returns, and its client is told why. */
export function closeChannelWith(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, number: number, replyCode: number, replyText: string): void {
  closeChannel(broker, context, client, number);
  context.send(client, { method: "channel.close", channel: number, replyCode, replyText });
}

/** A channel ends, in order or not. */
export function closeChannel(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, number: number): void {
  const channel = channelOf(broker, client, number);
  if (!channel) return;
  broker.connections.get(client)?.channels.delete(number);
  releaseAll(broker, context, [channel]);
}

/** `basic.cancel`: nothing more is sent. What is unacknowledged stays with the channel. */
export function cancelConsumer(broker: AmqpBroker, context: AmqpBrokerContext, channel: Channel, consumerTag: string): void {
  const found = channel.consumers.get(consumerTag);
  channel.consumers.delete(consumerTag);
  const queue = found && sameQueue(broker, found.queue, found.queueId);
  if (!queue) return;
  removeConsumer(queue, found.number);
  letGoOn(broker, context, queue);
}

/** Channels are gone: their consumers go, then what they held goes back, each to its place, and on to whoever is next. */
export function releaseAll(broker: AmqpBroker, context: AmqpBrokerContext, channels: Iterable<Channel>): void {
  const queues = new Map<Queue, QueuedMessage[]>();
  for (const { consumers, unacked } of channels) {
    for (const { queue: name, queueId, number } of consumers.values()) {
      const queue = sameQueue(broker, name, queueId);
      if (!queue) continue;
      removeConsumer(queue, number);
      queues.set(queue, queues.get(queue) ?? []);
    }
    for (const { queue: name, queueId, message } of unacked.values()) {
      const queue = sameQueue(broker, name, queueId);
      if (queue) queues.set(queue, [...(queues.get(queue) ?? []), message]);
    }
  }
  for (const [queue, messages] of queues) {
    requeue(context, queue, messages);
    letGoOn(broker, context, queue);
  }
}

/** A consumer is gone: a queue that is to go with its last one goes; else the others are served. */
function letGoOn(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue): void {
  if (queue.autoDelete && queue.hadConsumers && queue.consumers.size === 0) return deleteQueue(broker, context, queue);
  rejoin(queue, roomIn(broker));
  runQueue(broker, context, queue);
}
