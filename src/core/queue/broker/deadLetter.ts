import { share } from "../../sim/share";
import type { Content, Death, DeathReason, Properties } from "../amqp/content";
import type { AmqpBroker, AmqpBrokerContext } from "./amqpBroker";
import { route } from "./exchange";
import type { Queue } from "./queue";
import type { QueuedMessage } from "./queuedMessage";

/** A message dies in a queue. */
export function die(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue, message: QueuedMessage, reason: DeathReason): void {
  const deadLettered = passOn(broker, context, queue, message.content, reason);
  context.tell({ type: "died", place: { queue: queue.name, queueId: queue.id }, message, reason, deadLettered });
}

/**
 * A copy of a message that a queue will not have goes through its dead-letter exchange, if it has one. Nobody is told where that is not there,
 * or leads nowhere (`rabbit_dead_letter`). Where the copies go they are queued once what happens now is done. Returns whether any goes anywhere.
 */
export function passOn(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue, dead: Content, reason: DeathReason): boolean {
  const content = deadLetter(queue, dead, reason, context.nowUs);
  const queues = content === null ? [] : (route(broker, content) ?? []).filter((name) => !isCycle(content.properties.deaths, name, reason));
  if (content !== null && queues.length > 0) broker.deadLetters.push(share({ content, queues }));
  return queues.length > 0;
}

/** The copy, or null where the queue has no dead-letter exchange. */
function deadLetter(queue: Queue, content: Content, reason: DeathReason, nowUs: number): Content | null {
  const exchange = queue.arguments["x-dead-letter-exchange"];
  if (exchange === undefined) return null;
  const routingKey = queue.arguments["x-dead-letter-routing-key"] ?? content.routingKey;
  const deaths = withDeath(content, { queue: queue.name, reason, timeUs: nowUs });
  const firstDeath = content.properties.firstDeath ?? share({ exchange: content.exchange, queue: queue.name, reason });
  const properties: Properties = share({ ...content.properties, expirationMs: null, deaths: share(deaths), firstDeath });
  return share({ ...content, exchange, routingKey, properties });
}

/** `x-death` with one more: the entry of this queue and reason counts on and comes first. */
function withDeath(content: Content, { queue, reason, timeUs }: Pick<Death, "queue" | "reason" | "timeUs">): Death[] {
  const { deaths, expirationMs } = content.properties;
  const known = deaths.find((death) => death.queue === queue && death.reason === reason);
  const fresh: Death = { count: 1, reason, queue, timeUs, exchange: content.exchange, routingKeys: share([content.routingKey]), originalExpirationMs: expirationMs };
  return [share(known ? { ...known, count: known.count + 1 } : fresh), ...deaths.filter((death) => death !== known)];
}

/**
 * A message that came back to a queue without any receiver having rejected it on the way would go round for ever: it is dropped instead
 * (`rabbit_dead_letter:is_cycle`).
 */
function isCycle(deaths: readonly Death[], queue: string, reason: DeathReason): boolean {
  if (reason === "rejected") return false;
  const at = deaths.findIndex((death) => death.queue === queue);
  return at >= 0 && deaths.slice(0, at + 1).every((death) => death.reason !== "rejected");
}
