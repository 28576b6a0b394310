import type { MadeRecord } from "../../apps/program";
import type { ClientContext } from "../../clients/client";
import type { ActorId } from "../../sim/message";
import { observeClient } from "../../watch/observeClient";
import { kindOf } from "../actorKind";
import type { Cluster } from "../cluster";
import { closeConnection } from "../kernel/disconnect";
import { cancelTimer, sendMessage, setAlarm, setTimer } from "../kernel/post";

/** The application of a client hands a record to the other client that it has. */
function sendByOthers(cluster: Cluster, id: ActorId, record: MadeRecord): void {
  const actor = cluster.actors.get(id);
  const other = actor && cluster.publishers.get(kindOf(actor).nameOf(actor));
  const client = other === undefined ? undefined : cluster.actors.get(other);
  if (other === undefined || !client) return;
  cluster.touched.set(other, cluster.eventCount);
  kindOf(client).onRecord?.(cluster, other, client, record);
}

/** No actor has this id: what is sent to a node that there is not reaches nobody. */
const NOBODY = 0;

/** The node.id of another actor, for a client that knows brokers by it. */
export function nodeIdOf(cluster: Cluster, actor: ActorId): number {
  for (const [nodeId, id] of cluster.actorsByNodeId) if (id === actor) return nodeId;
  return -1;
}

/** What a client may do, made once for each. `closed` is what becomes of it once it has closed in order, `crashed` once its process has ended. */
export function newClientContext(cluster: Cluster, id: ActorId, closed: (cluster: Cluster, id: ActorId) => void, crashed: (cluster: Cluster, id: ActorId) => void = closed): ClientContext {
  return {
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
    made: (key, value, sendNumber) => sendByOthers(cluster, id, { key, value, sendNumber, sender: id }),
    crashed: () => crashed(cluster, id),
    closed: () => closed(cluster, id),
  };
}
