import type { Content } from "../../queue/amqp/content";
import type { ActualQueue } from "./actualQueue";
import type { ActorId } from "../../sim/message";
import { byteAt, freezePages, pagedBytes, type PagedBytes, setByte } from "../../sim/pagedList";

/** What stands outside the RabbitMQ broker and its programs and watches: nothing depends on it. */
export interface AmqpWatch {
  /** What there is, by name, as it was told. */
  readonly actual: Map<string, ActualQueue>;
  /** By name. A queue that is declared anew goes on with what is known of its name. */
  readonly queues: Map<string, QueueAudit>;
  /** By exchange, which sends have reached it; the default exchange by the queue that each was meant for, others by each routing key, too. */
  readonly exchanges: Map<string, ReachedSends>;
  /** Sent with automatic acknowledgement and not worked on yet, by receiver and identity: gone from the queue, and lost with whoever has them. */
  readonly handed: Map<ActorId, Map<string, Handed>>;
  /** How often the broker has gone down so far. */
  stops: number;
  /** What the newest confirm was about, and whose it was: its publisher has forgotten it by now. Null before the first. */
  answered: { readonly publisher: ActorId; readonly contents: readonly Content[] } | null;
}

/** Copies of a message in the hands of one receiver: it may have got the same from its queue twice. */
export interface Handed {
  readonly queue: string;
  readonly content: Content;
  readonly copies: number;
}

/** How a copy of a message leaves its queue for good: settled by its receiver, or as the rest says. */
export type Loss = "settled" | "expired" | "full" | "rejected" | "purged" | "deleted" | "forgotten";

/** The delivery check of one queue, each message counted once. Always: queued = processed + here + dead-lettered + lost, and sent is no less. */
export interface QueueAudit {
  /** By sender, a byte for each send: times worked on, QUEUED, DEAD, MEANT. */
  readonly sends: Map<ActorId, PagedBytes>;
  /** By sender, how many copies are ready or with a receiver. */
  readonly copies: Map<ActorId, PagedBytes>;
  /** Copies that are ready, with a receiver, or on their way to one that acknowledges by receiving. */
  present: number;
  /** Meant for it or queued: they have reached an exchange that leads to it, now or by a binding that came later. */
  sent: number;
  queued: number;
  processed: number;
  /** Not worked on yet, and in the queue or with a receiver. */
  here: number;
  deadLettered: number;
  /** Gone without having been worked on: dropped, expired or rejected into nothing, forgotten with its broker or queue, or with a receiver that had it automatically acknowledged. */
  lost: number;
  /** How the last of the lost went; null before the first. */
  lastLoss: Loss | null;
  twice: number;
  outOfOrder: number;
  /** Messages that its broker removed for good. */
  removed: number;
  /** Those of them that people threw away. */
  purged: number;
  /** Highest send number worked on, by sender and number of the key. */
  readonly lastOfKey: Map<ActorId, number[]>;
}

/** What has reached an exchange. */
export interface ReachedSends {
  /** By sender, a byte for each send: REACHED, CONFIRMED, FLEETING. */
  readonly sends: Map<ActorId, PagedBytes>;
  count: number;
  confirmed: number;
}

/** Times that a message was worked on. */
export const TIMES = 15;
export const QUEUED = 16;
/** It was led on to a dead-letter queue, or sent on to another by a receiver that gave it up. */
export const DEAD = 32;
/** It has reached an exchange that leads to the queue, as it is wired. */
export const MEANT = 64;
export const REACHED = 1;
/** Its publisher was told that the broker has it. */
export const CONFIRMED = 2;
/** It need not outlive its broker, or expires by itself. */
export const FLEETING = 4;

export function amqpWatch(): AmqpWatch {
  return { actual: new Map(), queues: new Map(), exchanges: new Map(), handed: new Map(), stops: 0, answered: null };
}

export function queueAudit({ queues }: AmqpWatch, name: string): QueueAudit {
  let found = queues.get(name);
  if (!found) {
    found = { sends: new Map(), copies: new Map(), present: 0, sent: 0, queued: 0, processed: 0, here: 0, deadLettered: 0, lost: 0, lastLoss: null, twice: 0, outOfOrder: 0, removed: 0, purged: 0, lastOfKey: new Map() };
    queues.set(name, found);
  }
  return found;
}

/** What has reached an exchange, or one of its routing keys, by the name that it has in `exchanges`. */
function reachedSends({ exchanges }: AmqpWatch, name: string): ReachedSends {
  let reached = exchanges.get(name);
  if (!reached) exchanges.set(name, (reached = { sends: new Map(), count: 0, confirmed: 0 }));
  return reached;
}

/**
 * Marks a message's send among those that have reached the exchange that it was published to, the first time; the default exchange is one for
 * each routing key. Returns all that have; null where nobody counts it, or it was marked before.
 */
export function markSend(watch: AmqpWatch, content: Content, mark: number, more = 0, name = content.exchange === "" ? `=${content.routingKey}` : content.exchange): ReachedSends | null {
  const { origin } = content;
  if (!origin) return null;
  const reached = reachedSends(watch, name);
  const bytes = bytesOf(reached.sends, origin.publisher);
  const byte = byteAt(bytes, origin.sendNumber);
  if (byte & mark) return null;
  setByte(bytes, origin.sendNumber, byte | mark | more);
  return reached;
}

export function bytesOf(bytes: Map<ActorId, PagedBytes>, sender: ActorId): PagedBytes {
  let found = bytes.get(sender);
  if (!found) bytes.set(sender, (found = pagedBytes()));
  return found;
}

/** Who sent a record or message, and as which of its sends, in one number. */
export function sendId(sender: ActorId, send: number): number {
  return sender * 2 ** 32 + send;
}

/** Freezes the pages of what is long, so that a copy shares them. */
export function freezeAmqpWatch({ queues, exchanges }: AmqpWatch): void {
  for (const { sends, copies } of queues.values()) for (const bytes of [...sends.values(), ...copies.values()]) freezePages(bytes);
  for (const { sends } of exchanges.values()) for (const bytes of sends.values()) freezePages(bytes);
}
