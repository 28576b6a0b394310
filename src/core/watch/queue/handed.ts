import type { Content } from "../../queue/amqp/content";
import type { ActorId } from "../../sim/message";
import { share } from "../../sim/share";
import type { AmqpWatch } from "./amqpWatch";
import { onCopyOut } from "./queueAudit";

/**
 * A message was sent with automatic acknowledgement: its queue has forgotten it, and the only copy is on its way to a receiver or in its hands.
 * It counts as here until it is worked on, or its receiver's connection is gone.
 */
export function onHandedOver({ handed }: AmqpWatch, client: ActorId, queue: string, content: Content): void {
  let hands = handed.get(client);
  if (!hands) handed.set(client, (hands = new Map()));
  const key = keyOf(queue, content);
  if (key !== null) hands.set(key, share({ queue, content, copies: (hands.get(key)?.copies ?? 0) + 1 }));
}

/** A receiver is done with a message that nobody else has. */
export function onHandDone(watch: AmqpWatch, client: ActorId, queue: string, content: Content): void {
  const hands = watch.handed.get(client);
  const key = keyOf(queue, content);
  const found = key === null ? undefined : hands?.get(key);
  if (!hands || key === null || !found) return;
  if (found.copies > 1) hands.set(key, share({ ...found, copies: found.copies - 1 }));
  else hands.delete(key);
  onCopyOut(watch, queue, content, "settled");
}

/** A connection is closed: what was sent on it may never be worked on. A receiver that still lives and has it may yet do so. */
export function onHandsGone(watch: AmqpWatch, client: ActorId): void {
  for (const { queue, content, copies } of watch.handed.get(client)?.values() ?? []) for (let copy = 0; copy < copies; copy++) onCopyOut(watch, queue, content, "settled");
  watch.handed.delete(client);
}

/** Null for what nobody sent. */
function keyOf(queue: string, { origin }: Content): string | null {
  return origin && `${queue} ${origin.publisher} ${origin.sendNumber}`;
}
