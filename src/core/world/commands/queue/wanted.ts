import { clusterLimits } from "../../../kafka/limits";
import { isLegibleName } from "../../../kafka/names";
import type { QueueSpec } from "../../../queue/clients/declarations";
import { argumentsProblem } from "../../../queue/amqp/arguments";
import type { CommandProblem } from "../../commandKind";
import { amqpTopologyOf, type AmqpTopology, type Topology } from "../../topology";
import { limit, problem, range } from "../rules";

/** What is wanted of the RabbitMQ broker. The first who wants anything of it wants the broker, too. */
export function amqpOf(topology: Topology): AmqpTopology {
  return (topology.amqp ??= amqpTopologyOf({ exchanges: [], queues: [], receivers: [] }));
}

/** A name for an exchange or a queue; those that begin with `amq.` are the broker's own. */
export function amqpName(name: string): CommandProblem | null {
  const isFine = isLegibleName(name) && name.length <= clusterLimits.maxNameLength && !name.startsWith("amq.");
  return isFine ? null : problem("nameInvalid", { name });
}

/** A broker that is down does nothing that anybody asks of it. */
export function brokerDown({ amqp }: Pick<Topology, "amqp">): CommandProblem | null {
  return amqp && !amqp.isUp ? problem("amqpBrokerDown", {}) : null;
}

export function knownQueue({ amqp }: Topology, name: string): CommandProblem | null {
  return amqp?.queues.has(name) ? null : problem("unknownQueue", { name });
}

export function knownExchange({ amqp }: Topology, name: string): CommandProblem | null {
  return amqp?.exchanges.has(name) ? null : problem("unknownExchange", { name });
}

export function knownReceiver({ amqp }: Topology, name: string): CommandProblem | null {
  return amqp?.receivers.has(name) ? null : problem("unknownReceiver", { name });
}

/** Whether a queue can be declared so. What leads to it may come later. */
export function queueProblem({ name, arguments: given, bindings }: QueueSpec): CommandProblem | null {
  const wrong = argumentsProblem(name, { ...given });
  const priority = range("x-max-priority", given["x-max-priority"] ?? 0, 0, clusterLimits.maxQueuePriority);
  return amqpName(name) ?? priority ?? (wrong === null ? limit(bindings.length - 1, "maxBindingsPerQueue") : problem("argumentsInvalid", { queue: name, text: wrong }));
}

export function receiverProblem(prefetchCount: number, priority: number): CommandProblem | null {
  return range("prefetchCount", prefetchCount, 0, 65_535, Number.isInteger(prefetchCount)) ?? range("priority", priority, -1000, 1000, Number.isInteger(priority));
}
