import type { ClientContext } from "../../clients/client";
import type { ActorId } from "../../sim/message";
import { observeClient } from "../../watch/observeClient";
import type { Cluster } from "../cluster";
import { contextOf } from "../contexts";
import { cancelTimer, sendMessage, setTimer } from "../post";

/** What a client may do. `closed` is what becomes of it once it has closed in order. */
export function clientContext(cluster: Cluster, id: ActorId, closed: (cluster: Cluster, id: ActorId) => void): ClientContext {
  return contextOf(cluster, id, (): ClientContext => ({
    get nowUs() {
      return cluster.nowUs;
    },
    actor: id,
    send: (nodeId, connection, request) => sendMessage(cluster, id, cluster.actorsByNodeId.get(nodeId) as ActorId, connection, request, null),
    setTimer: (timer, atUs) => setTimer(cluster, id, timer, atUs),
    cancelTimer: (timer) => cancelTimer(cluster, id, timer),
    tell: (fact) => observeClient(cluster, id, fact),
    closed: () => closed(cluster, id),
  }));
}
