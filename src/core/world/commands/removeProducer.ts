import { endProducer } from "../actors/producer";
import { happened, type CommandKind } from "../commandKind";
import { known } from "./rules";

export interface RemoveProducer {
  readonly type: "removeProducer";
  readonly clientId: string;
}

export const removeProducer: CommandKind<RemoveProducer> = {
  type: "removeProducer",
  validate: ({ producers }, { clientId }) => known(producers, clientId, "unknownProducer"),
  fold: ({ producers }, { clientId }) => void producers.delete(clientId),
  perform: (cluster, { clientId }, before) => {
    endProducer(cluster, clientId);
    const onlyPublished = before.producers.get(clientId)?.topics.length === 0;
    return happened(onlyPublished ? "producer.unpublished" : "producer.removed", { producer: clientId });
  },
  inverse: () => null,
};
