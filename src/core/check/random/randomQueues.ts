import type { QueueSpec } from "../../queue/clients/declarations";
import { nextBelow, type RandomStream } from "../../sim/random";
import { pick, pickName, randomProcessing } from "./randomSpecs";
import type { PublishesSpec, ReceiverSpec } from "../../world/spec";
import type { Topology } from "../../world/topology";

/** What random worlds with queues are made of. */

export function randomQueue(random: RandomStream, name: string, { amqp }: Pick<Topology, "amqp">): QueueSpec {
  const exchange = amqp ? pickName(random, amqp.exchanges) : undefined;
  const bindings = exchange !== undefined && nextBelow(random, 3) > 0 ? [{ exchange, routingKey: pick(random, ["", "a", name]) }] : [];
  // One that loses nothing.
  if (nextBelow(random, 2) === 0) return { name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings };
  const isLimited = nextBelow(random, 3) === 0;
  const deadLetters = nextBelow(random, 3) === 0;
  return {
    name,
    durable: pick(random, [true, true, false]),
    exclusive: nextBelow(random, 8) === 0,
    autoDelete: nextBelow(random, 3) === 0,
    arguments: {
      ...(isLimited && { "x-max-length": pick(random, [1, 3, 20]), "x-overflow": pick(random, ["drop-head", "drop-head", "reject-publish", deadLetters ? "reject-publish-dlx" : "reject-publish"]) }),
      ...(nextBelow(random, 4) === 0 && { "x-message-ttl": pick(random, [0, 200, 1000, 5000]) }),
      ...(deadLetters && { "x-dead-letter-exchange": pick(random, ["", "exchange-1", "nowhere"]), ...(nextBelow(random, 2) === 0 && { "x-dead-letter-routing-key": pick(random, ["queue-1", "queue-2", name]) }) }),
      ...(nextBelow(random, 6) === 0 && { "x-single-active-consumer": true }),
      ...(nextBelow(random, 6) === 0 && { "x-max-priority": 3 }),
    },
    bindings,
  };
}

export function randomReceiver(random: RandomStream, name: string, queue: string): ReceiverSpec {
  return { name, queue, prefetchCount: pick(random, [0, 1, 2, 10]), noAck: nextBelow(random, 6) === 0, priority: pick(random, [0, 0, 0, 5]), processing: randomProcessing(random) };
}

export function randomPublishes(random: RandomStream, { amqp }: Topology): PublishesSpec | null {
  if (!amqp || nextBelow(random, 6) === 0) return null;
  const queue = { exchange: "", routingKey: pickName(random, amqp.queues) ?? "queue-1" };
  const exchange = { exchange: pickName(random, amqp.exchanges) ?? "", routingKey: pick(random, ["", "a", "queue-1"]) };
  return {
    targets: pick(random, [[queue], [queue], [queue], [queue, exchange], [exchange]]),
    confirms: nextBelow(random, 4) > 0,
    mandatory: pick(random, [true, false]),
    persistent: nextBelow(random, 4) > 0,
    expirationMs: pick(random, [null, null, null, 500]),
    priority: pick(random, [null, null, 1, 200]),
  };
}
