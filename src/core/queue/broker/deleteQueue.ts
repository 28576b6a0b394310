import { timer } from "../../sim/timer";
import { channelOf, type AmqpBroker, type AmqpBrokerContext } from "./amqpBroker";
import { settleConfirms } from "./confirms";
import { EXPIRY } from "./deliver";
import { WRITE } from "./disk";
import { unbindQueue } from "./exchange";
import type { Queue } from "./queue";
import { readyMessages } from "./ready";

/**
 * A queue goes with all that it holds; nothing of it is dead-lettered. Its consumers are told; an acknowledgement of what it had sent is
 * accepted in silence later (seen in 3.10.8). Who waits for a confirm gets it.
 */
export function deleteQueue(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue): void {
  const { name, id, owner, consumers, confirms } = queue;
  broker.queues.delete(name);
  unbindQueue(broker, name);
  context.cancelTimer(timer(EXPIRY, name));
  context.cancelTimer(timer(WRITE, name));
  for (const { client, channel, consumerTag } of consumers.values()) {
    const open = channelOf(broker, client, channel);
    if (!open) continue;
    open.consumers.delete(consumerTag);
    // With its connection an exclusive queue goes, and nobody is there to be told.
    if (client !== owner) context.send(client, { method: "basic.cancel", channel, consumerTag });
  }
  const held = [...broker.connections.values()].flatMap(({ channels }) => [...channels.values()].flatMap(({ unacked }) => [...unacked.values()].filter(({ queueId }) => queueId === id)));
  context.tell({ type: "queueDeleted", place: { queue: name, queueId: id }, messages: [...readyMessages(queue.ready), ...held.map(({ message }) => message)] });
  settleConfirms(broker, context, confirms);
}
