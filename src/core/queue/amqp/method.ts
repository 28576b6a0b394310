/**
 * The methods of AMQP 0-9-1 that clients and the broker send each other, by their own names and with their own fields, in camel case
 * (RabbitMQ 3.10.8). Opening a connection is one exchange here: `connection.open` stands for the protocol header, start, tune and open.
 * A content travels with its method, not in frames of its own.
 */
import type { QueueArguments } from "./arguments";
import type { Content } from "./content";

interface Spoken {
  /** Kafka's messages have one; so the two are told apart. */
  readonly api?: undefined;
}

interface OnChannel extends Spoken {
  readonly channel: number;
}

/** A method each by these names, with these fields. */
type Each<Name extends string, Fields = object> = Name extends string ? Readonly<Fields> & Spoken & { readonly method: Name } : never;
type EachOnChannel<Name extends string, Fields = object> = Each<Name, Fields & OnChannel>;

export type ExchangeType = "direct" | "fanout";

export interface QueueDeclare extends OnChannel {
  readonly method: "queue.declare";
  readonly queue: string;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: QueueArguments;
}

export interface ExchangeDeclare extends OnChannel {
  readonly method: "exchange.declare";
  readonly exchange: string;
  readonly type: ExchangeType;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly autoDelete: boolean;
}

export type QueueBind = EachOnChannel<"queue.bind", Bound>;

interface Bound {
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
}

export interface BasicConsume extends OnChannel {
  readonly method: "basic.consume";
  readonly queue: string;
  readonly consumerTag: string;
  /** `no-ack`: a message counts as acknowledged once it is sent. */
  readonly noAck: boolean;
  readonly exclusive: boolean;
  /** `x-priority`; higher ones are served first while they have room. */
  readonly priority: number;
}

export interface BasicPublish extends OnChannel {
  readonly method: "basic.publish";
  readonly mandatory: boolean;
  readonly content: Content;
}

export interface BasicAck extends OnChannel {
  readonly method: "basic.ack";
  readonly deliveryTag: number;
  /** All up to this tag; with tag 0, all. */
  readonly multiple: boolean;
}

/** `basic.reject` is a `basic.nack` of one. */
export type BasicNack = EachOnChannel<"basic.nack" | "basic.reject", { deliveryTag: number; multiple: boolean; requeue: boolean }>;

export type ClientMethod =
  | Each<"connection.open", { heartbeatS: number }>
  | Each<"connection.close" | "heartbeat">
  | EachOnChannel<"channel.open" | "channel.close" | "confirm.select">
  | ExchangeDeclare
  | EachOnChannel<"exchange.delete", { exchange: string }>
  | QueueDeclare
  | QueueBind
  | EachOnChannel<"queue.unbind", Bound>
  | EachOnChannel<"queue.purge" | "queue.delete", { queue: string }>
  | EachOnChannel<"basic.qos", { prefetchCount: number; global: boolean }>
  | BasicConsume
  | EachOnChannel<"basic.cancel", { consumerTag: string }>
  | BasicPublish
  | EachOnChannel<"basic.get", { queue: string; noAck: boolean }>
  | BasicAck
  | BasicNack
  | EachOnChannel<"basic.recover", { requeue: boolean }>;

export interface BasicDeliver extends OnChannel {
  readonly method: "basic.deliver";
  readonly consumerTag: string;
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly content: Content;
}

/** `reply-code` and `reply-text` of an exception. */
export interface Reply {
  readonly replyCode: number;
  readonly replyText: string;
}

export type BrokerMethod =
  | Each<"connection.open-ok" | "connection.close-ok" | "heartbeat">
  | Each<"connection.close", Reply>
  | EachOnChannel<"channel.open-ok" | "channel.close-ok" | "confirm.select-ok">
  | EachOnChannel<"channel.close", Reply>
  | EachOnChannel<"exchange.declare-ok" | "exchange.delete-ok" | "queue.bind-ok" | "queue.unbind-ok" | "basic.qos-ok" | "basic.recover-ok">
  | EachOnChannel<"queue.declare-ok", { queue: string; messageCount: number; consumerCount: number }>
  | EachOnChannel<"queue.purge-ok" | "queue.delete-ok", { messageCount: number }>
  /** `basic.cancel` of the broker takes a consumer away, for its queue is gone. */
  | EachOnChannel<"basic.consume-ok" | "basic.cancel-ok" | "basic.cancel", { consumerTag: string }>
  | BasicDeliver
  | EachOnChannel<"basic.get-ok", { deliveryTag: number; redelivered: boolean; messageCount: number; content: Content }>
  | EachOnChannel<"basic.get-empty">
  | EachOnChannel<"basic.return", Reply & { content: Content }>
  /** Publisher confirms: tags are counted from confirm.select. */
  | EachOnChannel<"basic.ack" | "basic.nack", { deliveryTag: number; multiple: boolean }>;

export type Method = ClientMethod | BrokerMethod;
