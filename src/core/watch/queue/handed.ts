import type { Content, Origin } from "../../queue/amqp/content";
import type { ActorId } from "../../sim/message";
import { share } from "../../sim/share";
import type { AmqpWatch } from "./amqpWatch";
import { onCopyOut } from "./queueAudit";

/**
 * A message was sent with automatic acknowledgement: its queue has forgotten it, and the only copy is on its way to a receiver or in its hands.
 * It counts as here until it is worked on, or its receiver's connection is gone.
 */
export function onHandedOver({ handed }: AmqpWatch, client: ActorId, queue: string, content: Content): void {
  if (!content.origin) return;
  let hands = handed.get(client);
  if (!hands) handed.set(client, (hands = new Map()));
  hands.set(identityOf(content.origin), share({ queue, content }));
}

/** A receiver is done with a message that nobody else has. */
export function onHandDone(watch: AmqpWatch, client: ActorId, { origin }: Content): void {
  const found = origin && watch.handed.get(client)?.get(identityOf(origin));
  if (!found) return;
  watch.handed.get(client)?.delete(identityOf(origin));
  onCopyOut(watch, found.queue, found.content);
}

/** A connection is closed: what was sent on it may never be worked on. A receiver that still lives and has it may yet do so. */
export function onHandsGone(watch: AmqpWatch, client: ActorId): void {
  for (const { queue, content } of watch.handed.get(client)?.values() ?? []) onCopyOut(watch, queue, content);
  watch.handed.delete(client);
}

function identityOf({ publisher, sendNumber }: Origin): string {
  return `${publisher} ${sendNumber}`;
}
