import { isBroker, newBroker, type Broker, type BrokerContext } from "../../broker/broker";
import { handleBrokerTimer, handleDisconnect, handleRequest, startUp } from "../../broker/handleRequest";
import type { ApiRequest } from "../../kafka/api/api";
import type { ActorId, Message } from "../../sim/message";
import { observeBroker } from "../../watch/observeBroker";
import type { ActorKind } from "../actorKind";
import { addActor, type Cluster } from "../cluster";
import { contextOf } from "../kernel/contexts";
import { cancelTimer, sendMessage, setTimer } from "../kernel/post";

export const brokerKind: ActorKind<Broker> = {
  kind: "broker",
  nameOf: ({ nodeId }) => `broker-${nodeId}`,
  onMessage: (cluster, id, broker, message) => handleRequest(broker, brokerContext(cluster, id), message as Message<ApiRequest>), // brokers get requests only
  onTimer: (cluster, id, broker, timer) => handleBrokerTimer(broker, brokerContext(cluster, id), timer),
  onDisconnect: (cluster, id, broker, other, connection) => handleDisconnect(broker, brokerContext(cluster, id), other, connection),
};

/** A broker comes up, and registers. */
export function startBroker(cluster: Cluster, nodeId: number): void {
  const { brokerConfigs, seed } = cluster.topology;
  const broker = newBroker(nodeId, brokerConfigs, seed);
  const id = addActor(cluster, broker);
  cluster.actorsByNodeId.set(nodeId, id);
  startUp(broker, brokerContext(cluster, id));
}

function brokerContext(cluster: Cluster, id: ActorId): BrokerContext {
  return contextOf(cluster, id, newContext);
}

function newContext(cluster: Cluster, id: ActorId): BrokerContext {
  const broker = cluster.actors.get(id);
  if (!isBroker(broker)) throw new Error(`actor ${id} is no broker`);
  const { nodeId } = broker;
  return {
    get nowUs() {
      return cluster.nowUs;
    },
    respond: (to, response) => {
      const request = broker.requests.get(to);
      if (!request) return;
      broker.requests.delete(to);
      sendMessage(cluster, id, request.from, request.connection, response, to);
    },
    setTimer: (timer, atUs) => setTimer(cluster, id, timer, atUs),
    cancelTimer: (timer) => cancelTimer(cluster, id, timer),
    tell: (fact) => observeBroker(cluster, nodeId, fact),
  };
}
