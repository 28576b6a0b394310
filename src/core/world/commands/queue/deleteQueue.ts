import { CHANNEL } from "../../../queue/clients/session";
import { askAmqp } from "../../actors/queue/declarer";
import { happened, type CommandKind } from "../../commandKind";
import { problem } from "../rules";
import { amqpOf, brokerDown, knownQueue } from "./wanted";

export interface DeleteQueue {
  readonly type: "deleteQueue";
  readonly queue: string;
}

/** What the queue holds is lost with it. Whoever receives from it ends first, for a program declares its queue anew whenever that is gone. */
export const deleteQueue: CommandKind<DeleteQueue> = {
  type: "deleteQueue",
  validate: (topology, { queue: name }) => {
    const receiver = [...(topology.amqp?.receivers.values() ?? [])].find(({ queue }) => queue === name);
    return knownQueue(topology, name) ?? brokerDown(topology) ?? (receiver ? problem("queueInUse", { queue: name, receiver: receiver.name }) : null);
  },
  fold: (topology, { queue }) => void amqpOf(topology).queues.delete(queue),
  perform: (cluster, { queue }) => {
    askAmqp(cluster, [{ method: "queue.delete", channel: CHANNEL, queue }]);
    return happened("queue.deleted", { queue }, "bad");
  },
  inverse: () => null,
};
