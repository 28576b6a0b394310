import { isAmqpBroker } from "../../queue/broker/amqpBroker";
import type { Publisher } from "../../queue/clients/publisher";
import type { Receiver } from "../../queue/clients/receiver";
import { actorsOf, type Cluster } from "../../world/cluster";
import { thaw } from "../../world/kernel/happen";
import type { ActorPart } from "../actorPart";

export const publisherPart: ActorPart<Publisher> = {
  check: (_witness, _cluster, _id, { name, unconfirmed, again, confirmed, accepted }) => {
    const known = confirmed + unconfirmed.size + again.length;
    return accepted === known ? null : `${name} has to get ${accepted} messages confirmed, and knows of ${known}`;
  },
  progress: ({ confirmed, published }) => confirmed + published,
  unfinished: (cluster, { name, session, unconfirmed, again, refused }) => {
    if (session.refusal !== null) return null;
    if (session.state !== "open") return `${name} is never connected`;
    // A full queue that nobody receives from refuses for ever.
    return unconfirmed.size + again.length > 0 && (refused === 0 || !hasFullQueue(cluster)) ? `${name} waits for ${unconfirmed.size + again.length} confirms for ever` : null;
  },
};

export const receiverPart: ActorPart<Receiver> = {
  check: (_witness, _cluster, _id, { name, held, jobs, settings, processing, received, worked }) => {
    const isLimited = settings.prefetchCount > 0 && !settings.noAck && processing.settle !== "before";
    if (isLimited && held.length > settings.prefetchCount) return `${name} holds ${held.length} messages, and its prefetch is ${settings.prefetchCount}`;
    const stray = settings.noAck || processing.settle === "before" ? undefined : held.find(({ deliveryTag }) => deliveryTag === 0);
    if (stray) return `${name} holds a message that was taken back from it`;
    if (jobs.length > (processing.workers ?? 1)) return `${name} works on ${jobs.length} messages at once`;
    return worked <= received ? null : `${name} has worked on ${worked} messages, and received ${received}`;
  },
  progress: ({ worked }) => worked,
  calm: (cluster, id, receiver) => {
    thaw(cluster, id);
    const { settle, workers } = receiver.processing;
    receiver.processing = { timeMs: 0, ...(settle && { settle }), ...(workers && { workers }) };
  },
  unfinished: (_cluster, { name, session, held, isClosing, hasFailed }) => {
    if (held.length > 0) return `${name} holds ${held.length} messages for ever`;
    return isClosing || hasFailed || session.state === "open" || session.refusal !== null ? null : `${name} never receives`;
  },
};

function hasFullQueue(cluster: Cluster): boolean {
  for (const [, { queues }] of actorsOf(cluster, isAmqpBroker)) for (const { ready, arguments: given } of queues.values()) if (ready.count >= (given["x-max-length"] ?? Infinity)) return true;
  return false;
}
