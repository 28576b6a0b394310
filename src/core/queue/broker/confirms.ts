import type { ActorId } from "../../sim/message";
import { share } from "../../sim/share";
import type { AmqpBroker, AmqpBrokerContext, Channel } from "./amqpBroker";
import { channelOf } from "./amqpBroker";
import type { PendingConfirm } from "./queue";

/** Tells a publisher that a message, or all up to it, were taken, or that one was not (`basic.ack` and `basic.nack` of the broker). */
export function confirm(context: AmqpBrokerContext, client: ActorId, channel: number, publishTag: number, multiple: boolean, isRefused: boolean): void {
  context.tell({ type: "confirmed", client, publishTag, multiple, isRefused });
  context.send(client, { method: isRefused ? "basic.nack" : "basic.ack", channel, deliveryTag: publishTag, multiple });
}

/**
 * A queue has written messages, or is gone: their publishers hear of those that no other queue has yet to write. All up to one are confirmed
 * at once where nothing before it waits.
 */
export function settleConfirms(broker: AmqpBroker, context: AmqpBrokerContext, settled: readonly PendingConfirm[]): void {
  const taken = new Map<Channel, { readonly client: ActorId; readonly channel: number; readonly tags: number[] }>();
  for (const { client, channel: number, publishTag } of settled) {
    const channel = channelOf(broker, client, number);
    const outcome = channel && settle(channel, publishTag);
    if (!channel || !outcome) continue;
    if (outcome === "refused") confirm(context, client, number, publishTag, false, true);
    else taken.set(channel, { client, channel: number, tags: [...(taken.get(channel)?.tags ?? []), publishTag] });
  }
  for (const [{ confirms }, { client, channel, tags }] of taken) {
    const first = Math.min(...(confirms?.waiting.keys() ?? []));
    const behind = tags.filter((tag) => tag > first);
    const together = tags.filter((tag) => tag < first);
    if (together.length > 0) confirm(context, client, channel, Math.max(...together), together.length > 1, false);
    for (const tag of behind) confirm(context, client, channel, tag, false, false);
  }
}

/** One of the queues of a message is done with it. Returns what its publisher hears once all are, or null. */
function settle({ confirms }: Channel, publishTag: number): "taken" | "refused" | null {
  const waiting = confirms?.waiting.get(publishTag);
  if (!confirms || !waiting) return null;
  if (waiting.queues > 1) {
    confirms.waiting.set(publishTag, share({ ...waiting, queues: waiting.queues - 1 }));
    return null;
  }
  confirms.waiting.delete(publishTag);
  return waiting.isRefused ? "refused" : "taken";
}
