import { closeReceiver } from "../../../queue/clients/handleReceiver";
import { isReceiver } from "../../../queue/clients/receiver";
import { programContext } from "../../actors/queue/program";
import { clientOf } from "../../cluster";
import { happened, type CommandKind } from "../../commandKind";
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
      closeReceiver(client, programContext(cluster, id));
      return happened("receiver.closed", { receiver: name, queue: client.queue.name });
    }
    removeActor(cluster, id);
    return happened("receiver.killed", { receiver: name, queue: client.queue.name }, "bad");
  },
  inverse: () => null,
};
