import { startNewReceiver } from "../../actors/queue/receiver";
import { happened, type CommandKind } from "../../commandKind";
import type { ReceiverSpec } from "../../spec";
import { putSpec } from "../../topology";
import { newClient, processing } from "../rules";
import { amqpOf, knownQueue, receiverProblem } from "./wanted";

export interface AddReceiver {
  readonly type: "addReceiver";
  readonly receiver: ReceiverSpec;
}

export const addReceiver: CommandKind<AddReceiver> = {
  type: "addReceiver",
  validate: (topology, { receiver: { name, queue, prefetchCount, priority, processing: given } }) =>
    newClient(topology, name, topology.amqp?.receivers.size ?? 0, "maxReceivers") ?? knownQueue(topology, queue) ?? receiverProblem(prefetchCount, priority) ?? processing(given),
  fold: (topology, { receiver }) => putSpec(amqpOf(topology).receivers, receiver.name, receiver),
  perform: (cluster, { receiver }) => {
    startNewReceiver(cluster, receiver);
    const { queues, receivers } = amqpOf(cluster.topology);
    const owner = [...receivers.values()].find(({ queue, name }) => queue === receiver.queue && name !== receiver.name);
    if (owner && queues.get(receiver.queue)?.exclusive) return happened("receiver.locked", { receiver: receiver.name, queue: receiver.queue });
    return happened("receiver.added", { receiver: receiver.name, queue: receiver.queue });
  },
  inverse: ({ receiver }) => ({ type: "removeReceiver", receiver: receiver.name, how: "close" }),
};
