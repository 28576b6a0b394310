import type { Content } from "../../queue/amqp/content";
import type { ProgramFact } from "../../queue/facts";
import type { ActorId } from "../../sim/message";
import { isReceiver } from "../../queue/clients/receiver";
import { share } from "../../sim/share";
import type { Cluster } from "../../world/cluster";
import { numberKey } from "../keys";
import { type AmqpWatch, CONFIRMED, markSend } from "./amqpWatch";
import { onHandDone, onHandedOver } from "./handed";
import { onCopyIn, onSentOn, onWorked } from "./queueAudit";

/** Takes in what a program that publishes or receives tells. */
export function observeProgram(cluster: Cluster, actor: ActorId, fact: ProgramFact): void {
  const { amqp, keys } = cluster.watch;
  if (!amqp) return;
  switch (fact.type) {
    case "published": {
      const key = fact.content.properties.headers["key"];
      if (key !== undefined) numberKey(keys, key);
      return;
    }
    case "answered":
      amqp.answered = share({ publisher: actor, contents: fact.contents });
      return;
    case "confirmed":
      return onConfirmed(amqp, fact.content);
    case "received": {
      const receiver = cluster.actors.get(actor);
      // It acknowledges at once, and works on its own copy.
      if (!isReceiver(receiver) || receiver.settings.noAck || receiver.processing.settle !== "before") return;
      onCopyIn(amqp, fact.queue, fact.content);
      return onHandedOver(amqp, actor, fact.queue, fact.content);
    }
    case "worked":
      // First as worked on, so that it is never lost between the two.
      onWorked(amqp, keys, fact.queue, fact.content);
      return onHandDone(amqp, actor, fact.queue, fact.content);
    case "gaveUp":
      // What is sent on to a queue that nobody has is gone.
      if (fact.sentTo !== null && cluster.topology.amqp?.queues.has(fact.sentTo)) onSentOn(amqp, fact.queue, fact.content);
      return onHandDone(amqp, actor, fact.queue, fact.content);
    default:
  }
}

/** A publisher was told that the broker has a message. */
function onConfirmed(watch: AmqpWatch, content: Content): void {
  const reached = markSend(watch, content, CONFIRMED);
  if (reached) reached.confirmed++;
}
