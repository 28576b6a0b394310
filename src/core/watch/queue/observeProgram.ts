import type { Content } from "../../queue/amqp/content";
import type { ProgramFact } from "../../queue/facts";
import type { ActorId } from "../../sim/message";
import { byteAt, setByte } from "../../sim/pagedList";
import type { Cluster } from "../../world/cluster";
import { numberKey } from "../keys";
import { bytesOf, CONFIRMED, reachedSends, type AmqpWatch } from "./amqpWatch";
import { onHandDone } from "./handed";
import { onWorked } from "./queueAudit";

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
    case "confirmed":
      return onConfirmed(amqp, fact.content);
    case "worked":
      // First as worked on, so that it is never lost between the two.
      onWorked(amqp, keys, fact.queue, fact.content);
      return onHandDone(amqp, actor, fact.queue, fact.content);
    case "gaveUp":
      return onHandDone(amqp, actor, fact.queue, fact.content);
    default:
  }
}

/** A publisher was told that the broker has a message. */
function onConfirmed(watch: AmqpWatch, content: Content): void {
  const { origin } = content;
  if (!origin) return;
  const reached = reachedSends(watch, content);
  const bytes = bytesOf(reached.sends, origin.publisher);
  const byte = byteAt(bytes, origin.sendNumber);
  if (byte & CONFIRMED) return;
  setByte(bytes, origin.sendNumber, byte | CONFIRMED);
  reached.confirmed++;
}
