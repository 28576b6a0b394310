import type { Narration } from "../../picture/image";
import type { Cluster } from "../../world/cluster";
import type { AmqpTopology } from "../../world/topology";
import { describeFates } from "./describeFates";

/** What a scene with queues shows; null where it has none. */
export function describeQueues(cluster: Cluster): Narration | null {
  const { amqp, topics, producers } = cluster.topology;
  if (!amqp || amqp.queues.size === 0) return describeFates(cluster);
  if (!amqp.isUp) return { id: "amqpBroker.down", params: {} };
  if (producers.size === 0) return null;
  return describeFates(cluster) ?? (topics.size > 0 ? { id: "scene.compared", params: {} } : (describeFanout(amqp) ?? describeQueue(cluster, amqp)));
}

/** So many wait in a queue that it is said. */
const MANY = 10;

function describeFanout({ exchanges, queues }: AmqpTopology): Narration | null {
  for (const exchange of exchanges.keys()) {
    const bound = [...queues.values()].filter(({ bindings }) => bindings.some((binding) => binding.exchange === exchange)).length;
    if (bound > 1) return { id: "scene.fanout", params: { exchange, queues: bound } };
  }
  return null;
}

function describeQueue({ watch }: Cluster, { queues, receivers }: AmqpTopology): Narration {
  const [queue = ""] = queues.keys();
  const count = [...receivers.values()].filter((receiver) => receiver.queue === queue).length;
  if (count === 0) return { id: "scene.classic.unread", params: { queue } };
  const ready = watch.amqp?.actual.get(queue)?.ready.count ?? 0;
  if (ready >= MANY) return { id: "scene.classic.behind", params: { queue, count: ready } };
  return count === 1 ? { id: "scene.classic.one", params: { queue } } : { id: "scene.classic", params: { queue, receivers: count } };
}
