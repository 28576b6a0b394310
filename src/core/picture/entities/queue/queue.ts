import { readyMessages } from "../../../queue/broker/ready";
import { queueInMotion } from "../../../watch/queue/motionNames";
import { queuePromise } from "../../../watch/queue/queuePromise";
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
    const receivers = [...topology.amqp.receivers.values()].filter(({ queue }) => queue === name).map((receiver) => receiver.name);
    return {
      spec,
      index: watch.topicIndexes.get(queueInMotion(name)) ?? -1,
      isThere: actual !== undefined && topology.amqp.isUp,
      readyCount: actual?.ready.count ?? 0,
      ready: withKnown(beadsOf(cluster, name), before?.ready ?? []),
      unackedCount: actual?.held.size ?? 0,
      removed: watch.amqp?.queues.get(name)?.removed ?? 0,
      receivers,
      audit: auditOf(cluster, name),
      // It changes with the wiring alone.
      promise: before ? before.promise : receivers.length > 0 ? queuePromise(topology, spec) : null,
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
function auditOf({ watch: { amqp } }: Cluster, name: string): QueueAuditImage {
  const { sent = 0, queued = 0, processed = 0, here = 0, deadLettered = 0, lost = 0, twice = 0, outOfOrder = 0 } = amqp?.queues.get(name) ?? {};
  return { queued, processed, here, deadLettered, lost, twice, outOfOrder, neverGot: sent - queued };
}
