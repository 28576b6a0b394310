import type { QueueArguments } from "../amqp/arguments";
import type { ClientMethod, ExchangeType } from "../amqp/method";
import { CHANNEL } from "./session";

/** An exchange as people want it. */
export interface ExchangeSpec {
  readonly name: string;
  readonly type: ExchangeType;
  readonly durable: boolean;
}

/** A queue as people want it, with what leads to it besides the default exchange. */
export interface QueueSpec {
  readonly name: string;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: QueueArguments;
  readonly bindings: readonly BindingSpec[];
}

export interface BindingSpec {
  readonly exchange: string;
  readonly routingKey: string;
}

/** What a program says to have an exchange there. */
export function exchangeDeclaration({ name, type, durable }: ExchangeSpec): ClientMethod {
  return { method: "exchange.declare", channel: CHANNEL, exchange: name, type, passive: false, durable, autoDelete: false };
}

/** What a program says to have a queue there, bound as it is wanted; the exchanges come first. */
export function queueDeclarations({ name, durable, exclusive, autoDelete, arguments: given, bindings }: QueueSpec, exchanges: readonly ExchangeSpec[]): ClientMethod[] {
  return [
    ...exchanges.map(exchangeDeclaration),
    { method: "queue.declare", channel: CHANNEL, queue: name, passive: false, durable, exclusive, autoDelete, arguments: given },
    ...bindings.map(({ exchange, routingKey }): ClientMethod => ({ method: "queue.bind", channel: CHANNEL, queue: name, exchange, routingKey })),
  ];
}
