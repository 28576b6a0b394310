import { startNewConsumer } from "../actors/consumer";
import { happened, type CommandKind } from "../commandKind";
import type { ConsumerSpec } from "../spec";
import { putSpec } from "../topology";
import { known, newClient, processing } from "./rules";

export interface AddConsumer {
  readonly type: "addConsumer";
  readonly consumer: ConsumerSpec;
}

export const addConsumer: CommandKind<AddConsumer> = {
  type: "addConsumer",
  validate: (topology, { consumer }) =>
    newClient(topology, consumer.clientId, topology.consumers.size, "maxConsumers") ?? known(topology.groups, consumer.groupId, "unknownGroup") ?? processing(consumer.processing),
  fold: ({ consumers }, { consumer }) => putSpec(consumers, consumer.clientId, consumer),
  perform: (cluster, { consumer }) => {
    const { clientId, groupId } = consumer;
    cluster.watch.causes.set(groupId, { kind: "joined", subject: clientId });
    startNewConsumer(cluster, consumer);
    return happened("member.joined", { consumer: clientId, group: groupId });
  },
  inverse: ({ consumer }) => ({ type: "removeConsumer", clientId: consumer.clientId, how: "close" }),
};
