import { exchangeInMotion } from "../../../watch/queue/motionNames";
import type { ExchangeImage } from "../../amqpImage";
import type { EntityKind } from "../../entityKind";

export const exchangeEntity: EntityKind<ExchangeImage> = {
  field: "exchanges",
  ids: ({ cluster }) => [...(cluster.topology.amqp?.exchanges.keys() ?? [])],
  stamp: ({ cluster }, name) => [cluster.watch.amqp?.exchanges.get(name)?.count],
  project: ({ cluster: { topology, watch } }, name) => {
    const { amqp } = topology;
    const spec = amqp?.exchanges.get(name);
    if (!amqp || !spec) return null;
    const queues = [...amqp.queues.values()].filter(({ bindings }) => bindings.some(({ exchange }) => exchange === name)).map((queue) => queue.name);
    return { spec, index: watch.topicIndexes.get(exchangeInMotion(name)) ?? -1, reached: watch.amqp?.exchanges.get(name)?.count ?? 0, queues };
  },
};
