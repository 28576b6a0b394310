import type { AmqpBroker } from "../../queue/broker/amqpBroker";
import { comeUp } from "../../queue/broker/restart";
import { amqpBrokerContext } from "../../world/actors/queue/amqpBroker";
import type { ActorPart } from "../actorPart";
import { checkPromise, noteExcuses } from "./promise";
import { checkQueue, countQueues } from "./queueInvariants";

export const amqpBrokerPart: ActorPart<AmqpBroker> = {
  check: (witness, cluster, _id, broker) => {
    noteExcuses(witness, cluster, broker);
    if (broker.deadLetters.length > 0) return `${broker.deadLetters.length} dead letters are on no queue`;
    const counts = countQueues(broker);
    for (const queue of broker.queues.values()) {
      const problem = checkQueue(witness, cluster, broker, queue, counts);
      if (problem !== null) return `queue ${queue.name}: ${problem}`;
    }
    return checkPromise(witness, cluster);
  },
  progress: ({ connections }) => [...connections.values()].reduce((sum, { channels }) => [...channels.values()].reduce((tags, { nextDeliveryTag }) => tags + nextDeliveryTag, sum), 0),
  calm: (cluster, id, broker) => {
    if (broker.isUp) return;
    comeUp(broker, amqpBrokerContext(cluster, id));
    if (cluster.topology.amqp) cluster.topology.amqp.isUp = true;
  },
  unfinished: (_cluster, broker) => {
    for (const { name, consumers, ready, unacked } of broker.queues.values()) {
      if (consumers.size > 0 && ready.count + unacked > 0) return `queue ${name} has ${ready.count} messages ready and ${unacked} with ${consumers.size} receivers for ever`;
    }
    return null;
  },
};
