import type { ActorId } from "../../sim/message";
import type { Timer } from "../../sim/timer";
import type { Content } from "../amqp/content";
import type { BrokerMethod, ExchangeType } from "../amqp/method";
import type { QueueFact } from "../facts";
import type { Heartbeat } from "../heartbeat";
import type { Queue } from "./queue";
import type { QueuedMessage } from "./queuedMessage";

/** A RabbitMQ broker of one node, as plain data. */
export interface AmqpBroker {
  readonly kind: "amqpBroker";
  readonly name: string;
  /** It does not run while it is stopped, or after it was killed. */
  isUp: boolean;
  readonly exchanges: Map<string, Exchange>;
  readonly queues: Map<string, Queue>;
  readonly connections: Map<ActorId, Connection>;
  nextQueue: number;
  nextConsumer: number;
  /** Copies that a dead-letter exchange has led to queues, and that are not there yet: empty between events. */
  readonly deadLetters: { readonly content: Content; readonly queues: readonly string[] }[];
}

export interface Exchange {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** In the order in which they were made. */
  readonly bindings: Binding[];
}

export interface Binding {
  readonly queue: string;
  readonly routingKey: string;
}

export interface Connection {
  readonly heartbeat: Heartbeat | null;
  readonly channels: Map<number, Channel>;
}

export interface Channel {
  nextDeliveryTag: number;
  /** Sent on this channel and not acknowledged, by delivery tag, oldest first. */
  readonly unacked: Map<number, Unacked>;
  /** `basic.qos`: what the next consumer gets as its own limit; 0 is none. */
  prefetchCount: number;
  /** `basic.qos` with global: the limit of all consumers of the channel together; 0 is none. */
  globalPrefetchCount: number;
  /** By consumer tag. */
  readonly consumers: Map<string, { readonly queueId: number; readonly queue: string; readonly number: number }>;
  /** Null before confirm.select. */
  confirms: Confirms | null;
}

export interface Confirms {
  nextPublishTag: number;
  /** By publish tag, how many queues have yet to write it, and whether one has refused it. */
  readonly waiting: Map<number, { readonly queues: number; readonly isRefused: boolean }>;
}

/** A message that was sent and not acknowledged. Frozen. */
export interface Unacked {
  readonly deliveryTag: number;
  readonly queueId: number;
  readonly queue: string;
  /** Null for basic.get. */
  readonly consumer: number | null;
  readonly message: QueuedMessage;
}

/** What a broker may do to the world around it. */
export interface AmqpBrokerContext {
  readonly nowUs: number;
  /** Sends to a client on its connection. */
  readonly send: (client: ActorId, method: BrokerMethod) => void;
  /** Closes a client's connection: what is under way on it is lost, both ways. */
  readonly disconnect: (client: ActorId) => void;
  readonly setTimer: (timer: Timer, atUs: number) => void;
  readonly cancelTimer: (timer: Timer) => void;
  readonly tell: (fact: QueueFact) => void;
}

/** The default exchange leads to every queue by its name, and cannot be bound. */
export const DEFAULT_EXCHANGE = "";

export function newAmqpBroker(name: string): AmqpBroker {
  return { kind: "amqpBroker", name, isUp: true, exchanges: new Map(), queues: new Map(), connections: new Map(), nextQueue: 1, nextConsumer: 1, deadLetters: [] };
}

export function isAmqpBroker(actor: { readonly kind: string } | undefined): actor is AmqpBroker {
  return actor?.kind === "amqpBroker";
}

export function newChannel(): Channel {
  return { nextDeliveryTag: 1, unacked: new Map(), prefetchCount: 0, globalPrefetchCount: 0, consumers: new Map(), confirms: null };
}

export function channelOf({ connections }: AmqpBroker, client: ActorId, channel: number): Channel | undefined {
  return connections.get(client)?.channels.get(channel);
}

/** The queue of a name, if it is still the one that was meant. */
export function sameQueue({ queues }: AmqpBroker, name: string, id: number): Queue | undefined {
  const queue = queues.get(name);
  return queue?.id === id ? queue : undefined;
}
