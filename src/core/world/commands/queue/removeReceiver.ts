import { closeReceiver } from "../../../queue/clients/handleReceiver";
import { isReceiver, type Receiver } from "../../../queue/clients/receiver";
import { programContext } from "../../actors/queue/program";
import { clientOf, type Cluster } from "../../cluster";
import { happened, type CommandKind, type Happened } from "../../commandKind";
import { removeActor } from "../../kernel/removeActor";
import { amqpOf, knownReceiver } from "./wanted";

export interface RemoveReceiver {
  readonly type: "removeReceiver";
  readonly receiver: string;
  /** `kill` ends its process: its connection breaks, and the broker notices at once. */
  readonly how: "close" | "kill";
}

export const removeReceiver: CommandKind<RemoveReceiver> = {
  type: "removeReceiver",
  validate: (topology, { receiver }) => knownReceiver(topology, receiver),
  fold: (topology, { receiver }) => void amqpOf(topology).receivers.delete(receiver),
  perform: (cluster, { receiver: name, how }) => {
    const found = clientOf(cluster, isReceiver, name);
    if (!found) return null;
    const { client, id } = found;
    // Its name is free at once: what closes in order finishes without it.
    cluster.actorsByClientId.delete(name);
    if (how === "close" && !cluster.frozen.has(id)) {
      const left = whatItTakes(cluster, client, "close");
      closeReceiver(client, programContext(cluster, id));
      return left ?? happened("receiver.closed", { receiver: name, queue: client.queue.name });
    }
    removeActor(cluster, id);
    return whatItTakes(cluster, client, "kill") ?? happened("receiver.killed", { receiver: name, queue: client.queue.name }, "bad");
  },
  inverse: () => null,
};

/** What is lost with a receiver that ends: its queue, or what it holds; null where all of that goes back to its queue. */
export function whatItTakes({ topology: { amqp } }: Cluster, client: Receiver, how: RemoveReceiver["how"]): Happened | null {
  const { name: receiver, session, settings, processing, held, jobs } = client;
  const { name: queue, exclusive, autoDelete } = client.queue;
  const isOwner = exclusive && session.state === "open";
  const isLast = autoDelete && ![...(amqp?.receivers.values() ?? [])].some((other) => other.queue === queue && other.name !== receiver);
  if (isOwner || isLast) return happened(isOwner ? "receiver.tookExclusive" : "receiver.tookAutoDelete", { receiver, queue }, "bad");
  const isEarly = settings.noAck || processing.settle === "before";
  // One that closes finishes what it works on.
  const count = held.length + (how === "kill" ? jobs.length : 0);
  return isEarly && count > 0 ? happened("receiver.tookMessages", { receiver, queue, count }, "bad") : null;
}
