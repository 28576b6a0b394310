import { CHANNEL } from "../../../queue/clients/session";
import { askAmqp } from "../../actors/queue/declarer";
import { refreshPrograms } from "../../actors/queue/refresh";
import { happened, type CommandKind } from "../../commandKind";
import { changeSpec } from "../../topology";
import { amqpOf, brokerDown, knownExchange } from "./wanted";

export interface DeleteExchange {
  readonly type: "deleteExchange";
  readonly exchange: string;
}

export const deleteExchange: CommandKind<DeleteExchange> = {
  type: "deleteExchange",
  validate: (topology, { exchange }) => knownExchange(topology, exchange) ?? brokerDown(topology),
  fold: (topology, { exchange: gone }) => {
    const { exchanges, queues } = amqpOf(topology);
    exchanges.delete(gone);
    for (const { name, bindings } of queues.values()) {
      if (bindings.some(({ exchange }) => exchange === gone)) changeSpec(queues, name, { bindings: bindings.filter(({ exchange }) => exchange !== gone) });
    }
  },
  perform: (cluster, { exchange }) => {
    refreshPrograms(cluster);
    askAmqp(cluster, [{ method: "exchange.delete", channel: CHANNEL, exchange }]);
    return happened("exchange.deleted", { exchange });
  },
  inverse: () => null,
};
