import type { ActorId } from "../../sim/message";
import { reset } from "../../sim/network";
import { share } from "../../sim/share";
import type { Cluster } from "../cluster";
import { happen } from "./happen";

/** One side closes a connection: what is under way on it is lost, both ways, and the other side is told. */
export function closeConnection(cluster: Cluster, by: ActorId, other: ActorId, connection: number): void {
  reset(cluster.network, by, other, connection, cluster.nextMessage - 1);
  tell(cluster, other, by, connection);
}

/** A connection breaks: what is under way on it is lost, both ways, and both sides are told. */
export function breakConnection(cluster: Cluster, one: ActorId, other: ActorId, connection: number): void {
  closeConnection(cluster, one, other, connection);
  tell(cluster, one, other, connection);
}

function tell(cluster: Cluster, id: ActorId, other: ActorId, connection: number): void {
  const actor = cluster.actors.get(id);
  if (!actor) return;
  cluster.touched.set(id, cluster.eventCount);
  happen(cluster, id, actor, share({ kind: "disconnect", other, connection }));
}
