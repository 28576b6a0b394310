import type { BindingSpec, QueueSpec } from "../../core/queue/clients/declarations";
import type { ProducerSpec, PublishesSpec, ReceiverSpec } from "../../core/world/spec";
import { slowProducerConfigs } from "./slowedForTheEye";

// What the scenes beside RabbitMQ begin with.

/** As a careful program publishes: it waits for confirms, and its messages outlive the broker. */
function carefully(targets: readonly BindingSpec[]): PublishesSpec {
  return { targets, confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null };
}

/** One program whose every order goes to topics, queues and exchanges at once. */
export function ordersToAll(ratePerSecond: number, topics: readonly string[], targets: readonly BindingSpec[]): ProducerSpec {
  const source = { ratePerSecond, keys: { kind: "range", prefix: "user-", from: 1, to: 8 }, valueSizeInBytes: 0 } as const;
  return { clientId: "checkout", topics, source, configs: slowProducerConfigs, publishes: carefully(targets) };
}

/** A durable queue, bound to an exchange where one is named. */
export function plainQueue(name: string, exchange?: string): QueueSpec {
  return { name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: exchange === undefined ? [] : [{ exchange, routingKey: "" }] };
}

/** A receiver that has one message in work and the next at hand, and acknowledges each when it is done. */
export function plainReceiver(name: string, queue: string, timeMs: number): ReceiverSpec {
  return { name, queue, prefetchCount: 2, noAck: false, priority: 0, processing: { timeMs, settle: "each" } };
}
