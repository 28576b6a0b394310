import type { ClientMethod } from "../../../queue/amqp/method";
import { isAmqpBroker, newAmqpBroker, type AmqpBroker, type AmqpBrokerContext } from "../../../queue/broker/amqpBroker";
import { handleAmqpDisconnect, handleAmqpTimer, handleMethod } from "../../../queue/broker/handle";
import type { ActorId } from "../../../sim/message";
import { observeQueue } from "../../../watch/queue/observeQueue";
import type { ActorKind } from "../../actorKind";
import { addActor, type Cluster } from "../../cluster";
import { contextOf } from "../../kernel/contexts";
import { closeConnection } from "../../kernel/disconnect";
import { cancelTimer, sendMessage, setTimer } from "../../kernel/post";
import { CONNECTION } from "./program";

export const amqpBrokerKind: ActorKind<AmqpBroker> = {
  kind: "amqpBroker",
  nameOf: ({ name }) => name,
  onMessage: (cluster, id, broker, { from, body }) => handleMethod(broker, amqpBrokerContext(cluster, id), from, body as ClientMethod), // brokers get these only
  onTimer: (cluster, id, broker, timer) => handleAmqpTimer(broker, amqpBrokerContext(cluster, id), timer),
  onDisconnect: (cluster, id, broker, other) => handleAmqpDisconnect(broker, amqpBrokerContext(cluster, id), other),
};

/** A RabbitMQ broker comes up. */
export function startAmqpBroker(cluster: Cluster): void {
  addActor(cluster, newAmqpBroker("rabbitmq"));
}

export function amqpBrokerContext(cluster: Cluster, id: ActorId): AmqpBrokerContext {
  return contextOf(cluster, id, newContext);
}

function newContext(cluster: Cluster, id: ActorId): AmqpBrokerContext {
  if (!isAmqpBroker(cluster.actors.get(id))) throw new Error(`actor ${id} is no RabbitMQ broker`);
  return {
    get nowUs() {
      return cluster.nowUs;
    },
    send: (client, method) => void sendMessage(cluster, id, client, CONNECTION, method, null),
    disconnect: (client) => closeConnection(cluster, id, client, CONNECTION),
    setTimer: (timer, atUs) => setTimer(cluster, id, timer, atUs),
    cancelTimer: (timer) => cancelTimer(cluster, id, timer),
    tell: (fact) => observeQueue(cluster, fact),
  };
}
