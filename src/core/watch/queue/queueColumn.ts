import type { ColumnImage } from "../../picture/amqpImage";
import type { Content, Origin } from "../../queue/amqp/content";
import type { QueueSpec } from "../../queue/clients/declarations";
import { isPublisher } from "../../queue/clients/publisher";
import { byteAt } from "../../sim/pagedList";
import { actorsOf, type Cluster } from "../../world/cluster";
import { DEAD, MEANT, QUEUED, sendId, TIMES, type AmqpWatch, type QueueAudit } from "./amqpWatch";
import { leadsTo } from "./wantedRoutes";

/** A queue's: what has reached an exchange that leads to it was sent to it. */
export function queueColumn(cluster: Cluster, name: string): ColumnImage {
  const { watch, topology } = cluster;
  const spec = topology.amqp?.queues.get(name);
  const audit = watch.amqp?.queues.get(name);
  if (!watch.amqp || !spec || !audit) return { model: "queue", name, sent: 0, processed: 0, inWork: 0, waiting: 0, setAside: 0, lost: 0, neverGot: 0, twice: 0, outOfOrder: 0, readable: 0 };
  const inWork = withReceivers(watch.amqp, name, audit);
  const again = toComeAgain(cluster, spec, audit);
  return {
    model: "queue",
    name,
    sent: audit.sent,
    processed: audit.processed,
    inWork,
    waiting: audit.here - inWork + again.lost + again.neverGot,
    setAside: audit.deadLettered,
    lost: audit.lost - again.lost,
    neverGot: audit.sent - audit.queued - again.neverGot,
    twice: audit.twice,
    outOfOrder: audit.outOfOrder,
    // What was acknowledged is gone, and what is there nobody reads without taking it.
    readable: 0,
  };
}

/** Different messages that were sent to a receiver, and that nobody has worked on. */
function withReceivers({ actual, handed }: AmqpWatch, name: string, audit: QueueAudit): number {
  let single = 0;
  const several = new Set<number>();
  const add = ({ origin }: Content): void => {
    if (!origin || byteOf(audit.sends, origin) & TIMES) return;
    if (byteOf(audit.copies, origin) === 1) single++;
    else several.add(sendId(origin.publisher, origin.sendNumber));
  };
  for (const { message } of actual.get(name)?.held.values() ?? []) add(message.content);
  for (const hands of handed.values()) for (const { queue, content } of hands.values()) if (queue === name) add(content);
  return single + several.size;
}

/** What is gone, or was never taken in, and is with a publisher still, which will publish it again: nobody has lost it. */
function toComeAgain(cluster: Cluster, spec: QueueSpec, audit: QueueAudit): { readonly lost: number; readonly neverGot: number } {
  const found = { lost: 0, neverGot: 0 };
  const { amqp } = cluster.topology;
  if (!amqp || audit.sent === audit.processed + audit.here + audit.deadLettered) return found;
  const seen = new Set<number>();
  for (const [, { again, unconfirmed }] of actorsOf(cluster, isPublisher)) {
    for (const content of [...again, ...unconfirmed.values()]) {
      const { origin } = content;
      if (!origin || !leadsTo(amqp, spec, content) || seen.has(sendId(origin.publisher, origin.sendNumber))) continue;
      seen.add(sendId(origin.publisher, origin.sendNumber));
      const byte = byteOf(audit.sends, origin);
      if (byte & QUEUED) found.lost += byte & (TIMES | DEAD) || byteOf(audit.copies, origin) > 0 ? 0 : 1;
      else if (byte & MEANT) found.neverGot++;
    }
  }
  return found;
}

function byteOf(bytes: QueueAudit["sends"], { publisher, sendNumber }: Origin): number {
  const found = bytes.get(publisher);
  return found ? byteAt(found, sendNumber) : 0;
}
