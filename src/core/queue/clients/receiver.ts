import type { Outcome } from "../../apps/attempt";
import type { Processing } from "../../apps/program";
import { randomStream, type RandomStream } from "../../sim/random";
import type { Content } from "../amqp/content";
import type { ExchangeSpec, QueueSpec } from "./declarations";
import { newSession, type Session } from "./session";

/**
 * A program that receives the messages of a queue, as plain data. What the broker has sent it holds, in order, and works on one after the
 * other, or several at once by a pool. It acknowledges each once it is done, unless it receives with automatic acknowledgement: then what it
 * holds is lost with it.
 */
export interface Receiver {
  readonly kind: "receiver";
  readonly name: string;
  readonly session: Session;
  readonly settings: ReceiverSettings;
  /** Declared whenever it connects. */
  queue: QueueSpec;
  exchanges: readonly ExchangeSpec[];
  processing: Processing;
  /** Says which attempts fail. */
  readonly chance: RandomStream;
  /** Sent to it and not begun with. */
  held: Delivery[];
  /** In work: one, or as many as its pool has workers. */
  jobs: ReceiverJob[];
  received: number;
  worked: number;
  /** It ends once it is done with what is in work. */
  isClosing: boolean;
  /** An exception of its handler has ended it. */
  hasFailed: boolean;
}

export interface ReceiverSettings {
  /** `basic.qos`: messages that it is sent before it has acknowledged others; 0 is without a limit. */
  readonly prefetchCount: number;
  /** Automatic acknowledgement: a message counts as done once it is sent. */
  readonly noAck: boolean;
  readonly priority: number;
}

/** A message in the hands of a receiver. Frozen. */
export interface Delivery {
  /** 0 where it has been taken back: nobody hears what becomes of it. */
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly content: Content;
}

/** A message in work. Frozen; times are virtual µs, and a handler that stalls never comes to its end. */
export interface ReceiverJob {
  readonly worker: number;
  readonly delivery: Delivery;
  readonly attempt: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly outcome: Outcome;
}

export function newReceiver(
  name: string,
  settings: ReceiverSettings,
  queue: QueueSpec,
  exchanges: readonly ExchangeSpec[],
  processing: Processing,
  seed: number,
  heartbeatS?: number,
): Receiver {
  return {
    kind: "receiver",
    name,
    session: newSession(heartbeatS),
    settings,
    queue,
    exchanges,
    processing,
    chance: randomStream(seed, `processing ${name}`),
    held: [],
    jobs: [],
    received: 0,
    worked: 0,
    isClosing: false,
    hasFailed: false,
  };
}

export function isReceiver(actor: { readonly kind: string } | undefined): actor is Receiver {
  return actor?.kind === "receiver";
}
