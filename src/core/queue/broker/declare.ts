import type { ActorId } from "../../sim/message";
import { share } from "../../sim/share";
import { argumentsProblem, type QueueArguments } from "../amqp/arguments";
import type { ExchangeDeclare, QueueBind, QueueDeclare, Reply } from "../amqp/method";
import { DEFAULT_EXCHANGE, type AmqpBroker, type AmqpBrokerContext } from "./amqpBroker";
import { touch, writeSoon } from "./disk";
import { newQueue, type Queue } from "./queue";

/** Why something is refused, as an exception of the channel. */
export type Refusal = Reply;

/** `queue.declare`: makes a queue, or finds that it is there and just like that. Passive only looks. */
export function declareQueue(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, method: QueueDeclare): Queue | Refusal {
  const { queue: name, durable, autoDelete, exclusive, passive } = method;
  const known = broker.queues.get(name);
  if (known) touch(context, known);
  if (known) return locked(known, client) ?? (passive ? known : (unequal(known, method) ?? known));
  if (passive) return noQueue(name);
  const problem = argumentsProblem(name, { ...method.arguments });
  if (problem !== null) return refuse(406, `PRECONDITION_FAILED - ${problem}`);
  const queue = newQueue(broker.nextQueue++, name, durable, autoDelete, exclusive ? client : null, share({ ...method.arguments }));
  broker.queues.set(name, queue);
  context.tell({ type: "queueDeclared", place: { queue: name, queueId: queue.id }, maxPriority: queue.arguments["x-max-priority"] ?? 0 });
  writeSoon(context, queue, false);
  return queue;
}

/** `exchange.declare` */
export function declareExchange({ exchanges }: AmqpBroker, { exchange: name, type, durable, autoDelete, passive }: ExchangeDeclare): Refusal | null {
  const known = exchanges.get(name);
  if (known && !passive) {
    if (known.type !== type) return inequivalent("type", "exchange", name, type, known.type);
    if (known.durable !== durable) return inequivalent("durable", "exchange", name, durable, known.durable);
    if (known.autoDelete !== autoDelete) return inequivalent("auto_delete", "exchange", name, autoDelete, known.autoDelete);
  }
  if (known) return null;
  if (passive) return noExchange(name);
  exchanges.set(name, { name, type, durable, autoDelete, bindings: [] });
  return null;
}

/** `queue.bind`: two bindings that lead to the same queue make one copy. */
export function bind(broker: AmqpBroker, client: ActorId, { queue: name, exchange: to, routingKey }: QueueBind): Refusal | null {
  const queue = broker.queues.get(name);
  if (!queue) return noQueue(name);
  if (to === DEFAULT_EXCHANGE) return refuse(403, "ACCESS_REFUSED - operation not permitted on the default exchange");
  const exchange = broker.exchanges.get(to);
  if (!exchange) return noExchange(to);
  const refusal = locked(queue, client);
  if (refusal) return refusal;
  if (!exchange.bindings.some((binding) => binding.queue === name && binding.routingKey === routingKey)) exchange.bindings.push(share({ queue: name, routingKey }));
  return null;
}

export function isRefusal(result: Queue | Refusal | null): result is Refusal {
  return result !== null && "replyCode" in result;
}

/** A queue that is exclusive to another connection. */
export function locked({ owner, name }: Queue, client: ActorId): Refusal | null {
  if (owner === null || owner === client) return null;
  return refuse(405, `RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '${name}' in vhost '/'`);
}

export function noQueue(name: string): Refusal {
  return refuse(404, `NOT_FOUND - no queue '${name}' in vhost '/'`);
}

function noExchange(name: string): Refusal {
  return refuse(404, `NOT_FOUND - no exchange '${name}' in vhost '/'`);
}

export function refuse(replyCode: number, replyText: string): Refusal {
  return { replyCode, replyText };
}

/** The same name with other properties is refused: the queue that is there stays as it is. */
function unequal(known: Queue, { durable, autoDelete, arguments: given }: QueueDeclare): Refusal | null {
  if (known.durable !== durable) return inequivalent("durable", "queue", known.name, durable, known.durable);
  if (known.autoDelete !== autoDelete) return inequivalent("auto_delete", "queue", known.name, autoDelete, known.autoDelete);
  const names = new Set([...Object.keys(known.arguments), ...Object.keys(given)]) as Set<keyof QueueArguments>; // both have such keys
  for (const each of names) {
    if (known.arguments[each] !== given[each]) return inequivalent(each, "queue", known.name, given[each] ?? "none", known.arguments[each] ?? "none");
  }
  return null;
}

function inequivalent(argument: string, what: "queue" | "exchange", name: string, received: unknown, current: unknown): Refusal {
  return refuse(406, `PRECONDITION_FAILED - inequivalent arg '${argument}' for ${what} '${name}' in vhost '/': received '${String(received)}' but current is '${String(current)}'`);
}
