import type { ActorId } from "../sim/message";
import { kindOf } from "./actorKind";
import type { Cluster } from "./cluster";

/** An actor is gone for good: its connections close, and what is on its way to it reaches nobody. */
export function removeActor(cluster: Cluster, id: ActorId): void {
  cluster.actors.delete(id);
  cluster.timers.delete(id);
  cluster.alarms.delete(id);
  cluster.touched.delete(id);
  cluster.wiring++;
  for (const [clientId, actor] of cluster.actorsByClientId) if (actor === id) cluster.actorsByClientId.delete(clientId);
  for (const [other, actor] of cluster.actors) kindOf(actor).onDisconnect?.(cluster, other, actor, id, null);
}
