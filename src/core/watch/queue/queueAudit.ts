import type { Content, Origin } from "../../queue/amqp/content";
import { byteAt, setByte } from "../../sim/pagedList";
import { numberKey, type KeyNumbers } from "../keys";
import { bytesOf, DEAD, QUEUED, queueAudit, TIMES, type AmqpWatch, type QueueAudit } from "./amqpWatch";

/** What is known of a message in a queue, before and after something happens to it. */
interface Fate {
  times: number;
  copies: number;
  wasQueued: boolean;
  isDead: boolean;
}

/** A copy of a message is new in a queue, or back from a broker's disk. */
export function onCopyIn(watch: AmqpWatch, queue: string, content: Content): void {
  const audit = change(watch, queue, content, (fate) => {
    fate.copies++;
    fate.wasQueued = true;
  });
  if (audit) audit.present++;
}

/** A copy has left its queue for good: acknowledged, dropped, or forgotten. */
export function onCopyOut(watch: AmqpWatch, queue: string, content: Content, isDeadLettered = false): void {
  const audit = change(watch, queue, content, (fate) => {
    fate.copies = Math.max(0, fate.copies - 1);
    fate.isDead ||= isDeadLettered;
  });
  if (!audit) return;
  audit.present--;
  audit.removed++;
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
function change(watch: AmqpWatch, queue: string, { origin }: Content, by: (fate: Fate) => void): QueueAudit | null {
  if (!origin) return null;
  const audit = queueAudit(watch, queue);
  const sends = bytesOf(audit.sends, origin.publisher);
  const copies = bytesOf(audit.copies, origin.publisher);
  const byte = byteAt(sends, origin.sendNumber);
  const fate: Fate = { times: byte & TIMES, copies: byteAt(copies, origin.sendNumber), wasQueued: (byte & QUEUED) > 0, isDead: (byte & DEAD) > 0 };
  count(audit, fate, -1);
  by(fate);
  count(audit, fate, 1);
  setByte(sends, origin.sendNumber, fate.times | (fate.wasQueued ? QUEUED : 0) | (fate.isDead ? DEAD : 0));
  setByte(copies, origin.sendNumber, Math.min(255, fate.copies));
  return audit;
}

function count(audit: QueueAudit, { times, copies, wasQueued, isDead }: Fate, by: 1 | -1): void {
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
