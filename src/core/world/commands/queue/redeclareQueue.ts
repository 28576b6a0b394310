import { closeReceiver } from "../../../queue/clients/handleReceiver";
import { isReceiver } from "../../../queue/clients/receiver";
import type { QueueSpec } from "../../../queue/clients/declarations";
import { CHANNEL } from "../../../queue/clients/session";
import { askAmqp, declareWanted } from "../../actors/queue/declarer";
import { programContext } from "../../actors/queue/program";
import { startNewReceiver } from "../../actors/queue/receiver";
import { clientOf, type Cluster } from "../../cluster";
import { happened, type CommandKind } from "../../commandKind";
import type { ReceiverSpec } from "../../spec";
import { putSpec } from "../../topology";
import { amqpOf, brokerDown, knownQueue, queueProblem } from "./wanted";

export interface RedeclareQueue {
  readonly type: "redeclareQueue";
  readonly queue: QueueSpec;
}

/**
 * Nothing that was declared of a queue can be changed, in RabbitMQ either: it is deleted with what it holds and declared anew, and its receivers
 * end before and start again after that.
 */
export const redeclareQueue: CommandKind<RedeclareQueue> = {
  type: "redeclareQueue",
  validate: (topology, { queue }) => knownQueue(topology, queue.name) ?? queueProblem(queue) ?? brokerDown(topology),
  fold: (topology, { queue }) => putSpec(amqpOf(topology).queues, queue.name, queue),
  perform: (cluster, { queue: { name: queue } }) => {
    const { ready, held } = cluster.watch.amqp?.actual.get(queue) ?? {};
    const count = (ready?.count ?? 0) + (held?.size ?? 0);
    const again = [...amqpOf(cluster.topology).receivers.values()].filter((receiver) => receiver.queue === queue).map((receiver) => [receiver, end(cluster, receiver)] as const);
    askAmqp(cluster, [{ method: "queue.delete", channel: CHANNEL, queue }]);
    declareWanted(cluster, queue);
    for (const [receiver, worked] of again) if (worked !== null) startNewReceiver(cluster, receiver, worked);
    return happened("queue.redeclared", { queue, count }, count > 0 ? "bad" : "info");
  },
  inverse: () => null,
};

/** How much a receiver that runs had worked on; null where it does not run. */
function end(cluster: Cluster, { name }: ReceiverSpec): number | null {
  const found = clientOf(cluster, isReceiver, name);
  if (!found) return null;
  cluster.actorsByClientId.delete(name);
  closeReceiver(found.client, programContext(cluster, found.id));
  return found.client.worked;
}
