import type { BindingSpec, QueueSpec } from "../../queue/clients/declarations";
import type { AmqpTopology, Topology } from "../../world/topology";

/** Where messages are to go, as people have wired it: the broker may not have heard of it yet. */

/** Whether what is published so is meant for a queue. */
export function leadsTo({ exchanges }: Pick<AmqpTopology, "exchanges">, { name, bindings }: QueueSpec, { exchange, routingKey }: BindingSpec): boolean {
  if (exchange === "") return routingKey === name;
  const isFanout = exchanges.get(exchange)?.type === "fanout";
  return bindings.some((binding) => binding.exchange === exchange && (isFanout || binding.routingKey === routingKey));
}

/** Which messages a queue gets, by the names under which the watchers note what has reached an exchange. */
export function sourcesOf({ exchanges }: Pick<AmqpTopology, "exchanges">, { name, bindings }: QueueSpec): readonly string[] {
  return [`=${name}`, ...bindings.map(({ exchange, routingKey }) => (exchanges.get(exchange)?.type === "fanout" ? exchange : keyedName(exchange, routingKey)))];
}

/** No name has a line break in it. */
export function keyedName(exchange: string, routingKey: string): string {
  return `${exchange}\n${routingKey}`;
}

/** Who feeds a queue, and how. */
export interface Feeder {
  /** A program that receives sends on to it. */
  readonly isProgram?: boolean;
  readonly confirms: boolean;
  readonly persistent: boolean;
  readonly expirationMs: number | null;
  /** Ways that lead from it to the queue: by more than one each message comes more than once. */
  readonly targets: readonly BindingSpec[];
}

/** The programs that publish what the queue gets: those of producers, and receivers that send on to it, which do so without confirms. */
export function feedersOf({ producers, amqp }: Pick<Topology, "producers" | "amqp">, queue: QueueSpec): readonly Feeder[] {
  if (!amqp) return [];
  const publishers = [...producers.values()].flatMap(({ publishes }) => {
    const targets = publishes?.targets.filter((target) => leadsTo(amqp, queue, target)) ?? [];
    return publishes && targets.length > 0 ? [{ ...publishes, targets }] : [];
  });
  const isSentOnTo = [...amqp.receivers.values()].some(({ processing: { forwardTo, rescue } }) => forwardTo === queue.name || (rescue?.giveUp === "forward" && rescue.topics?.includes(queue.name)));
  return isSentOnTo ? [...publishers, { isProgram: true, confirms: false, persistent: true, expirationMs: null, targets: [{ exchange: "", routingKey: queue.name }] }] : publishers;
}

/** Where the dead letters of a queue go: to none where it has no dead-letter exchange, or that leads nowhere for any of the keys. */
export function deadLetterQueues(amqp: AmqpTopology, queue: QueueSpec, feeders: readonly Feeder[]): readonly string[] {
  const exchange = queue.arguments["x-dead-letter-exchange"];
  if (exchange === undefined) return [];
  const own = queue.arguments["x-dead-letter-routing-key"];
  const keys = own === undefined ? feeders.flatMap(({ targets }) => targets.map(({ routingKey }) => routingKey)) : [own];
  const ways = (keys.length > 0 ? keys : [queue.name]).map((routingKey) => [...amqp.queues.values()].filter((other) => leadsTo(amqp, other, { exchange, routingKey })).map(({ name }) => name));
  return ways.every((names) => names.length > 0) ? [...new Set(ways.flat())] : [];
}

/** Queues to which only dead letters come: where others' messages end, and nobody's copy of what is sent. */
export function deadLetterOnly(topology: Pick<Topology, "producers" | "amqp">): ReadonlySet<string> {
  const { amqp } = topology;
  if (!amqp) return new Set();
  const receivers = [...amqp.receivers.values()].map(({ processing }) => processing);
  const rescues = receivers.flatMap(({ rescue }) => (rescue?.giveUp === "forward" ? (rescue.topics ?? []) : []));
  const fed = [...amqp.queues.values()].map((queue) => ({ queue, feeders: feedersOf(topology, queue) }));
  const ends = new Set([...rescues, ...fed.flatMap(({ queue, feeders }) => deadLetterQueues(amqp, queue, feeders))]);
  const isSource = ({ name }: QueueSpec, feeders: readonly Feeder[]): boolean => feeders.some(({ isProgram }) => !isProgram) || receivers.some(({ forwardTo }) => forwardTo === name);
  return new Set(fed.filter(({ queue, feeders }) => ends.has(queue.name) && !isSource(queue, feeders)).map(({ queue }) => queue.name));
}
