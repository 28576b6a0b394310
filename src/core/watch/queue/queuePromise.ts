import type { Processing } from "../../apps/program";
import type { QueueSpec } from "../../queue/clients/declarations";
import type { AmqpTopology, Topology } from "../../world/topology";
import { anyOf, promiseOf, type DeliveryPromise, type DoubleReason, type LossReason } from "../promise";
import { deadLetterQueues, feedersOf, type Feeder } from "./wantedRoutes";

/** What the settings of a queue, of those who publish to it and of those who receive from it promise. */
export function queuePromise(topology: Pick<Topology, "producers" | "amqp">, queue: QueueSpec): DeliveryPromise {
  const { amqp } = topology;
  if (!amqp) return promiseOf({ loses: [], doubles: [] });
  const feeders = feedersOf(topology, queue);
  const programs = [...amqp.receivers.values()].filter((receiver) => receiver.queue === queue.name);
  // One that nobody receives from counts as one with the usual program.
  const receivers = programs.length > 0 ? programs : [{ noAck: false, processing: { timeMs: 0 } }];
  const rejectedTo = deadLetterQueues(amqp, queue, feeders);
  const way: Way = { amqp, queue, feeders, receivers, rejectedTo, expiredTo: rejectedTo.filter((name) => name !== queue.name) };
  return promiseOf({ loses: anyOf(losses, [way]), doubles: anyOf(doubles, [way]) });
}

interface Way {
  readonly amqp: AmqpTopology;
  readonly queue: QueueSpec;
  readonly feeders: readonly Feeder[];
  readonly receivers: readonly { readonly noAck: boolean; readonly processing: Processing }[];
  /** Where its dead letters go; those that nobody has rejected do not come back to it. */
  readonly rejectedTo: readonly string[];
  readonly expiredTo: readonly string[];
}

const losses: readonly (readonly [LossReason, (way: Way) => boolean])[] = [
  ["queue.noAck", ({ receivers }) => receivers.some(({ noAck }) => noAck)],
  ["queue.ackBefore", ({ receivers }) => receivers.some(acknowledgesBefore)],
  ["queue.skip", ({ receivers }) => receivers.some(({ processing: { rescue } }) => rescue?.giveUp === "skip")],
  ["queue.rejectNowhere", ({ receivers, rejectedTo }) => rejectedTo.length === 0 && receivers.some(({ noAck, processing: { rescue } }) => !noAck && rescue?.giveUp === "reject")],
  ["queue.forwardNowhere", ({ receivers, amqp }) => receivers.some(({ processing: { rescue } }) => rescue?.giveUp === "forward" && rescue.topics?.some((name) => !amqp.queues.has(name)))],
  ["queue.notDurable", ({ queue }) => !queue.durable],
  ["queue.goesWithReceiver", ({ queue }) => queue.exclusive || queue.autoDelete],
  ["queue.transient", ({ queue, feeders }) => queue.durable && feeders.some(({ persistent }) => !persistent)],
  ["queue.noConfirms", ({ feeders }) => feeders.some(({ confirms }) => !confirms)],
  ["queue.exchangeNotDurable", ({ amqp, feeders }) => feeders.some(({ targets }) => targets.some(({ exchange }) => amqp.exchanges.get(exchange)?.durable === false))],
  ["queue.expires", ({ queue, feeders, expiredTo }) => expiredTo.length === 0 && (queue.arguments["x-message-ttl"] !== undefined || feeders.some(({ expirationMs }) => expirationMs !== null))],
  ["queue.dropHead", ({ queue, expiredTo }) => expiredTo.length === 0 && isLimited(queue) && overflowOf(queue) === "drop-head"],
  ["queue.rejectPublish", ({ queue, feeders }) => isLimited(queue) && overflowOf(queue) !== "drop-head" && feeders.some(({ confirms }) => !confirms)],
];

const doubles: readonly (readonly [DoubleReason, (way: Way) => boolean])[] = [
  ["queue.unacknowledged", ({ receivers }) => receivers.some(({ noAck, processing }) => !noAck && processing.settle === "after")],
  ["queue.ackEach", ({ receivers }) => receivers.some((receiver) => !receiver.noAck && receiver.processing.settle !== "after" && !acknowledgesBefore(receiver))],
  ["queue.ackLost", ({ receivers }) => receivers.some(acknowledgesBefore)],
  ["queue.brokerKilled", ({ queue, feeders }) => queue.durable && !queue.exclusive && feeders.some(({ persistent }) => persistent)],
  ["queue.confirmsRepeat", ({ feeders }) => feeders.some(({ confirms }) => confirms)],
  ["queue.twoWays", ({ feeders }) => feeders.some(({ targets }) => targets.length > 1)],
];

function acknowledgesBefore({ noAck, processing }: Way["receivers"][number]): boolean {
  return !noAck && processing.settle === "before";
}

function isLimited({ arguments: given }: QueueSpec): boolean {
  return given["x-max-length"] !== undefined || given["x-max-length-bytes"] !== undefined;
}

function overflowOf({ arguments: given }: QueueSpec): string {
  return given["x-overflow"] ?? "drop-head";
}
