import { closeProducer } from "../../clients/producer/handle";
import { isProducer } from "../../clients/producer/producer";
import { producerContext } from "../actors/producer";
import { clientOf } from "../cluster";
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
  perform: (cluster, { clientId }) => {
    const found = clientOf(cluster, isProducer, clientId);
    if (found) closeProducer(found.client, producerContext(cluster, found.id));
    return happened("producer.removed", { producer: clientId });
  },
  inverse: () => null,
  random: (_random, { producer }) => ({ type: "removeProducer", clientId: producer }),
};
