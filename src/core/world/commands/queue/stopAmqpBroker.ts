import { isAmqpBroker } from "../../../queue/broker/amqpBroker";
import { comeUp, goDown } from "../../../queue/broker/restart";
import { amqpBrokerContext } from "../../actors/queue/amqpBroker";
import { actorsOf } from "../../cluster";
import { happened, type CommandKind } from "../../commandKind";
import { problem } from "../rules";
import { amqpOf } from "./wanted";

export interface StopAmqpBroker {
  readonly type: "stopAmqpBroker";
  /** Stopped in order it writes all that is to stay; killed, it has what it had written. */
  readonly how: "stop" | "kill";
}

export interface StartAmqpBroker {
  readonly type: "startAmqpBroker";
}

export const stopAmqpBroker: CommandKind<StopAmqpBroker> = {
  type: "stopAmqpBroker",
  validate: ({ amqp }) => (amqp?.isUp ? null : problem("brokerNotThere", {})),
  fold: (topology) => void (amqpOf(topology).isUp = false),
  perform: (cluster, { how }) => {
    for (const [id, broker] of actorsOf(cluster, isAmqpBroker)) goDown(broker, amqpBrokerContext(cluster, id), how === "stop" ? "stopped" : "killed");
    return happened(how === "stop" ? "amqpBroker.stopped" : "amqpBroker.killed", {}, "bad");
  },
  inverse: () => null,
};

export const startAmqpBroker: CommandKind<StartAmqpBroker> = {
  type: "startAmqpBroker",
  validate: ({ amqp }) => (amqp && !amqp.isUp ? null : problem("brokerNotThere", {})),
  fold: (topology) => void (amqpOf(topology).isUp = true),
  perform: (cluster) => {
    for (const [id, broker] of actorsOf(cluster, isAmqpBroker)) comeUp(broker, amqpBrokerContext(cluster, id));
    return happened("amqpBroker.started", {});
  },
  inverse: () => null,
};
