import type { ExchangeSpec, QueueSpec } from "../queue/clients/declarations";
import type { DeliveryPromise } from "../watch/promise";
import type { ReceiverSpec } from "../world/spec";

/** The RabbitMQ broker's part of the read model, in AMQP's words. */

/** It keeps nothing: there is only what has come by. */
export interface ExchangeImage {
  readonly spec: ExchangeSpec;
  /** Small whole number naming it in motion frames, among topics, queues and exchanges; never reused in a run. */
  readonly index: number;
  /** Different messages that have reached it. */
  readonly reached: number;
  /** Queues that it leads to, in the order in which people see them. */
  readonly queues: readonly string[];
}

export interface QueueImage {
  readonly spec: QueueSpec;
  /** Small whole number naming it in motion frames, among topics, queues and exchanges; never reused in a run. */
  readonly index: number;
  /** It was declared, and the broker is up. */
  readonly isThere: boolean;
  readonly readyCount: number;
  /** The next ones to be sent, the very next first, at most 24. */
  readonly ready: readonly MessageBead[];
  /** Sent and not acknowledged. */
  readonly unackedCount: number;
  /** Messages that have left it for good. */
  readonly removed: number;
  /** Who receives from it, in the order of creation. */
  readonly receivers: readonly string[];
  readonly audit: QueueAuditImage;
  /** What its settings promise, and those of who publishes to it and receives from it; null while nobody receives from it. */
  readonly promise: DeliveryPromise | null;
}

/** A record's or a message's identity in all places to which its program has sent it. */
export interface SentAs {
  /** Actor of its producer. */
  readonly sender: number;
  /** As which of its sends, from 0. */
  readonly number: number;
}

/** A message as it is drawn. */
export interface MessageBead {
  /** Its place in the queue: where it goes when it comes back. */
  readonly place: number;
  /** As which of its sends its program sent it; -1 where nobody knows. */
  readonly sendNumber: number;
  /** Actor of that program's producer; -1 where nobody knows. */
  readonly sender: number;
  readonly key: string | null;
  /** 0 to 7 by key, as of records; -1 without a key. */
  readonly colour: number;
  readonly redelivered: boolean;
  /** How often it has died before. */
  readonly deaths: number;
}

/** The delivery check of a queue. queued = processed + here + deadLettered + lost, each message counted once. */
export interface QueueAuditImage {
  readonly queued: number;
  readonly processed: number;
  /** In the queue, or with a receiver that has not worked on it yet. */
  readonly here: number;
  readonly deadLettered: number;
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
  /** Messages that have reached an exchange that leads to it, and that it never got. */
  readonly neverGot: number;
}

/**
 * The delivery check side by side: a column for a group, over all its topics, or for a queue, each different record or message counted once.
 * sent = processed + inWork + waiting + setAside + lost + neverGot.
 */
export interface ColumnImage {
  /** Through a topic, or a queue of RabbitMQ. */
  readonly model: "topic" | "queue";
  /** group.id, or the queue's name. */
  readonly name: string;
  /** Stored in the topics of a group; come to an exchange that leads to a queue. */
  readonly sent: number;
  /** At least once. */
  readonly processed: number;
  /** Handed over and not done: returned by `poll()`, or sent to a receiver, what is being worked on included. */
  readonly inWork: number;
  /** Not handed to anybody: in the log, ready in the queue, or with a publisher that is going to publish it again. */
  readonly waiting: number;
  /** Not processed, but led on to a retry or dead-letter topic, or a dead-letter queue. */
  readonly setAside: number;
  /** Never processed, and nothing brings it back. */
  readonly lost: number;
  /** Before a group began (auto.offset.reset=latest); before a queue was bound, or while it was full. */
  readonly neverGot: number;
  readonly twice: number;
  readonly outOfOrder: number;
  /** Records that the logs of a group's topics hold, processed or not; of a queue always 0. */
  readonly readable: number;
}

/** "later": its program starts at a moment that has not come. */
export type ReceiverPhase = "later" | "connecting" | "receiving" | "waiting" | "refused" | "frozen" | "crashed" | "ended";

export interface ReceiverImage {
  readonly spec: ReceiverSpec;
  readonly actor: number;
  readonly phase: ReceiverPhase;
  /** Of a pool the first worker's; times are virtual µs. */
  readonly inWork: (MessageBead & { readonly startUs: number; readonly endUs: number }) | null;
  /** Sent to it and not begun with, at most 12, and how many there are. */
  readonly held: readonly MessageBead[];
  readonly heldCount: number;
  /** Since it was started. */
  readonly worked: number;
  /** Why its channel was closed last, in RabbitMQ's words; null while all is well. */
  readonly refusal: string | null;
}
