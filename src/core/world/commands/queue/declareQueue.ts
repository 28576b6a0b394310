import type { QueueSpec } from "../../../queue/clients/declarations";
import { queueInMotion } from "../../../watch/queue/motionNames";
import { giveIndex } from "../../../watch/watch";
import { declareWanted } from "../../actors/queue/declarer";
import { ensureAmqp } from "../../actors/queue/start";
import { happened, type CommandKind } from "../../commandKind";
import { putSpec } from "../../topology";
import { limit, problem } from "../rules";
import { amqpOf, brokerDown, queueProblem } from "./wanted";

export interface DeclareQueue {
  readonly type: "declareQueue";
  readonly queue: QueueSpec;
}

export const declareQueue: CommandKind<DeclareQueue> = {
  type: "declareQueue",
  validate: ({ amqp }, { queue }) => queueProblem(queue) ?? brokerDown({ amqp }) ?? (amqp?.queues.has(queue.name) ? problem("nameTaken", { name: queue.name }) : null) ?? limit(amqp?.queues.size ?? 0, "maxQueues"),
  fold: (topology, { queue }) => putSpec(amqpOf(topology).queues, queue.name, queue),
  perform: (cluster, { queue }) => {
    ensureAmqp(cluster);
    giveIndex(cluster.watch, queueInMotion(queue.name));
    declareWanted(cluster, queue.name);
    return happened("queue.declared", { queue: queue.name });
  },
  inverse: ({ queue }) => ({ type: "deleteQueue", queue: queue.name }),
};
