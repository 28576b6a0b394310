import { exchangeDeclaration, type ExchangeSpec } from "../../../queue/clients/declarations";
import { exchangeInMotion } from "../../../watch/queue/motionNames";
import { giveIndex } from "../../../watch/watch";
import { askAmqp } from "../../actors/queue/declarer";
import { ensureAmqp } from "../../actors/queue/start";
import { happened, type CommandKind } from "../../commandKind";
import { putSpec } from "../../topology";
import { limit, problem } from "../rules";
import { amqpName, amqpOf, brokerDown } from "./wanted";

export interface DeclareExchange {
  readonly type: "declareExchange";
  readonly exchange: ExchangeSpec;
}

export const declareExchange: CommandKind<DeclareExchange> = {
  type: "declareExchange",
  validate: ({ amqp }, { exchange: { name } }) =>
    amqpName(name) ?? brokerDown({ amqp }) ?? (amqp?.exchanges.has(name) ? problem("nameTaken", { name }) : null) ?? limit(amqp?.exchanges.size ?? 0, "maxExchanges"),
  fold: (topology, { exchange }) => putSpec(amqpOf(topology).exchanges, exchange.name, exchange),
  perform: (cluster, { exchange }) => {
    ensureAmqp(cluster);
    giveIndex(cluster.watch, exchangeInMotion(exchange.name));
    askAmqp(cluster, [exchangeDeclaration(exchange)]);
    return happened("exchange.declared", { exchange: exchange.name, type: exchange.type });
  },
  inverse: ({ exchange }) => ({ type: "deleteExchange", exchange: exchange.name }),
};
