import type { ClusterImage } from "../../core/picture/image";
import type { QueueSpec } from "../../core/queue/clients/declarations";
import type { ReceiverSpec } from "../../core/world/spec";
import { freshName, takenClients } from "../newNames";

/** A receiver that works as the last one of its queue does, or else as the last of all. */
export function newReceiver(image: ClusterImage, queue: string): ReceiverSpec {
  const models = [...image.receivers.values()].map(({ spec }) => spec);
  const model = models.findLast((spec) => spec.queue === queue) ?? models.at(-1);
  const processing = model?.processing ?? [...image.consumers.values()].at(-1)?.spec.processing ?? { timeMs: 500 };
  const { prefetchCount = 1, noAck = false } = model ?? {};
  return { name: freshName("r", takenClients(image)), queue, prefetchCount, noAck, priority: 0, processing };
}

/** A queue as most guides have it: durable, open to all, and there until it is deleted. */
export function newQueue(name: string, bindings: QueueSpec["bindings"] = []): QueueSpec {
  return { name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings };
}
