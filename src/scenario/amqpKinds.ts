import { clusterLimits } from "../core/kafka/limits";
import { isLegibleName } from "../core/kafka/names";
import type { Overflow, QueueArguments } from "../core/queue/amqp/arguments";
import type { BindingSpec, ExchangeSpec, QueueSpec } from "../core/queue/clients/declarations";
import type { ReceiverSettings } from "../core/queue/clients/receiver";
import type { PublishesSpec } from "../core/world/spec";
import { list } from "./kinds/collections";
import { defaulted, optional, record, required } from "./kinds/record";
import { choice, flag, nameUpTo, nullable, textUpTo, wholeFrom } from "./kinds/scalars";

// What is declared in the RabbitMQ broker, and how programs speak to it. As in `specKinds.ts`, numbers, defaults and limits stand here and
// nowhere else. A queue is durable and a publish persistent unless it says otherwise, as most guides have it; a receiver has no limit of
// prefetch and acknowledges by hand, as AMQP has it.

const { maxNameLength, maxBindingsPerQueue, maxTargets, maxQueuePriority } = clusterLimits;
const MOST_MS = 4_294_967_295;

export const amqpName = nameUpTo(maxNameLength, (name) => isLegibleName(name) && !name.startsWith("amq."));
export const routingKey = textUpTo(255);
const milliseconds = wholeFrom(0, MOST_MS);
const count = wholeFrom(0, Number.MAX_SAFE_INTEGER);

/** The default exchange has no name. */
const target = record<BindingSpec>({ exchange: defaulted(1, textUpTo(maxNameLength), ""), routingKey: defaulted(2, routingKey, "") });
const binding = record<BindingSpec>({ exchange: required(1, amqpName), routingKey: defaulted(2, routingKey, "") });

export const exchange = record<ExchangeSpec>({
  name: required(1, amqpName),
  type: defaulted(2, choice({ direct: 1, fanout: 2 }), "fanout"),
  durable: defaulted(3, flag, true),
});

const queueArguments = record<QueueArguments>({
  "x-message-ttl": optional(1, milliseconds),
  "x-max-length": optional(2, count),
  "x-max-length-bytes": optional(3, count),
  "x-overflow": optional(4, choice<Overflow>({ "drop-head": 1, "reject-publish": 2, "reject-publish-dlx": 3 })),
  "x-dead-letter-exchange": optional(5, textUpTo(maxNameLength)),
  "x-dead-letter-routing-key": optional(6, routingKey),
  "x-single-active-consumer": optional(7, flag),
  "x-max-priority": optional(8, wholeFrom(0, maxQueuePriority)),
});

export const queue = record<QueueSpec>({
  name: required(1, amqpName),
  durable: defaulted(2, flag, true),
  exclusive: defaulted(3, flag, false),
  autoDelete: defaulted(4, flag, false),
  arguments: defaulted(5, queueArguments, {}),
  bindings: defaulted(6, list(binding, maxBindingsPerQueue), []),
});

export const publishes = record<PublishesSpec>({
  targets: required(1, list(target, maxTargets, 1)),
  confirms: defaulted(2, flag, false),
  mandatory: defaulted(3, flag, false),
  persistent: defaulted(4, flag, true),
  expirationMs: defaulted(5, nullable(milliseconds), null),
  priority: defaulted(6, nullable(wholeFrom(0, 255)), null),
});

const prefetchCount = wholeFrom(0, 65_535);
const priority = wholeFrom(-1000, 1000);

export const receiverSettings = { prefetchCount: defaulted(3, prefetchCount, 0), noAck: defaulted(4, flag, false), priority: defaulted(5, priority, 0) };

/** Some of them. */
export const receiverSettingsChange = record<Partial<ReceiverSettings>>({ prefetchCount: optional(1, prefetchCount), noAck: optional(2, flag), priority: optional(3, priority) });
