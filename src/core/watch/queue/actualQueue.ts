import type { QueueFact } from "../../queue/facts";
import type { QueuedMessage } from "../../queue/broker/queuedMessage";
import { emptyReady, insert, takeAll, takeOut, type Ready } from "../../queue/broker/ready";
import type { ActorId } from "../../sim/message";
import { share } from "../../sim/share";

/** A queue as its broker has told of it. */
export interface ActualQueue {
  readonly queueId: number;
  readonly ready: Ready;
  /** By place: what was sent and not acknowledged, and to whom. */
  readonly held: Map<number, HeldMessage>;
}

export interface HeldMessage {
  readonly client: ActorId;
  readonly consumerTag: string;
  readonly message: QueuedMessage;
}

/** Folds a fact of a broker into what there is of its queues. */
export function foldQueues(queues: Map<string, ActualQueue>, fact: QueueFact): void {
  if (!("place" in fact)) return;
  const { queue: name, queueId } = fact.place;
  if (fact.type === "queueDeclared") return void queues.set(name, { queueId, ready: emptyReady(fact.maxPriority), held: new Map() });
  if (fact.type === "queueDeleted") return void queues.delete(name);
  const queue = queues.get(name);
  if (queue) foldOne(queue, fact);
}

function foldOne({ ready, held }: ActualQueue, fact: QueueFact): void {
  switch (fact.type) {
    case "queued":
      return insert(ready, fact.message);
    case "delivered":
      takeOut(ready, fact.message);
      if (!fact.noAck) held.set(fact.message.place, share({ client: fact.client, consumerTag: fact.consumerTag, message: fact.message }));
      return;
    case "requeued":
      held.delete(fact.message.place);
      return insert(ready, fact.message);
    case "acknowledged":
      held.delete(fact.message.place);
      return;
    case "died":
      if (!held.delete(fact.message.place)) takeOut(ready, fact.message);
      return;
    case "purged":
      return void takeAll(ready);
    case "restored":
      held.clear();
      takeAll(ready);
      for (const message of fact.messages) insert(ready, message);
      break;
    default:
  }
}
