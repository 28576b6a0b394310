import type { ActorId } from "../../sim/message";
import { share } from "../../sim/share";
import type { Content } from "../amqp/content";
import type { BasicPublish } from "../amqp/method";
import type { AmqpBroker, AmqpBrokerContext, Channel } from "./amqpBroker";
import { closeChannelWith } from "./channel";
import { confirm } from "./confirms";
import { passOn } from "./deadLetter";
import { enqueue } from "./deliver";
import { touch, writeSoon } from "./disk";
import { route } from "./exchange";
import { isPersistent, type Queue } from "./queue";
import type { QueuedMessage } from "./queuedMessage";

/**
 * `basic.publish`: a message is copied to every queue that it is led to at this moment. Where there is none it is gone, and confirmed all the
 * same; only with `mandatory` it comes back first (seen in 3.10.8).
 */
export function publish(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId, channel: Channel, { channel: number, mandatory, content }: BasicPublish): void {
  const names = route(broker, content);
  if (!names) return closeChannelWith(broker, context, client, number, 404, `NOT_FOUND - no exchange '${content.exchange}' in vhost '/'`);
  context.tell({ type: "routed", content, queues: names });
  if (names.length === 0 && mandatory) context.send(client, { method: "basic.return", channel: number, replyCode: 312, replyText: "NO_ROUTE", content });
  const { confirms } = channel;
  const publishTag = confirms ? confirms.nextPublishTag++ : 0;
  let waits = 0;
  let isRefused = false;
  for (const name of names) {
    const queue = broker.queues.get(name);
    if (!queue) continue;
    const message = offer(broker, context, queue, content);
    if (!message) isRefused = true;
    else if (confirms && isPersistent(queue, content)) {
      queue.confirms.push(share({ place: message.place, client, channel: number, publishTag }));
      writeSoon(context, queue, true);
      waits++;
    }
  }
  if (!confirms) return;
  if (waits === 0) confirm(context, client, number, publishTag, false, isRefused);
  else confirms.waiting.set(publishTag, share({ queues: waits, isRefused }));
}

/** Puts the copies that dead-letter exchanges have led somewhere into their queues, and what that leads to. */
export function queueDeadLetters(broker: AmqpBroker, context: AmqpBrokerContext): void {
  for (let next = broker.deadLetters.shift(); next; next = broker.deadLetters.shift()) {
    for (const name of next.queues) {
      const queue = broker.queues.get(name);
      if (queue) offer(broker, context, queue, next.content);
    }
  }
}

/** A queue takes a message, or, being full, refuses it: null. What is with receivers does not count. */
function offer(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue, content: Content): QueuedMessage | null {
  touch(context, queue);
  if (wouldOverflow(queue, content)) {
    const deadLettered = queue.arguments["x-overflow"] === "reject-publish-dlx" && passOn(broker, context, queue, content, "maxlen");
    context.tell({ type: "refused", place: { queue: queue.name, queueId: queue.id }, content, deadLettered });
    return null;
  }
  const message: QueuedMessage = share({ content, place: queue.nextPlace++, priority: priorityIn(queue, content), expiresUs: expiryIn(queue, content, context.nowUs), redelivered: false });
  enqueue(broker, context, queue, message);
  if (isPersistent(queue, content)) writeSoon(context, queue, false);
  return message;
}

function wouldOverflow({ ready, arguments: given }: Queue, { sizeInBytes }: Content): boolean {
  if ((given["x-overflow"] ?? "drop-head") === "drop-head") return false;
  return ready.count + 1 > (given["x-max-length"] ?? Infinity) || ready.bytes + sizeInBytes > (given["x-max-length-bytes"] ?? Infinity);
}

/** None counts as 0, and what is above the maximum as the maximum. */
function priorityIn({ arguments: given }: Queue, { properties }: Content): number {
  return Math.min(properties.priority ?? 0, given["x-max-priority"] ?? 0);
}

/** The smaller of the queue's time to live and the message's own expiration. */
function expiryIn({ arguments: given }: Queue, { properties }: Content, nowUs: number): number | null {
  const ttlMs = Math.min(given["x-message-ttl"] ?? Infinity, properties.expirationMs ?? Infinity);
  return ttlMs === Infinity ? null : nowUs + ttlMs * 1000;
}
