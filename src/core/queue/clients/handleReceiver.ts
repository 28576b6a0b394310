import { share } from "../../sim/share";
import type { Timer } from "../../sim/timer";
import type { BrokerMethod } from "../amqp/method";
import { queueDeclarations } from "./declarations";
import type { Delivery, Receiver } from "./receiver";
import { CHANNEL, closeSession, connect, onSessionLost, onSessionMethod, onSessionTimer, say, type ProgramContext } from "./session";
import { goOn, onWorkDone, WORK } from "./working";

export function startReceiver(receiver: Receiver, context: ProgramContext): void {
  connect(receiver.session, context);
}

export function handleReceiverMethod(receiver: Receiver, context: ProgramContext, method: BrokerMethod): void {
  const change = onSessionMethod(receiver.session, context, method);
  if (change === "opened") subscribe(receiver, context);
  else if (change === "gone") dropHeld(receiver, context);
  else if (method.method === "basic.deliver") receive(receiver, context, share({ deliveryTag: method.deliveryTag, redelivered: method.redelivered, content: method.content }));
}

export function handleReceiverTimer(receiver: Receiver, context: ProgramContext, each: Timer): void {
  if (each.kind === WORK) onWorkDone(receiver, context, Number(each.subject));
  else if (onSessionTimer(receiver.session, context, each) === "gone") dropHeld(receiver, context);
}

export function handleReceiverDisconnect(receiver: Receiver, context: ProgramContext): void {
  if (onSessionLost(receiver.session, context) === "gone") dropHeld(receiver, context);
}

/**
 * It ends: nothing more is sent to it, what is in work is finished, and all others that it holds go back when its connection closes. A handler
 * that does not return is not waited for.
 */
export function closeReceiver(receiver: Receiver, context: ProgramContext): void {
  receiver.isClosing = true;
  receiver.jobs = receiver.jobs.filter(({ outcome }) => outcome !== "stall");
  if (receiver.session.state === "open") say(receiver.session, context, { method: "basic.cancel", channel: CHANNEL, consumerTag: receiver.name });
  if (receiver.jobs.length === 0) closeSession(receiver.session, context);
}

function subscribe({ session, settings, queue, exchanges, name }: Receiver, context: ProgramContext): void {
  for (const method of queueDeclarations(queue, exchanges)) say(session, context, method);
  if (settings.prefetchCount > 0) say(session, context, { method: "basic.qos", channel: CHANNEL, prefetchCount: settings.prefetchCount, global: false });
  say(session, context, { method: "basic.consume", channel: CHANNEL, queue: queue.name, consumerTag: name, noAck: settings.noAck, exclusive: false, priority: settings.priority });
}

function receive(receiver: Receiver, context: ProgramContext, delivery: Delivery): void {
  const { deliveryTag, redelivered, content } = delivery;
  receiver.received++;
  context.tell({ type: "received", queue: receiver.queue.name, content, deliveryTag, redelivered });
  const isSettled = !receiver.settings.noAck && receiver.processing.settle === "before";
  if (isSettled) say(receiver.session, context, { method: "basic.ack", channel: CHANNEL, deliveryTag, multiple: false });
  receiver.held.push(isSettled ? share({ ...delivery, deliveryTag: 0 }) : delivery);
  goOn(receiver, context);
}

/**
 * The broker has taken back what it held, or has never counted it as held. A handler does not stop for that: what is in work is worked on to
 * its end, though its acknowledgement reaches nobody. What was acknowledged by receiving, or before it was begun with, nobody has taken back.
 */
function dropHeld(receiver: Receiver, context: ProgramContext): void {
  receiver.held = receiver.held.filter(({ deliveryTag }) => receiver.settings.noAck || deliveryTag === 0);
  receiver.jobs = receiver.jobs.map((job) => share({ ...job, delivery: share({ ...job.delivery, deliveryTag: 0 }) }));
  goOn(receiver, context);
}
