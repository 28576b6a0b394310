import type { ClientContext } from "../../clients/client";
import type { ActorId } from "../../sim/message";
import { observeClient } from "../../watch/observeClient";
import type { Cluster } from "../cluster";
import { contextOf } from "../contexts";
import { closeConnection } from "../disconnect";
import { cancelTimer, sendMessage, setAlarm, setTimer } from "../post";

/** No actor has this id: what is sent to a node that there is not reaches nobody. */
const NOBODY = 0;

/** The node.id of another actor, for a client that knows brokers by it. */
export function nodeIdOf(cluster: Cluster, actor: ActorId): number {
  for (const [nodeId, id] of cluster.actorsByNodeId) if (id === actor) return nodeId;
  return -1;
}

/** What a client may do. `closed` is what becomes of it once it has closed in order. */
export function clientContext(cluster: Cluster, id: ActorId, closed: (cluster: Cluster, id: ActorId) => void): ClientContext {
  return contextOf(cluster, id, (): ClientContext => ({
    get nowUs() {
      return cluster.nowUs;
    },
    actor: id,
    send: (nodeId, connection, request) => sendMessage(cluster, id, cluster.actorsByNodeId.get(nodeId) ?? NOBODY, connection, request, null),
    disconnect: (nodeId, connection) => closeConnection(cluster, id, cluster.actorsByNodeId.get(nodeId) ?? NOBODY, connection),
    setTimer: (timer, atUs) => setTimer(cluster, id, timer, atUs),
    cancelTimer: (timer) => cancelTimer(cluster, id, timer),
    setAlarm: (atUs) => setAlarm(cluster, id, atUs),
    tell: (fact) => observeClient(cluster, id, fact),
    closed: () => closed(cluster, id),
  }));
}
