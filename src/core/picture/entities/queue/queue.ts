import { readyMessages } from "../../../queue/broker/ready";
import type { QueueSpec } from "../../../queue/clients/declarations";
import type { AmqpWatch } from "../../../watch/queue/amqpWatch";
import { queueInMotion } from "../../../watch/queue/motionNames";
import type { Cluster } from "../../../world/cluster";
import type { MessageBead, QueueAuditImage, QueueImage } from "../../amqpImage";
import type { EntityKind } from "../../entityKind";
import { withKnown } from "../../isAlike";
import { bead } from "./bead";

/** So many of the next messages the page can draw. */
const BEADS = 24;

export const queueEntity: EntityKind<QueueImage> = {
  field: "queues",
  ids: ({ cluster }) => [...(cluster.topology.amqp?.queues.keys() ?? [])],
  stamp: ({ cluster }, name) => {
    const { watch } = cluster;
    const actual = watch.amqp?.actual.get(name);
    // What comes and goes is counted; a message that has come back is another one at the head.
    return [actual, actual?.ready.count, actual?.held.size, watch.amqp?.queues.get(name)?.removed, firstOf(cluster, name), ...Object.values(auditOf(cluster, name)), watch.keys.size];
  },
  project: ({ cluster }, name, before) => {
    const { topology, watch } = cluster;
    const spec = topology.amqp?.queues.get(name);
    if (!topology.amqp || !spec) return null;
    const actual = watch.amqp?.actual.get(name);
    return {
      spec,
      index: watch.topicIndexes.get(queueInMotion(name)) ?? -1,
      isThere: actual !== undefined && topology.amqp.isUp,
      readyCount: actual?.ready.count ?? 0,
      ready: withKnown(beadsOf(cluster, name), before?.ready ?? []),
      unackedCount: actual?.held.size ?? 0,
      removed: watch.amqp?.queues.get(name)?.removed ?? 0,
      receivers: [...topology.amqp.receivers.values()].filter(({ queue }) => queue === name).map((receiver) => receiver.name),
      audit: auditOf(cluster, name),
    };
  },
};

function firstOf({ watch: { amqp } }: Cluster, name: string): unknown {
  const actual = amqp?.actual.get(name);
  if (actual) for (const message of readyMessages(actual.ready)) return message;
  return undefined;
}

function beadsOf({ watch: { amqp, keys } }: Cluster, name: string): MessageBead[] {
  const beads: MessageBead[] = [];
  const actual = amqp?.actual.get(name);
  if (!actual) return beads;
  for (const { content, place, redelivered } of readyMessages(actual.ready)) {
    beads.push(bead(keys, content, place, redelivered));
    if (beads.length === BEADS) break;
  }
  return beads;
}

/** The delivery check of a queue. */
function auditOf({ topology, watch: { amqp } }: Cluster, name: string): QueueAuditImage {
  const { queued = 0, processed = 0, here = 0, deadLettered = 0, lost = 0, twice = 0, outOfOrder = 0 } = amqp?.queues.get(name) ?? {};
  const spec = topology.amqp?.queues.get(name);
  const neverGot = amqp && spec ? Math.max(0, reached(amqp, spec) - queued) : 0;
  return { queued, processed, here, deadLettered, lost, twice, outOfOrder, neverGot };
}

/** Messages that have come to the one place from which it gets them: where there are several, nobody can tell which were meant for it. */
function reached({ exchanges }: AmqpWatch, { name, bindings }: QueueSpec): number {
  const own = exchanges.get(`=${name}`)?.count ?? 0;
  const others = [...new Set(bindings.map(({ exchange }) => exchange))].map((exchange) => exchanges.get(exchange)?.count ?? 0);
  return Math.max(own, ...others);
}
