import { isPublisher } from "../../../queue/clients/publisher";
import { CHANNEL } from "../../../queue/clients/session";
import { askAmqp } from "../../actors/queue/declarer";
import { changePublishes } from "../../actors/queue/publisher";
import { refreshPrograms } from "../../actors/queue/refresh";
import { actorsOf, type Cluster } from "../../cluster";
import { happened, type CommandKind } from "../../commandKind";
import type { ProducerSpec } from "../../spec";
import { changeSpec, putSpec } from "../../topology";
import { amqpOf, brokerDown, knownExchange } from "./wanted";

export interface DeleteExchange {
  readonly type: "deleteExchange";
  readonly exchange: string;
}

/** What led to it, and what it led to, goes with it: who would go on publishing to it would only be refused, again and again. */
export const deleteExchange: CommandKind<DeleteExchange> = {
  type: "deleteExchange",
  validate: (topology, { exchange }) => knownExchange(topology, exchange) ?? brokerDown(topology),
  fold: (topology, { exchange: gone }) => {
    for (const { publishes, ...spec } of topology.producers.values()) {
      const targets = publishes?.targets.filter(({ exchange }) => exchange !== gone) ?? [];
      if (publishes && targets.length < publishes.targets.length) putSpec(topology.producers, spec.clientId, targets.length > 0 ? { ...spec, publishes: { ...publishes, targets } } : spec);
    }
    const { exchanges, queues } = amqpOf(topology);
    exchanges.delete(gone);
    for (const { name, bindings } of queues.values()) {
      if (bindings.some(({ exchange }) => exchange === gone)) changeSpec(queues, name, { bindings: bindings.filter(({ exchange }) => exchange !== gone) });
    }
  },
  perform: (cluster, { exchange }) => {
    refreshPrograms(cluster);
    for (const { clientId, publishes } of publishedTo(cluster, exchange)) changePublishes(cluster, clientId, publishes ?? null);
    askAmqp(cluster, [{ method: "exchange.delete", channel: CHANNEL, exchange }]);
    return happened("exchange.deleted", { exchange });
  },
  inverse: () => null,
};

/** Producers whose applications still publish to an exchange, as what is wanted of them is now. */
function publishedTo(cluster: Cluster, exchange: string): readonly ProducerSpec[] {
  const publishers = Array.from(actorsOf(cluster, isPublisher), ([, publisher]) => publisher);
  return publishers.filter(({ targets }) => targets.some((target) => target.exchange === exchange)).flatMap(({ name }) => cluster.topology.producers.get(name) ?? []);
}
