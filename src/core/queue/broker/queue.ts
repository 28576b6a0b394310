import type { ActorId } from "../../sim/message";
import type { QueueArguments } from "../amqp/arguments";
import type { Content } from "../amqp/content";
import type { QueuedMessage } from "./queuedMessage";
import { emptyReady, type Ready } from "./ready";

/**
 * A classic queue (`rabbit_amqqueue_process`). It knows what is ready, in order; what was sent and not acknowledged is with the channels
 * of its consumers, and comes back to its original place.
 */
export interface Queue {
  /** Never used again: a queue that is declared anew is another one. */
  readonly id: number;
  readonly name: string;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  /** The connection that it is exclusive to, and with which it goes; null where everyone may use it. */
  readonly owner: ActorId | null;
  readonly arguments: QueueArguments;
  readonly ready: Ready;
  /** Sent and not acknowledged. */
  unacked: number;
  /** Messages that it has taken so far; the next one's place. */
  nextPlace: number;
  readonly consumers: Map<number, Consumer>;
  hadConsumers: boolean;
  /** Consumers that are looked at for the next message, in their order; one that is found full leaves it. */
  ring: number[];
  /** The only one that is served, with `x-single-active-consumer`. */
  active: number | null;
  /** Places below this one are on disk. Only a durable queue has a disk to be on, and only persistent messages go there. */
  savedBelow: number;
  /** Whether the disk knows of the queue itself. */
  isSaved: boolean;
  /** What was on disk and has been removed since it was last written: a broker that is killed brings it back. */
  removedSince: QueuedMessage[];
  /** Publishes that wait until they are on disk, in the order of their places. */
  confirms: PendingConfirm[];
  /** When it will be written next, virtual µs; null while nothing is to be written. */
  writesAtUs: number | null;
  /** Whether somebody waits for that. */
  isAwaited: boolean;
  /** When it had something to do last, virtual µs. */
  touchedUs: number;
}

/** A subscription: who gets messages of a queue, over which channel. */
export interface Consumer {
  readonly number: number;
  readonly consumerTag: string;
  readonly client: ActorId;
  readonly channel: number;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  /** `basic.qos` as it was when it subscribed; 0 is without a limit. */
  readonly prefetchCount: number;
  unacked: number;
}

export interface PendingConfirm {
  readonly place: number;
  readonly client: ActorId;
  readonly channel: number;
  readonly publishTag: number;
}

export function newQueue(id: number, name: string, durable: boolean, autoDelete: boolean, owner: ActorId | null, given: QueueArguments): Queue {
  return {
    id,
    name,
    durable,
    autoDelete,
    owner,
    arguments: given,
    ready: emptyReady(given["x-max-priority"] ?? 0),
    unacked: 0,
    nextPlace: 0,
    consumers: new Map(),
    hadConsumers: false,
    ring: [],
    active: null,
    savedBelow: 0,
    isSaved: false,
    removedSince: [],
    confirms: [],
    writesAtUs: null,
    isAwaited: false,
    touchedUs: 0,
  };
}

/** Whether a message of this queue is written to disk, sooner or later. */
export function isPersistent({ durable }: Queue, { properties }: Content): boolean {
  return durable && properties.deliveryMode === 2;
}

/** Whether a message is on disk by now. */
export function isOnDisk(queue: Queue, { content, place }: QueuedMessage): boolean {
  return isPersistent(queue, content) && place < queue.savedBelow;
}
