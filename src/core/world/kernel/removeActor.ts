import type { ActorId } from "../../sim/message";
import { share } from "../../sim/share";
import type { Cluster } from "../cluster";
import { happen } from "./happen";
import type { Happening } from "./happening";
import { dropTimers } from "./post";

/** An actor is gone for good: its connections close, and what is on its way to it reaches nobody. */
export function removeActor(cluster: Cluster, id: ActorId): void {
  cluster.actors.delete(id);
  dropTimers(cluster, id);
  cluster.alarms.delete(id);
  cluster.touched.delete(id);
  cluster.frozen.delete(id);
  cluster.wiring++;
  for (const [clientId, actor] of cluster.actorsByClientId) if (actor === id) cluster.actorsByClientId.delete(clientId);
  const gone: Happening = share({ kind: "disconnect", other: id, connection: null });
  for (const [other, actor] of cluster.actors) happen(cluster, other, actor, gone);
}
