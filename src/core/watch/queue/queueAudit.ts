import type { Content, Origin } from "../../queue/amqp/content";
import { byteAt, setByte } from "../../sim/pagedList";
import { numberKey, type KeyNumbers } from "../keys";
import type { QueueSpec } from "../../queue/clients/declarations";
import type { AmqpTopology } from "../../world/topology";
import { bytesOf, DEAD, MEANT, QUEUED, queueAudit, REACHED, TIMES, type AmqpWatch, type Loss, type QueueAudit } from "./amqpWatch";
import { sourcesOf } from "./wantedRoutes";

/** What is known of a message in a queue, before and after something happens to it. */
interface Fate {
  times: number;
  copies: number;
  wasQueued: boolean;
  isDead: boolean;
  isMeant: boolean;
}

/** A message has reached an exchange that leads to a queue. */
export function onMeant(watch: AmqpWatch, queue: string, content: Pick<Content, "origin">): void {
  change(watch, queue, content, (fate) => {
    fate.isMeant = true;
  });
}

/** A queue is wanted, or bound: what has reached its exchanges before was meant for it, and it never got it. */
export function onBound(watch: AmqpWatch, amqp: AmqpTopology, queue: QueueSpec): void {
  for (const source of sourcesOf(amqp, queue)) {
    for (const [publisher, bytes] of watch.exchanges.get(source)?.sends ?? []) {
      for (let sendNumber = 0; sendNumber < bytes.length; sendNumber++) if (byteAt(bytes, sendNumber) & REACHED) onMeant(watch, queue.name, { origin: { publisher, sendNumber } });
    }
  }
}

/** A copy of a message is new in a queue, back from a broker's disk, or kept by a receiver that has acknowledged it and not begun with it. */
export function onCopyIn(watch: AmqpWatch, queue: string, content: Content): void {
  const audit = change(watch, queue, content, (fate) => {
    fate.copies++;
    fate.wasQueued = true;
  });
  if (audit) audit.present++;
}

/** A copy is gone for good: acknowledged, dropped, forgotten, or done with by a receiver that alone had it. */
export function onCopyOut(watch: AmqpWatch, queue: string, content: Content, how: Loss, isDeadLettered = false): void {
  const before = watch.queues.get(queue)?.lost ?? 0;
  const audit = change(watch, queue, content, (fate) => {
    fate.copies = Math.max(0, fate.copies - 1);
    fate.isDead ||= isDeadLettered;
  });
  if (!audit) return;
  audit.present--;
  if (audit.lost > before) audit.lastLoss = how;
}

/** A receiver has sent a message on to another queue, and goes on without it. */
export function onSentOn(watch: AmqpWatch, queue: string, content: Content): void {
  change(watch, queue, content, (fate) => {
    fate.isDead = true;
  });
}

/** A receiver has worked on a message. */
export function onWorked(watch: AmqpWatch, keys: KeyNumbers, queue: string, content: Content): void {
  let isFirst = false;
  const audit = change(watch, queue, content, (fate) => {
    isFirst = fate.times === 0;
    fate.times = Math.min(TIMES, fate.times + 1);
  });
  const key = content.properties.headers["key"];
  if (audit && isFirst && content.origin && key !== undefined) countOrder(audit, content.origin, numberKey(keys, key));
}

/** Changes what is known of a message, and the counts with it. A message that nobody sent, as in tests, is not counted. */
function change(watch: AmqpWatch, queue: string, { origin }: Pick<Content, "origin">, by: (fate: Fate) => void): QueueAudit | null {
  if (!origin) return null;
  const audit = queueAudit(watch, queue);
  const sends = bytesOf(audit.sends, origin.publisher);
  const copies = bytesOf(audit.copies, origin.publisher);
  const byte = byteAt(sends, origin.sendNumber);
  const fate: Fate = { times: byte & TIMES, copies: byteAt(copies, origin.sendNumber), wasQueued: (byte & QUEUED) > 0, isDead: (byte & DEAD) > 0, isMeant: (byte & MEANT) > 0 };
  count(audit, fate, -1);
  by(fate);
  count(audit, fate, 1);
  setByte(sends, origin.sendNumber, fate.times | (fate.wasQueued ? QUEUED : 0) | (fate.isDead ? DEAD : 0) | (fate.isMeant ? MEANT : 0));
  setByte(copies, origin.sendNumber, Math.min(255, fate.copies));
  return audit;
}

function count(audit: QueueAudit, { times, copies, wasQueued, isDead, isMeant }: Fate, by: 1 | -1): void {
  if (wasQueued || isMeant) audit.sent += by;
  // A full queue that has refused a message has never had it, also where it has dead-lettered it.
  if (!wasQueued) return;
  audit.queued += by;
  if (times > 1) audit.twice += by;
  if (times > 0) audit.processed += by;
  else if (copies > 0) audit.here += by;
  else if (isDead) audit.deadLettered += by;
  else audit.lost += by;
}

function countOrder(audit: QueueAudit, { publisher, sendNumber }: Origin, key: number | null): void {
  if (key === null) return;
  let lasts = audit.lastOfKey.get(publisher);
  if (!lasts) audit.lastOfKey.set(publisher, (lasts = []));
  const last = lasts[key];
  if (last !== undefined && sendNumber < last) audit.outOfOrder++;
  else lasts[key] = sendNumber;
}
