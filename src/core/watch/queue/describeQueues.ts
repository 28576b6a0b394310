import type { Narration } from "../../picture/image";
import type { Cluster } from "../../world/cluster";
import type { AmqpTopology } from "../../world/topology";

/** What a scene with queues shows; null where it has none. */
export function describeQueues({ topology }: Cluster): Narration | null {
  const { amqp, topics, producers } = topology;
  if (!amqp || amqp.queues.size === 0) return null;
  if (!amqp.isUp) return { id: "amqpBroker.down", params: {} };
  if (producers.size === 0) return null;
  if (topics.size > 0) {
    return { id: "scene.compared", params: {} };
  }
  return describeFanout(amqp) ?? describeQueue(amqp);
}

function describeFanout({ exchanges, queues }: AmqpTopology): Narration | null {
  for (const exchange of exchanges.keys()) {
    const bound = [...queues.values()].filter(({ bindings }) => bindings.some((binding) => binding.exchange === exchange)).length;
    if (bound > 1) return { id: "scene.fanout", params: { exchange, queues: bound } };
  }
  return null;
}

function describeQueue({ queues, receivers }: AmqpTopology): Narration {
  const [queue = ""] = queues.keys();
  const count = [...receivers.values()].filter((receiver) => receiver.queue === queue).length;
  if (count === 0) return { id: "scene.classic.unread", params: { queue } };
  return count === 1 ? { id: "scene.classic.one", params: { queue } } : { id: "scene.classic", params: { queue, receivers: count } };
}
