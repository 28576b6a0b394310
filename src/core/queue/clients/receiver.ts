import type { Processing } from "../../apps/program";
import { share } from "../../sim/share";
import { timer, type Timer } from "../../sim/timer";
import type { Content } from "../amqp/content";
import type { BrokerMethod } from "../amqp/method";
import { queueDeclarations, type ExchangeSpec, type QueueSpec } from "./declarations";
import { CHANNEL, closeSession, connect, newSession, onSessionLost, onSessionMethod, onSessionTimer, say, type ProgramContext, type Session } from "./session";

/**
 * A program that receives the messages of a queue, as plain data. What the broker has sent it holds, in order, and works on one after the
 * other; it acknowledges each once it is done, unless it receives with automatic acknowledgement: then what it holds is lost with it.
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
  /** Sent to it and not done with, the one in work first. */
  held: Delivery[];
  /** The message in work: virtual µs. */
  work: { readonly startUs: number; readonly endUs: number } | null;
  received: number;
  worked: number;
  /** It ends once it is done with the message in work. */
  isClosing: boolean;
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
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly content: Content;
}

const WORK = timer("work");

export function newReceiver(name: string, settings: ReceiverSettings, queue: QueueSpec, exchanges: readonly ExchangeSpec[], processing: Processing, heartbeatS?: number): Receiver {
  return {
    kind: "receiver",
    name,
    session: newSession(heartbeatS),
    settings,
    queue,
    exchanges,
    processing,
    held: [],
    work: null,
    received: 0,
    worked: 0,
    isClosing: false,
  };
}

export function isReceiver(actor: { readonly kind: string } | undefined): actor is Receiver {
  return actor?.kind === "receiver";
}

export function startReceiver(receiver: Receiver, context: ProgramContext): void {
  connect(receiver.session, context);
}

export function handleReceiverMethod(receiver: Receiver, context: ProgramContext, method: BrokerMethod): void {
  const change = onSessionMethod(receiver.session, context, method);
  if (change === "opened") subscribe(receiver, context);
  else if (change === "gone") dropHeld(receiver, context);
  else if (method.method === "basic.deliver") {
    const { deliveryTag, redelivered, content } = method;
    receiver.received++;
    receiver.held.push(share({ deliveryTag, redelivered, content }));
    context.tell({ type: "received", queue: receiver.queue.name, content, deliveryTag, redelivered });
    goOn(receiver, context);
  }
}

export function handleReceiverTimer(receiver: Receiver, context: ProgramContext, each: Timer): void {
  if (each.kind === WORK.kind) {
    receiver.work = null;
    finish(receiver, context);
    goOn(receiver, context);
  } else if (onSessionTimer(receiver.session, context, each) === "gone") dropHeld(receiver, context);
}

export function handleReceiverDisconnect(receiver: Receiver, context: ProgramContext): void {
  if (onSessionLost(receiver.session, context) === "gone") dropHeld(receiver, context);
}

/** It ends: nothing more is sent to it, the message in work is finished, and all others that it holds go back when its connection closes. */
export function closeReceiver(receiver: Receiver, context: ProgramContext): void {
  receiver.isClosing = true;
  if (receiver.session.state === "open") say(receiver.session, context, { method: "basic.cancel", channel: CHANNEL, consumerTag: receiver.name });
  if (!receiver.work) closeSession(receiver.session, context);
}

function subscribe({ session, settings, queue, exchanges, name }: Receiver, context: ProgramContext): void {
  for (const method of queueDeclarations(queue, exchanges)) say(session, context, method);
  if (settings.prefetchCount > 0) say(session, context, { method: "basic.qos", channel: CHANNEL, prefetchCount: settings.prefetchCount, global: false });
  say(session, context, { method: "basic.consume", channel: CHANNEL, queue: queue.name, consumerTag: name, noAck: settings.noAck, exclusive: false, priority: settings.priority });
}

/**
 * The broker has taken back what it held, or has never counted it as held. A handler does not stop for that: the message in work is worked on
 * to its end, though its acknowledgement reaches nobody. With automatic acknowledgement nobody has taken back anything.
 */
function dropHeld(receiver: Receiver, context: ProgramContext): void {
  if (!receiver.settings.noAck) receiver.held = receiver.held.slice(0, receiver.work ? 1 : 0).map((delivery) => share({ ...delivery, deliveryTag: 0 }));
  goOn(receiver, context);
}

/** Begins with the next message. Without processing time it is done at once. */
function goOn(receiver: Receiver, context: ProgramContext): void {
  while (!receiver.work && receiver.held.length > 0 && !receiver.isClosing) {
    if (receiver.processing.timeMs > 0) {
      const endUs = context.nowUs + Math.max(1, Math.round(receiver.processing.timeMs * 1000));
      receiver.work = share({ startUs: context.nowUs, endUs });
      context.setTimer(WORK, endUs);
      return;
    }
    finish(receiver, context);
  }
  const { state } = receiver.session;
  if (receiver.isClosing && !receiver.work && state !== "closing" && state !== "closed") closeSession(receiver.session, context);
}

/** The message in work is done, and acknowledged. */
function finish(receiver: Receiver, context: ProgramContext): void {
  const delivery = receiver.held.shift();
  if (!delivery) throw new Error("work without a message");
  const { deliveryTag, content, redelivered } = delivery;
  receiver.worked++;
  context.tell({ type: "worked", queue: receiver.queue.name, content, redelivered });
  const canAcknowledge = !receiver.settings.noAck && deliveryTag > 0 && receiver.session.state === "open";
  if (canAcknowledge) say(receiver.session, context, { method: "basic.ack", channel: CHANNEL, deliveryTag, multiple: false });
}
