import type { Content } from "../amqp/content";
import { DEFAULT_EXCHANGE, type AmqpBroker } from "./amqpBroker";

/**
 * The queues that a message goes to now, each once; null where there is no such exchange. An exchange holds nothing: who is not bound at
 * this moment gets nothing of it (`rabbit_exchange:route`).
 */
export function route({ exchanges, queues }: AmqpBroker, { exchange, routingKey }: Pick<Content, "exchange" | "routingKey">): readonly string[] | null {
  if (exchange === DEFAULT_EXCHANGE) return queues.has(routingKey) ? [routingKey] : [];
  const found = exchanges.get(exchange);
  if (!found) return null;
  const bound = found.bindings.filter((binding) => found.type === "fanout" || binding.routingKey === routingKey);
  return [...new Set(bound.map(({ queue }) => queue))];
}

/** Takes away what leads to a queue; an exchange that is to go with its last binding goes. */
export function unbindQueue(broker: AmqpBroker, queue: string): void {
  for (const exchange of broker.exchanges.values()) unbind(broker, exchange.name, (binding) => binding.queue === queue);
}

export function unbind({ exchanges }: AmqpBroker, name: string, isMeant: (binding: { readonly queue: string; readonly routingKey: string }) => boolean): void {
  const exchange = exchanges.get(name);
  if (!exchange) return;
  const kept = exchange.bindings.filter((binding) => !isMeant(binding));
  const hasLost = kept.length < exchange.bindings.length;
  exchange.bindings.splice(0, Infinity, ...kept);
  if (hasLost && kept.length === 0 && exchange.autoDelete) exchanges.delete(name);
}
