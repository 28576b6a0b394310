import type { ExchangeImage } from "../../amqpImage";
import type { EntityKind } from "../../entityKind";

export const exchangeEntity: EntityKind<ExchangeImage> = {
  field: "exchanges",
  ids: ({ cluster }) => [...(cluster.topology.amqp?.exchanges.keys() ?? [])],
  stamp: ({ cluster }, name) => [cluster.watch.amqp?.exchanges.get(name)?.count],
  project: ({ cluster }, name) => {
    const { amqp } = cluster.topology;
    const spec = amqp?.exchanges.get(name);
    if (!amqp || !spec) return null;
    const queues = [...amqp.queues.values()].filter(({ bindings }) => bindings.some(({ exchange }) => exchange === name)).map((queue) => queue.name);
    return { spec, reached: cluster.watch.amqp?.exchanges.get(name)?.count ?? 0, queues };
  },
};
