import type { Consumer, Queue } from "./queue";

/**
 * Whose turn it is (`rabbit_queue_consumers`). Consumers stand in a ring in the order in which they subscribed, those of a higher priority
 * before all others; the first is served and goes to the end. One that is found full while a message waits leaves the ring, and comes back
 * at its end once it has room. Being full while nothing waits costs no place.
 */
export function nextConsumer(queue: Queue, hasRoom: (consumer: Consumer) => boolean): Consumer | null {
  const onlyOne = queue.arguments["x-single-active-consumer"] === true;
  if (onlyOne) {
    const active = queue.active === null ? undefined : queue.consumers.get(queue.active);
    return active && hasRoom(active) ? active : null;
  }
  while (queue.ring.length > 0) {
    const consumer = queue.consumers.get(queue.ring.shift() as number);
    if (!consumer || !hasRoom(consumer)) continue;
    join(queue, consumer);
    return consumer;
  }
  return null;
}

/** A consumer comes, or comes back: at the end of those of its priority. */
function join(queue: Queue, { number, priority }: Consumer): void {
  const before = queue.ring.findIndex((other) => (queue.consumers.get(other)?.priority ?? 0) < priority);
  if (before < 0) queue.ring.push(number);
  else queue.ring.splice(before, 0, number);
}

/** A consumer subscribes. */
export function addConsumer(queue: Queue, consumer: Consumer): void {
  queue.consumers.set(consumer.number, consumer);
  join(queue, consumer);
  queue.active ??= consumer.number;
  queue.hadConsumers = true;
}

/** A consumer goes; the next in the ring becomes the one that is served, where only one is. */
export function removeConsumer(queue: Queue, number: number): void {
  queue.consumers.delete(number);
  queue.ring = queue.ring.filter((other) => other !== number);
  if (queue.active === number) queue.active = queue.ring[0] ?? null;
}

/** Consumers of a channel that had left the ring come back, where they have room again. */
export function rejoin(queue: Queue, hasRoom: (consumer: Consumer) => boolean): void {
  if (queue.ring.length === queue.consumers.size) return;
  for (const consumer of queue.consumers.values()) if (!queue.ring.includes(consumer.number) && hasRoom(consumer)) join(queue, consumer);
}
