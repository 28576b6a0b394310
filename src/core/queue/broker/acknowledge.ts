import type { ActorId } from "../../sim/message";
import type { BasicAck, BasicNack } from "../amqp/method";
import { sameQueue, type AmqpBroker, type AmqpBrokerContext, type Channel, type Unacked } from "./amqpBroker";
import { closeChannelWith } from "./channel";
import { die } from "./deadLetter";
import { remove, requeue, roomIn, runQueue } from "./deliver";
import { touch } from "./disk";
import type { Queue } from "./queue";
import { rejoin } from "./ring";

/** `basic.ack`: these are done with, and their receiver has room for others. */
export function acknowledge(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, channel: Channel, { channel: number, deliveryTag, multiple }: BasicAck): void {
  const taken = take(channel, deliveryTag, multiple);
  if (taken.length === 0) return unknownTag(broker, context, client, number, deliveryTag);
  settle(broker, context, channel, taken, (queue, { message }) => {
    queue.unacked--;
    remove(context, queue, message);
    context.tell({ type: "acknowledged", place: { queue: queue.name, queueId: queue.id }, message });
  });
}

/** `basic.nack` and `basic.reject`: these go back to their places, or die. */
export function negativelyAcknowledge(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, channel: Channel, method: BasicNack): void {
  const taken = take(channel, method.deliveryTag, method.multiple);
  if (taken.length === 0) return unknownTag(broker, context, client, method.channel, method.deliveryTag);
  settle(broker, context, channel, taken, (queue, { message }) => {
    if (method.requeue) return requeue(context, queue, [message]);
    queue.unacked--;
    remove(context, queue, message);
    die(broker, context, queue, message, "rejected");
  });
}

/** `basic.recover` with requeue: all that the channel holds goes back, and is sent again to whoever is next. */
export function recover(broker: AmqpBroker, context: AmqpBrokerContext, channel: Channel): void {
  settle(broker, context, channel, take(channel, 0, true), (queue, { message }) => requeue(context, queue, [message]));
}

/** Takes these out of what the channel holds; tag 0 with `multiple` means all. */
function take(channel: Channel, deliveryTag: number, multiple: boolean): Unacked[] {
  const { unacked } = channel;
  const one = unacked.get(deliveryTag);
  const taken = multiple ? [...unacked.values()].filter((each) => deliveryTag === 0 || each.deliveryTag <= deliveryTag) : one ? [one] : [];
  for (const each of taken) unacked.delete(each.deliveryTag);
  return taken;
}

/** Does with each what is to be done, then lets the queues go on. What was of a queue that is gone is just gone. */
function settle(broker: AmqpBroker, context: AmqpBrokerContext, channel: Channel, taken: readonly Unacked[], one: (queue: Queue, unacked: Unacked) => void): void {
  const queues = new Set<Queue>();
  for (const unacked of taken) {
    const queue = sameQueue(broker, unacked.queue, unacked.queueId);
    if (!queue) continue;
    const consumer = unacked.consumer === null ? undefined : queue.consumers.get(unacked.consumer);
    if (consumer) consumer.unacked--;
    touch(context, queue);
    one(queue, unacked);
    queues.add(queue);
  }
  // Where the limit is the channel's, there is room for its consumers of other queues, too.
  if (channel.globalPrefetchCount > 0) for (const { queue, queueId } of channel.consumers.values()) queues.add(sameQueue(broker, queue, queueId) as Queue);
  for (const queue of queues) {
    rejoin(queue, roomIn(broker));
    runQueue(broker, context, queue);
  }
}

function unknownTag(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, channel: number, deliveryTag: number): void {
  closeChannelWith(broker, context, client, channel, 406, `PRECONDITION_FAILED - unknown delivery tag ${deliveryTag}`);
}
