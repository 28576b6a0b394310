import { CHANNEL } from "../../../queue/clients/session";
import { askAmqp } from "../../actors/queue/declarer";
import { happened, type CommandKind } from "../../commandKind";
import { brokerDown, knownQueue } from "./wanted";

export interface PurgeQueue {
  readonly type: "purgeQueue";
  readonly queue: string;
}

/** What is ready is thrown away; what is with receivers stays with them. */
export const purgeQueue: CommandKind<PurgeQueue> = {
  type: "purgeQueue",
  validate: (topology, { queue }) => knownQueue(topology, queue) ?? brokerDown(topology),
  fold: () => undefined,
  perform: (cluster, { queue }) => {
    askAmqp(cluster, [{ method: "queue.purge", channel: CHANNEL, queue }]);
    return happened("queue.purged", { queue });
  },
  inverse: () => null,
};
