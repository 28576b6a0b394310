import type { ActorId } from "../../sim/message";
import type { BasicConsume } from "../amqp/method";
import type { AmqpBroker, AmqpBrokerContext, Channel } from "./amqpBroker";
import { locked, noQueue, refuse, type Refusal } from "./declare";
import { handOut, runQueue, settleReady } from "./deliver";
import { touch } from "./disk";
import { takeHead } from "./ready";
import { addConsumer } from "./ring";

/** `basic.consume`: from now on messages are sent to this channel, while it has room for them. */
export function consume(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, channel: Channel, method: BasicConsume): Refusal | null {
  const { queue: name, consumerTag, noAck, exclusive, priority, channel: number } = method;
  const queue = broker.queues.get(name);
  if (!queue) return noQueue(name);
  const refusal = locked(queue, client);
  if (refusal) return refusal;
  touch(context, queue);
  const isTaken = [...queue.consumers.values()].some((other) => other.exclusive) || (exclusive && queue.consumers.size > 0);
  if (isTaken) return refuse(403, `ACCESS_REFUSED - queue '${name}' in vhost '/' in exclusive use`);
  if (channel.consumers.has(consumerTag)) return refuse(530, `NOT_ALLOWED - attempt to reuse consumer tag '${consumerTag}'`);
  const consumer = { number: broker.nextConsumer++, consumerTag, client, channel: number, noAck, exclusive, priority, prefetchCount: channel.prefetchCount, unacked: 0 };
  channel.consumers.set(consumerTag, { queueId: queue.id, queue: name, number: consumer.number });
  context.send(client, { method: "basic.consume-ok", channel: number, consumerTag });
  addConsumer(queue, consumer);
  runQueue(broker, context, queue);
  return null;
}

/** `basic.get`: one message, if there is one. */
export function get(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, number: number, channel: Channel, name: string, noAck: boolean): Refusal | null {
  const queue = broker.queues.get(name);
  if (!queue) return noQueue(name);
  const refusal = locked(queue, client);
  if (refusal) return refusal;
  touch(context, queue);
  settleReady(broker, context, queue);
  const message = takeHead(queue.ready);
  if (!message) {
    context.send(client, { method: "basic.get-empty", channel: number });
    return null;
  }
  const deliveryTag = handOut(context, channel, queue, message, noAck, null);
  context.tell({ type: "delivered", place: { queue: name, queueId: queue.id }, message, client, consumerTag: "", noAck });
  context.send(client, { method: "basic.get-ok", channel: number, deliveryTag, redelivered: message.redelivered, messageCount: queue.ready.count, content: message.content });
  return null;
}
