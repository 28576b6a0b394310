import type { AmqpBroker, Unacked } from "../../queue/broker/amqpBroker";
import { channelOf } from "../../queue/broker/amqpBroker";
import { roomIn } from "../../queue/broker/deliver";
import type { Queue } from "../../queue/broker/queue";
import type { QueuedMessage } from "../../queue/broker/queuedMessage";
import { head, readyMessages } from "../../queue/broker/ready";
import type { Cluster } from "../../world/cluster";
import type { Witness } from "../witness";

/** What is with receivers, by queue: looked up once for all queues. */
export type Counts = ReadonlyMap<number, readonly Unacked[]>;

export function countQueues({ connections }: AmqpBroker): Counts {
  const counts = new Map<number, Unacked[]>();
  for (const { channels } of connections.values()) {
    for (const { unacked } of channels.values()) {
      for (const each of unacked.values()) {
        const list = counts.get(each.queueId);
        if (list) list.push(each);
        else counts.set(each.queueId, [each]);
      }
    }
  }
  return counts;
}

/** What must hold of a queue after every event. */
export function checkQueue(witness: Witness, cluster: Cluster, broker: AmqpBroker, queue: Queue, counts: Counts): string | null {
  const held = counts.get(queue.id) ?? [];
  const ready = [...readyMessages(queue.ready)];
  return checkLife(broker, queue) ?? checkPlaces(queue, ready, held) ?? checkReturns(witness, cluster, queue, ready, held) ?? checkWatched(cluster, queue, ready, held) ?? checkConsumers(broker, queue, held) ?? checkLimits(cluster, broker, queue, ready) ?? checkSending(witness, queue, ready, held);
}

/** What is exclusive goes with its connection, and what is to go with its last consumer with that. */
function checkLife(broker: AmqpBroker, { owner, autoDelete, hadConsumers, consumers }: Queue): string | null {
  if (owner !== null && !broker.connections.has(owner)) return "is exclusive to a connection that is gone";
  return autoDelete && hadConsumers && consumers.size === 0 ? "was to go with its last consumer" : null;
}

/** What comes back stands where it stood, and says that it was sent. A broker that was killed says so of all. */
function checkReturns(witness: Witness, { watch: { amqp } }: Cluster, queue: Queue, ready: readonly QueuedMessage[], held: readonly Unacked[]): string | null {
  const known = (place: number): string => `${queue.id} ${place}`;
  for (const { message, consumer } of held) if (consumer !== null) witness.sentPlaces.add(known(message.place));
  if (amqp && amqp.stops > 0) return null;
  const stray = ready.find(({ place, redelivered }) => redelivered !== witness.sentPlaces.has(known(place)));
  if (!stray) return null;
  return stray.redelivered ? `${stray.place} has come back to a place that it never had` : `${stray.place} was sent, and says that it was not`;
}

/** Whoever hears what the broker tells knows how many messages it has. */
function checkWatched({ watch: { amqp } }: Cluster, { name }: Queue, ready: readonly QueuedMessage[], held: readonly Unacked[]): string | null {
  let handed = 0;
  for (const hands of amqp?.handed.values() ?? []) for (const each of hands.values()) if (each.queue === name) handed += each.copies;
  const present = ready.length + held.length + handed;
  const told = amqp?.queues.get(name)?.present ?? 0;
  if (told !== present) return `has ${present} messages, and was told to have ${told}`;
  const actual = amqp?.actual.get(name);
  const toldReady = actual ? [...readyMessages(actual.ready)] : [];
  const isSame = actual?.held.size === held.length && toldReady.length === ready.length && ready.every((message, at) => message === toldReady[at]);
  return isSame ? null : `was told to have ${actual?.ready.count ?? 0} ready and ${actual?.held.size ?? 0} with receivers, and has ${ready.length} and ${held.length}`;
}

/** A message is ready, or with one receiver, and never twice; what is ready stands in order. */
function checkPlaces(queue: Queue, ready: readonly QueuedMessage[], held: readonly Unacked[]): string | null {
  if (held.length !== queue.unacked) return `counts ${queue.unacked} with receivers, and they have ${held.length}`;
  if (ready.length !== queue.ready.count) return `counts ${queue.ready.count} ready, and has ${ready.length}`;
  const bytes = ready.reduce((sum, { content }) => sum + content.sizeInBytes, 0);
  if (bytes !== queue.ready.bytes) return `counts ${queue.ready.bytes} bytes ready, and has ${bytes}`;
  const places = new Set([...ready, ...held.map(({ message }) => message)].map(({ place }) => place));
  if (places.size !== ready.length + held.length) return "a message is there twice, or with two receivers";
  for (let at = 1; at < ready.length; at++) {
    const [one, other] = [ready[at - 1] as QueuedMessage, ready[at] as QueuedMessage];
    if (one.priority < other.priority || (one.priority === other.priority && one.place > other.place)) return `${other.place} stands behind ${one.place}`;
  }
  for (const place of places) if (place >= queue.nextPlace) return `${place} was never given, the next place is ${queue.nextPlace}`;
  return null;
}

function checkConsumers(broker: AmqpBroker, queue: Queue, held: readonly Unacked[]): string | null {
  for (const consumer of queue.consumers.values()) {
    const { number, consumerTag, client, channel, prefetchCount, noAck, unacked } = consumer;
    if (!channelOf(broker, client, channel)) return `consumer ${consumerTag} has no channel`;
    const count = held.filter((each) => each.consumer === number).length;
    if (count !== unacked) return `consumer ${consumerTag} counts ${unacked} messages, and has ${count}`;
    if (noAck && count > 0) return `consumer ${consumerTag} acknowledges by receiving, and has ${count}`;
    if (prefetchCount > 0 && count > prefetchCount) return `consumer ${consumerTag} has ${count} messages, and its prefetch is ${prefetchCount}`;
    if (queue.owner !== null && queue.owner !== client) return `consumer ${consumerTag} receives from a queue that is exclusive to another`;
  }
  if (new Set(queue.ring).size !== queue.ring.length) return "a consumer stands twice in the ring";
  const isSingle = queue.arguments["x-single-active-consumer"] === true;
  if (isSingle && queue.consumers.size > 0 && !queue.consumers.has(queue.active ?? -1)) return "none of its consumers is the active one";
  return null;
}

/** Nobody waits for what could be sent; what is too much or too old is gone. */
function checkLimits({ nowUs }: Cluster, broker: AmqpBroker, queue: Queue, ready: readonly QueuedMessage[]): string | null {
  // While it is down it holds what is on its disk; it looks at that when it comes up.
  if (!broker.isUp) return null;
  const given = queue.arguments;
  const most = given["x-max-length"] ?? Infinity;
  if ((given["x-overflow"] ?? "drop-head") === "drop-head" && ready.length > most) return `has ${ready.length} messages ready, and its limit is ${most}`;
  const first = head(queue.ready);
  if (!first) return null;
  if (first.expiresUs !== null && first.expiresUs < nowUs) return `${first.place} is ${nowUs - first.expiresUs} µs too old, and ready`;
  const hasRoom = roomIn(broker);
  const isSingle = given["x-single-active-consumer"] === true;
  const idle = [...queue.consumers.values()].find((consumer) => hasRoom(consumer) && (!isSingle || consumer.number === queue.active));
  return idle ? `${first.place} is ready, and ${idle.consumerTag} has room` : null;
}

/** What was sent stood before all that is ready still; and to each receiver what is new comes in the order in which it was queued. */
function checkSending(witness: Witness, queue: Queue, ready: readonly QueuedMessage[], held: readonly Unacked[]): string | null {
  const isSingle = queue.arguments["x-single-active-consumer"] === true;
  for (const { message, consumer, deliveryTag } of held) {
    if (consumer === null) continue;
    const memory = witness.sent.get(consumer) ?? { tag: 0, places: [] };
    if (deliveryTag <= memory.tag) continue;
    const { place, priority, redelivered } = message;
    const first = ready[0];
    if (first && (first.priority > priority || (first.priority === priority && first.place < place))) return `${place} was sent, and ${first.place} is ready still`;
    if (isSingle && queue.active !== null && consumer !== queue.active && queue.consumers.has(consumer)) return `${place} was sent to a consumer that is not the active one`;
    if (!redelivered && place < (memory.places[priority] ?? -1)) return `${place} was sent for the first time behind ${memory.places[priority] ?? -1}`;
    const places = [...memory.places];
    if (!redelivered) places[priority] = place;
    witness.sent.set(consumer, { tag: deliveryTag, places });
  }
  return null;
}
