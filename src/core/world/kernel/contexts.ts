import type { ActorId } from "../../sim/message";
import type { Cluster } from "../cluster";

/** Contexts are functions, so they are no part of the cluster: each copy of a world gets its own. */
const contexts = new WeakMap<Cluster, Map<ActorId, unknown>>();

/** What an actor may do; made once for each and kept, because every event asks for it. */
export function contextOf<Context>(cluster: Cluster, id: ActorId, make: () => Context): Context {
  let known = contexts.get(cluster);
  if (!known) contexts.set(cluster, (known = new Map()));
  const context = known.get(id) ?? make();
  known.set(id, context);
  return context as Context; // what an actor's kind made for it
}
