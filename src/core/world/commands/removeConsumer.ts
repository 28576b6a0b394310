import { isConsumer, isStalled } from "../../clients/consumer/consumer";
import { closeConsumer } from "../../clients/consumer/handle";
import { noteCrash } from "../../watch/crashed";
import { consumerContext } from "../actors/consumer";
import { clientOf } from "../cluster";
import { happened, type CommandKind } from "../commandKind";
import { forgetConsumer } from "../deliveryMode";
import { removeActor } from "../kernel/removeActor";
import { known } from "./rules";

export interface RemoveConsumer {
  readonly type: "removeConsumer";
  readonly clientId: string;
  /** `crash` sends no LeaveGroup: the group finds out when the session times out. */
  readonly how: "close" | "crash";
}

export const removeConsumer: CommandKind<RemoveConsumer> = {
  type: "removeConsumer",
  validate: ({ consumers }, { clientId }) => known(consumers, clientId, "unknownConsumer"),
  fold: (topology, { clientId }) => {
    forgetConsumer(topology, clientId);
    topology.consumers.delete(clientId);
  },
  perform: (cluster, { clientId, how }) => {
    const found = clientOf(cluster, isConsumer, clientId);
    if (!found) return null;
    const { client, id } = found;
    const { groupId } = client;
    cluster.watch.causes.set(groupId, { kind: how === "crash" || isStalled(client) ? "crashed" : "left", subject: clientId });
    // Its name is free at once: what closes in order finishes without it.
    cluster.actorsByClientId.delete(clientId);
    // A handler that does not return lets nobody close anything: its process is ended.
    if (how === "close" && !isStalled(client)) {
      closeConsumer(client, consumerContext(cluster, id), "close");
      return happened("member.left", { consumer: clientId, group: groupId });
    }
    noteCrash(cluster, client, id);
    removeActor(cluster, id);
    return happened("member.crashed", { consumer: clientId, group: groupId }, "bad");
  },
  inverse: () => null,
};
