import { timer } from "../../sim/timer";
import type { AmqpBroker, AmqpBrokerContext } from "./amqpBroker";
import { settleConfirms } from "./confirms";
import type { Queue } from "./queue";

/**
 * What of a durable queue is on disk (`rabbit_queue_index`). It is written at once, which takes about a millisecond, where somebody waits for
 * a confirm; else once the queue has had nothing at all to do for 200 ms, so a busy queue writes nothing that nobody waits for. Seen in 3.10.8:
 * of 20 messages without confirms a broker that was killed 150 ms later kept none, and one that was killed 200 ms later all; asked every 100 ms
 * how many it has, a queue had written nothing after 3 s; a confirm came after 1.2 ms, and with it all that had happened before was on disk.
 */
export const WRITE = "write";

const WRITE_NOW_US = 1000;
const REST_US = 200_000;

/** Something of a durable queue has changed. */
export function writeSoon(context: AmqpBrokerContext, queue: Queue, isAwaited: boolean): void {
  const atUs = context.nowUs + (isAwaited ? WRITE_NOW_US : REST_US);
  if (!queue.durable || (queue.writesAtUs !== null && queue.writesAtUs <= atUs)) return;
  queue.writesAtUs = atUs;
  queue.isAwaited = isAwaited;
  context.setTimer(timer(WRITE, queue.name), atUs);
}

/** The queue has something to do, whatever it is: what nobody waits for is not written before it rests. */
export function touch(context: AmqpBrokerContext, queue: Queue): void {
  queue.touchedUs = context.nowUs;
}

/** Writes, or waits on: what happened up to now outlives a broker that is killed. */
export function write(broker: AmqpBroker, context: AmqpBrokerContext, queue: Queue): void {
  queue.writesAtUs = null;
  if (!queue.isAwaited && context.nowUs < queue.touchedUs + REST_US) {
    queue.writesAtUs = queue.touchedUs + REST_US;
    return context.setTimer(timer(WRITE, queue.name), queue.writesAtUs);
  }
  queue.isSaved = true;
  queue.savedBelow = queue.nextPlace;
  queue.removedSince = [];
  const { confirms } = queue;
  queue.confirms = [];
  settleConfirms(broker, context, confirms);
}
