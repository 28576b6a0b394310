import { isReceiver } from "../../../queue/clients/receiver";
import { clientOf } from "../../cluster";
import { happened, type CommandKind } from "../../commandKind";
import { freeze, thaw } from "../../kernel/happen";
import { knownReceiver } from "./wanted";

export interface FreezeReceiver {
  readonly type: "freezeReceiver";
  readonly receiver: string;
  readonly isFrozen: boolean;
}

/** Its process stands still, or goes on: the broker finds out by the heartbeats that do not come. */
export const freezeReceiver: CommandKind<FreezeReceiver> = {
  type: "freezeReceiver",
  validate: (topology, { receiver }) => knownReceiver(topology, receiver),
  fold: () => undefined,
  perform: (cluster, { receiver, isFrozen }) => {
    const found = clientOf(cluster, isReceiver, receiver);
    if (!found || cluster.frozen.has(found.id) === isFrozen) return null;
    if (isFrozen) freeze(cluster, found.id);
    else thaw(cluster, found.id);
    return happened(isFrozen ? "receiver.frozen" : "receiver.thawed", { receiver }, isFrozen ? "bad" : "info");
  },
  inverse: (command) => ({ ...command, isFrozen: !command.isFrozen }),
};
