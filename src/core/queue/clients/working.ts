import { nextTopic, outcomeOf } from "../../apps/attempt";
import { share } from "../../sim/share";
import { timer } from "../../sim/timer";
import type { Content } from "../amqp/content";
import type { Delivery, Receiver, ReceiverJob } from "./receiver";
import { CHANNEL, closeSession, dropSession, say, type ProgramContext } from "./session";

/** How a receiver works on what it holds. */
export const WORK = "work";

/** Begins with the next messages, as many as are worked on at once. Without processing time one is done at once. */
export function goOn(receiver: Receiver, context: ProgramContext): void {
  const { workers = 1 } = receiver.processing;
  for (let worker = 0; worker < workers; worker++) {
    while (!receiver.isClosing && !receiver.hasFailed && receiver.held.length > 0 && !receiver.jobs.some((job) => job.worker === worker)) begin(receiver, context, worker);
  }
  const { state } = receiver.session;
  if (receiver.isClosing && receiver.jobs.length === 0 && state !== "closing" && state !== "closed") closeSession(receiver.session, context);
}

/** A handler has come to its end, well or not. */
export function onWorkDone(receiver: Receiver, context: ProgramContext, worker: number): void {
  const job = receiver.jobs.find((each) => each.worker === worker);
  if (job) endAttempt(receiver, context, job);
  if (job?.outcome !== "crash") goOn(receiver, context);
}

function begin(receiver: Receiver, context: ProgramContext, worker: number): void {
  const delivery = receiver.held.shift();
  if (!delivery) return;
  const job = attempt(receiver, context, worker, delivery, 0, 0);
  receiver.jobs.push(job);
  if (job.endUs === context.nowUs && job.outcome !== "stall") endAttempt(receiver, context, job);
}

/** One attempt at a message, which begins after a pause. */
function attempt({ processing, chance }: Receiver, context: ProgramContext, worker: number, delivery: Delivery, count: number, pauseUs: number): ReceiverJob {
  const { properties, origin } = delivery.content;
  const outcome = outcomeOf(processing, properties.headers["key"] ?? null, origin?.sendNumber ?? null, chance);
  const workUs = processing.timeMs > 0 ? Math.max(1, Math.round(processing.timeMs * 1000)) : 0;
  const endUs = context.nowUs + pauseUs + workUs;
  if (outcome !== "stall" && endUs > context.nowUs) context.setTimer(timer(WORK, worker), endUs);
  return share({ worker, delivery, attempt: count, startUs: context.nowUs, endUs, outcome });
}

function endAttempt(receiver: Receiver, context: ProgramContext, job: ReceiverJob): void {
  const { rescue, forwardTo } = receiver.processing;
  const { delivery, worker } = job;
  if (job.outcome === "crash") return context.crashed();
  if (job.outcome === "done") {
    if (forwardTo !== undefined) publish(receiver, context, forwardTo, delivery.content);
    return finish(receiver, context, job, null);
  }
  context.tell({ type: "threw", queue: receiver.queue.name, content: delivery.content, attempt: job.attempt });
  if (rescue && job.attempt < rescue.retries) {
    const again = attempt(receiver, context, worker, delivery, job.attempt + 1, Math.max(1, Math.round(rescue.backoffMs * 1000)));
    receiver.jobs = receiver.jobs.map((each) => (each === job ? again : each));
    return;
  }
  giveUp(receiver, context, job);
}

function giveUp(receiver: Receiver, context: ProgramContext, job: ReceiverJob): void {
  const { rescue } = receiver.processing;
  const { deliveryTag, content } = job.delivery;
  const next = rescue?.giveUp === "forward" ? nextTopic(rescue, receiver.queue.name) : null;
  if (next !== null) publish(receiver, context, next, content);
  if (rescue?.giveUp === "skip" || next !== null) return finish(receiver, context, job, { sentTo: next });
  receiver.jobs = receiver.jobs.filter((each) => each !== job);
  if (rescue?.giveUp === "requeue" || rescue?.giveUp === "reject") {
    if (deliveryTag > 0 && canAcknowledge(receiver)) say(receiver.session, context, { method: "basic.nack", channel: CHANNEL, deliveryTag, multiple: false, requeue: rescue.giveUp === "requeue" });
    context.tell({ type: "gaveUp", queue: receiver.queue.name, content, sentTo: null });
    return;
  }
  // The exception leaves the program: its connection closes, and what it held goes back.
  Object.assign(receiver, { hasFailed: true, held: [], jobs: [] });
  context.tell({ type: "failed", queue: receiver.queue.name, content });
  dropSession(receiver.session, context);
}

/** It is done with a message, worked on or given up, and acknowledges it. */
function finish(receiver: Receiver, context: ProgramContext, job: ReceiverJob, givenUp: { readonly sentTo: string | null } | null): void {
  const { deliveryTag, content, redelivered } = job.delivery;
  receiver.jobs = receiver.jobs.filter((each) => each !== job);
  if (!givenUp) receiver.worked++;
  const queue = receiver.queue.name;
  context.tell(givenUp ? { type: "gaveUp", queue, content, ...givenUp } : { type: "worked", queue, content, redelivered });
  if (deliveryTag === 0 || !canAcknowledge(receiver)) return;
  if (receiver.processing.settle !== "after") return say(receiver.session, context, { method: "basic.ack", channel: CHANNEL, deliveryTag, multiple: false });
  // All that it has, at once, when there is nothing left.
  if (receiver.held.length + receiver.jobs.length === 0) say(receiver.session, context, { method: "basic.ack", channel: CHANNEL, deliveryTag: 0, multiple: true });
}

function canAcknowledge({ settings, session }: Receiver): boolean {
  return !settings.noAck && session.state === "open";
}

/** Sends a copy on to another queue, as a message of its own. */
function publish(receiver: Receiver, context: ProgramContext, queue: string, content: Content): void {
  if (receiver.session.state !== "open") return;
  const { deliveryMode, priority, headers } = content.properties;
  const properties = share({ deliveryMode, expirationMs: null, priority, headers, deaths: [], firstDeath: null });
  say(receiver.session, context, { method: "basic.publish", channel: CHANNEL, mandatory: false, content: share({ ...content, exchange: "", routingKey: queue, properties }) });
}
