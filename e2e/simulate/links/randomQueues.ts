import type { Processing } from "../../../src/core/apps/program";
import type { QueueSpec } from "../../../src/core/queue/clients/declarations";
import { nextBelow, type RandomStream } from "../../../src/core/sim/random";
import type { Command } from "../../../src/core/world/command";
import type { AmqpSpec, PublishesSpec, ReceiverSpec } from "../../../src/core/world/spec";
import { distinct, many, number, pick, text } from "./oddValues";

/** What a document may hold of the RabbitMQ broker, and programs that fail, of all shapes. */
export function randomAmqp(random: RandomStream): AmqpSpec {
  const exchanges = distinct(many(random, 12, (at) => ({ name: `${text(random)}x${at}`, type: pick(random, ["direct", "fanout"] as const), durable: flag(random) })), ({ name }) => name);
  const queues = distinct(many(random, 24, (at) => randomQueue(random, `${text(random)}q${at}`, exchanges.map(({ name }) => name))), ({ name }) => name);
  const receivers = queues.length === 0 ? [] : many(random, 64, (at) => randomReceiver(random, `${text(random)}r${at}`, pick(random, queues).name));
  return { exchanges, queues, receivers };
}

export function randomPublishes(random: RandomStream): PublishesSpec {
  return {
    targets: [{ exchange: "", routingKey: text(random) }, ...many(random, 11, () => ({ exchange: text(random), routingKey: text(random) }))],
    confirms: flag(random),
    mandatory: flag(random),
    persistent: flag(random),
    expirationMs: pick(random, [null, 0, nextBelow(random, 100_000)]),
    priority: pick(random, [null, 0, 255]),
  };
}

export function randomProcessing(random: RandomStream): Processing {
  return {
    timeMs: number(random, 600_000),
    ...(flag(random) && { workers: 1 + nextBelow(random, 64) }),
    ...(flag(random) && { settle: pick(random, ["before", "after", "each", "async"] as const) }),
    ...(flag(random) && { failure: { how: pick(random, ["throw", "stall", "crash"] as const), keys: many(random, 9, () => text(random)), ...(flag(random) && { numbers: [0, 7] }), ...(flag(random) && { percent: number(random, 100) }) } }),
    ...(flag(random) && { rescue: { retries: nextBelow(random, 100), backoffMs: number(random, 9000), giveUp: pick(random, ["stop", "skip", "requeue", "reject", "forward"] as const), ...(flag(random) && { topics: ["retry", "dead"], delayMs: 5 }) } }),
    ...(flag(random) && { forwardTo: "next.topic" }),
  };
}

export function randomQueueCommand(random: RandomStream): Command {
  const name = `${text(random)}n`;
  const { prefetchCount, noAck, priority } = randomReceiver(random, name, name);
  return pick<Command>(random, [
    { type: "declareExchange", exchange: { name, type: "direct", durable: flag(random) } },
    { type: "deleteExchange", exchange: name },
    { type: "declareQueue", queue: randomQueue(random, name, [name]) },
    { type: "deleteQueue", queue: name },
    { type: "purgeQueue", queue: name },
    { type: "redeclareQueue", queue: randomQueue(random, name, [name]) },
    { type: "bindQueue", queue: name, exchange: name, routingKey: text(random) },
    { type: "unbindQueue", queue: name, exchange: name, routingKey: "" },
    { type: "addReceiver", receiver: randomReceiver(random, name, name) },
    { type: "removeReceiver", receiver: name, how: pick(random, ["close", "kill"]) },
    { type: "alterReceiver", receiver: name, processing: randomProcessing(random) },
    { type: "alterReceiver", receiver: name, settings: pick(random, [{ prefetchCount }, { noAck }, { priority }, {}]) },
    { type: "freezeReceiver", receiver: name, isFrozen: flag(random) },
    { type: "alterPublishes", clientId: name, publishes: pick(random, [null, randomPublishes(random)]) },
    { type: "stopAmqpBroker", how: pick(random, ["stop", "kill"]) },
    { type: "startAmqpBroker" },
  ]);
}

function randomQueue(random: RandomStream, name: string, exchanges: readonly string[]): QueueSpec {
  const bindings = exchanges.length === 0 ? [] : many(random, 12, () => ({ exchange: pick(random, exchanges), routingKey: text(random) }));
  const given = pick(random, [{}, { "x-message-ttl": nextBelow(random, 9000), "x-max-priority": 10 }, { "x-max-length": 3, "x-overflow": "reject-publish" as const }, { "x-max-length-bytes": 7, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": text(random), "x-single-active-consumer": true }]);
  return { name, durable: flag(random), exclusive: flag(random), autoDelete: flag(random), arguments: given, bindings };
}

function randomReceiver(random: RandomStream, name: string, queue: string): ReceiverSpec {
  return { name, queue, prefetchCount: nextBelow(random, 65_536), noAck: flag(random), priority: nextBelow(random, 2001) - 1000, processing: randomProcessing(random) };
}

function flag(random: RandomStream): boolean {
  return nextBelow(random, 2) === 0;
}
