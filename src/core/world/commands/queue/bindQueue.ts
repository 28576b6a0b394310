import { CHANNEL } from "../../../queue/clients/session";
import { askAmqp, declareWanted } from "../../actors/queue/declarer";
import { refreshPrograms } from "../../actors/queue/refresh";
import { happened, type CommandKind } from "../../commandKind";
import { changeSpec } from "../../topology";
import { limit, problem } from "../rules";
import { amqpOf, brokerDown, knownExchange, knownQueue } from "./wanted";

export interface BindQueue {
  readonly type: "bindQueue" | "unbindQueue";
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
}

export type Bind = BindQueue & { readonly type: "bindQueue" };
export type Unbind = BindQueue & { readonly type: "unbindQueue" };

export const bindQueue: CommandKind<Bind> = {
  type: "bindQueue",
  validate: (topology, { queue: name, exchange, routingKey }) => {
    const { bindings = [] } = topology.amqp?.queues.get(name) ?? {};
    const isThere = bindings.some((binding) => binding.exchange === exchange && binding.routingKey === routingKey);
    return knownQueue(topology, name) ?? knownExchange(topology, exchange) ?? brokerDown(topology) ?? (isThere ? problem("nameTaken", { name: exchange }) : limit(bindings.length, "maxBindingsPerQueue"));
  },
  fold: (topology, { queue: name, exchange, routingKey }) => {
    const { queues } = amqpOf(topology);
    changeSpec(queues, name, { bindings: [...(queues.get(name)?.bindings ?? []), { exchange, routingKey }] });
  },
  perform: (cluster, { queue, exchange }) => {
    refreshPrograms(cluster);
    declareWanted(cluster, queue);
    return happened("queue.bound", { queue, exchange });
  },
  inverse: (command) => ({ ...command, type: "unbindQueue" }),
};

export const unbindQueue: CommandKind<Unbind> = {
  type: "unbindQueue",
  validate: (topology, { queue: name, exchange, routingKey }) => {
    const isThere = topology.amqp?.queues.get(name)?.bindings.some((binding) => binding.exchange === exchange && binding.routingKey === routingKey);
    return knownQueue(topology, name) ?? brokerDown(topology) ?? (isThere ? null : problem("unknownExchange", { name: exchange }));
  },
  fold: (topology, { queue: name, exchange, routingKey }) => {
    const { queues } = amqpOf(topology);
    changeSpec(queues, name, { bindings: (queues.get(name)?.bindings ?? []).filter((binding) => binding.exchange !== exchange || binding.routingKey !== routingKey) });
  },
  perform: (cluster, { queue, exchange, routingKey }) => {
    refreshPrograms(cluster);
    askAmqp(cluster, [{ method: "queue.unbind", channel: CHANNEL, queue, exchange, routingKey }]);
    return happened("queue.unbound", { queue, exchange });
  },
  inverse: (command) => ({ ...command, type: "bindQueue" }),
};
