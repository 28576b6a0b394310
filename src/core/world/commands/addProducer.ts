import { startProducer } from "../actors/producer";
import { happened, type CommandKind } from "../commandKind";
import type { ProducerSpec } from "../spec";
import { putSpec } from "../topology";
import { configs, newClient, recordSource, topics } from "./rules";

export interface AddProducer {
  readonly type: "addProducer";
  readonly producer: ProducerSpec;
}

export const addProducer: CommandKind<AddProducer> = {
  type: "addProducer",
  validate: (topology, { producer }) =>
    newClient(topology, producer.clientId, topology.producers.size, "maxProducers") ?? topics(producer.topics) ?? recordSource(producer.source) ?? configs("producer", producer.configs),
  fold: ({ producers }, { producer }) => putSpec(producers, producer.clientId, producer),
  perform: (cluster, { producer }) => {
    startProducer(cluster, producer);
    return happened("producer.added", { producer: producer.clientId, topic: producer.topics.join(", ") });
  },
  inverse: ({ producer }) => ({ type: "removeProducer", clientId: producer.clientId }),
};
