import type { AmqpBroker } from "../../queue/broker/amqpBroker";
import type { QueueSpec } from "../../queue/clients/declarations";
import { byteAt } from "../../sim/pagedList";
import { CONFIRMED, DEAD, FLEETING, QUEUED, TIMES, type QueueAudit } from "../../watch/queue/amqpWatch";
import type { LossReason } from "../../watch/promise";
import { feedersOf } from "../../watch/queue/wantedRoutes";
import { queuePromise } from "../../watch/queue/queuePromise";
import type { Cluster } from "../../world/cluster";
import type { Topology } from "../../world/topology";
import type { Witness } from "../witness";

/**
 * What RabbitMQ promises: a persistent message in a durable queue, once confirmed, is there until it is worked on, whatever becomes of
 * receivers, connections and the broker. Queues for which something else was asked are excused.
 */
export function checkPromise(witness: Witness, cluster: Cluster): string | null {
  const { amqp } = cluster.watch;
  if (!amqp) return null;
  for (const [name, audit] of amqp.queues) {
    const problem = checkCounts(audit);
    if (problem !== null) return `queue ${name}: ${problem}`;
    if (audit.lost === 0 || audit.purged > 0 || witness.excused.has(name)) continue;
    const exchanges = [`=${name}`, ...(cluster.topology.amqp?.queues.get(name)?.bindings.map(({ exchange }) => exchange) ?? [])];
    for (const exchange of exchanges) {
      const lost = lostThoughConfirmed(audit, amqp.exchanges.get(exchange)?.sends);
      if (lost !== null) return `queue ${name} has lost send ${lost}, which was confirmed`;
    }
  }
  return null;
}

function checkCounts({ queued, processed, here, deadLettered, lost }: QueueAudit): string | null {
  return queued === processed + here + deadLettered + lost ? null : `${queued} were queued, and ${processed} processed, ${here} are here, ${deadLettered} dead-lettered, ${lost} lost`;
}

function lostThoughConfirmed({ sends, copies }: QueueAudit, confirmed: QueueAudit["sends"] | undefined): number | null {
  for (const [sender, bytes] of sends) {
    const confirms = confirmed?.get(sender);
    if (!confirms) continue;
    for (let send = 0; send < bytes.length; send++) {
      const byte = byteAt(bytes, send);
      const isLost = byte & QUEUED && !(byte & (TIMES | DEAD)) && byteAt(copies.get(sender) ?? bytes, send) === 0;
      if (isLost && (byteAt(confirms, send) & (CONFIRMED | FLEETING)) === CONFIRMED) return send;
    }
  }
  return null;
}

/** Reasons for which a message is lost that had been confirmed, and that no queue of the broker shows. */
const ofReceivers: ReadonlySet<LossReason> = new Set(["queue.ackBefore", "queue.skip", "queue.rejectNowhere", "queue.forwardNowhere"]);

/** Also where a program sends on to it, which waits for no confirm. */
function mayLoseConfirmed(topology: Topology, queue: QueueSpec): boolean {
  return queuePromise(topology, queue).loses.some((reason) => ofReceivers.has(reason)) || feedersOf(topology, queue).some(({ isProgram }) => isProgram);
}

/** Whoever asks for it may lose messages: by a limit, a time to live, automatic acknowledgement, what does not outlive its broker, and by throwing away. */
export function noteExcuses(witness: Witness, { topology }: Cluster, broker: AmqpBroker): void {
  for (const queue of topology.amqp?.queues.values() ?? []) if (mayLoseConfirmed(topology, queue)) witness.excused.add(queue.name);
  for (const [name, queue] of broker.queues) {
    const given = queue.arguments;
    const isLimited = given["x-max-length"] !== undefined || given["x-max-length-bytes"] !== undefined || given["x-message-ttl"] !== undefined;
    const isFleeting = !queue.durable || queue.autoDelete || queue.owner !== null;
    const takesBlindly = [...queue.consumers.values()].some(({ noAck }) => noAck);
    if (isLimited || isFleeting || takesBlindly) witness.excused.add(name);
    const known = witness.queueIds.get(name);
    // Deleted and declared anew, or thrown away: it said so.
    if (known !== undefined && known !== queue.id) witness.excused.add(name);
    witness.queueIds.set(name, queue.id);
  }
  for (const name of witness.queueIds.keys()) if (!broker.queues.has(name) && broker.isUp) witness.excused.add(name);
}
