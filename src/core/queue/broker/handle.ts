import type { ActorId } from "../../sim/message";
import type { Timer } from "../../sim/timer";
import type { BrokerMethod, ClientMethod } from "../amqp/method";
import { acknowledge, negativelyAcknowledge, recover } from "./acknowledge";
import { newChannel, type AmqpBroker, type AmqpBrokerContext, type Channel } from "./amqpBroker";
import { cancelConsumer, closeChannel, closeChannelWith } from "./channel";
import { checkHeartbeat, closeConnection, HEARTBEAT_CHECK, HEARTBEAT_SEND, openConnection, sendHeartbeat } from "./connection";
import { consume, get } from "./consume";
import { bind, declareExchange, declareQueue, isRefusal, locked, noQueue, type Refusal } from "./declare";
import { deleteQueue } from "./deleteQueue";
import { EXPIRY, remove, runQueue } from "./deliver";
import { write, WRITE } from "./disk";
import { unbind } from "./exchange";
import { publish, queueDeadLetters } from "./publish";
import { takeAll } from "./ready";

/** A method of a client has arrived. A broker that does not run refuses the connection. */
export function handleMethod(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, method: ClientMethod): void {
  if (!broker.isUp) return context.disconnect(client);
  if (method.method === "connection.open") return openConnection(broker, context, client, method.heartbeatS);
  const connection = broker.connections.get(client);
  if (!connection) return context.disconnect(client);
  if (connection.heartbeat) connection.heartbeat.hasHeard = true;
  if (method.method === "connection.close") {
    closeConnection(broker, context, client);
    context.send(client, { method: "connection.close-ok" });
  } else if (method.method === "channel.open") {
    connection.channels.set(method.channel, newChannel());
    context.send(client, { method: "channel.open-ok", channel: method.channel });
  } else if (method.method !== "heartbeat") {
    // What was sent before the client knew that its channel is closed is thrown away.
    const channel = connection.channels.get(method.channel);
    const refusal = channel ? handlers[method.method](broker, context, client, channel, method as never) : null; // its own method's
    if (refusal) closeChannelWith(broker, context, client, method.channel, refusal.replyCode, refusal.replyText);
  }
  queueDeadLetters(broker, context);
}

/** A connection was closed under it. */
export function handleAmqpDisconnect(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId): void {
  closeConnection(broker, context, client);
  queueDeadLetters(broker, context);
}

export function handleAmqpTimer(broker: AmqpBroker, context: AmqpBrokerContext, { kind, subject }: Timer): void {
  const queue = broker.queues.get(subject as string);
  if (kind === HEARTBEAT_SEND) sendHeartbeat(broker, context, subject as ActorId);
  else if (kind === HEARTBEAT_CHECK) checkHeartbeat(broker, context, subject as ActorId);
  else if (queue && kind === EXPIRY) runQueue(broker, context, queue);
  else if (queue && kind === WRITE) write(broker, context, queue);
  queueDeadLetters(broker, context);
}

type ChannelMethod = Exclude<ClientMethod, { method: "connection.open" } | { method: "connection.close" } | { method: "heartbeat" } | { method: "channel.open" }>;
type Handler<Given extends ChannelMethod> = (broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, channel: Channel, method: Given) => Refusal | null | void;

/** Each method of an open channel. What it returns closes the channel. */
const handlers: { readonly [Name in ChannelMethod["method"]]: Handler<Extract<ChannelMethod, { readonly method: Name }>> } = {
  "channel.close": (broker, context, client, _channel, { channel: number }) => {
    closeChannel(broker, context, client, number);
    context.send(client, { method: "channel.close-ok", channel: number });
  },
  "confirm.select": (_broker, context, client, channel, { channel: number }) => {
    channel.confirms ??= { nextPublishTag: 1, waiting: new Map() };
    context.send(client, { method: "confirm.select-ok", channel: number });
  },
  "exchange.declare": (broker, context, client, _channel, method) => declareExchange(broker, method) ?? answer(context, client, { method: "exchange.declare-ok", channel: method.channel }),
  "exchange.delete": (broker, context, client, _channel, { channel: number, exchange }) => {
    broker.exchanges.delete(exchange);
    context.send(client, { method: "exchange.delete-ok", channel: number });
  },
  "queue.declare": (broker, context, client, _channel, method) => {
    const queue = declareQueue(broker, context, client, method);
    if (isRefusal(queue)) return queue;
    return answer(context, client, { method: "queue.declare-ok", channel: method.channel, queue: queue.name, messageCount: queue.ready.count, consumerCount: queue.consumers.size });
  },
  "queue.bind": (broker, context, client, _channel, method) => bind(broker, client, method) ?? answer(context, client, { method: "queue.bind-ok", channel: method.channel }),
  "queue.unbind": (broker, context, client, _channel, { channel: number, queue, exchange, routingKey }) => {
    unbind(broker, exchange, (binding) => binding.queue === queue && binding.routingKey === routingKey);
    context.send(client, { method: "queue.unbind-ok", channel: number });
  },
  "queue.purge": (broker, context, client, _channel, { channel: number, queue: name }) => {
    const queue = broker.queues.get(name);
    if (!queue) return noQueue(name);
    const messages = takeAll(queue.ready);
    for (const message of messages) remove(context, queue, message);
    context.tell({ type: "purged", place: { queue: name, queueId: queue.id }, messages });
    return answer(context, client, { method: "queue.purge-ok", channel: number, messageCount: messages.length });
  },
  "queue.delete": (broker, context, client, _channel, { channel: number, queue: name }) => {
    const queue = broker.queues.get(name);
    const refusal = queue ? locked(queue, client) : null;
    if (refusal) return refusal;
    const messageCount = queue?.ready.count ?? 0;
    if (queue) deleteQueue(broker, context, queue);
    return answer(context, client, { method: "queue.delete-ok", channel: number, messageCount });
  },
  "basic.qos": (_broker, context, client, channel, { channel: number, prefetchCount, global }) => {
    if (global) channel.globalPrefetchCount = prefetchCount;
    else channel.prefetchCount = prefetchCount;
    context.send(client, { method: "basic.qos-ok", channel: number });
  },
  "basic.consume": consume,
  "basic.cancel": (broker, context, client, channel, { channel: number, consumerTag }) => {
    cancelConsumer(broker, context, channel, consumerTag);
    context.send(client, { method: "basic.cancel-ok", channel: number, consumerTag });
  },
  "basic.publish": publish,
  "basic.get": (broker, context, client, channel, { channel: number, queue, noAck }) => get(broker, context, client, number, channel, queue, noAck),
  "basic.ack": acknowledge,
  "basic.nack": negativelyAcknowledge,
  "basic.reject": negativelyAcknowledge,
  "basic.recover": (broker, context, client, channel, { channel: number, requeue }) => {
    if (requeue) {
      recover(broker, context, channel);
      return answer(context, client, { method: "basic.recover-ok", channel: number });
    }
    closeConnection(broker, context, client);
    return answer(context, client, { method: "connection.close", replyCode: 540, replyText: "NOT_IMPLEMENTED - requeue=false" });
  },
};

function answer(context: AmqpBrokerContext, client: ActorId, method: BrokerMethod): null {
  context.send(client, method);
  return null;
}
