import type { ActorId } from "../../sim/message";
import type { Cluster } from "../cluster";

/** Contexts are functions, so they are no part of the cluster: each copy of a world gets its own. */
const contexts = new WeakMap<Cluster, Map<ActorId, unknown>>();

/** What an actor may do; made once for each and kept, because every event asks for it. */
export function contextOf<Context>(cluster: Cluster, id: ActorId, make: (cluster: Cluster, id: ActorId) => Context): Context {
  if (cluster !== lastCluster) {
    lastCluster = cluster;
    lastContexts = contexts.get(cluster) ?? new Map<ActorId, unknown>();
    contexts.set(cluster, lastContexts);
  }
  const known = lastContexts.get(id);
  if (known !== undefined) return known as Context; // what an actor's kind made for it
  const context = make(cluster, id);
  lastContexts.set(id, context);
  return context;
}

/** One world runs at a time, mostly. */
let lastCluster: Cluster | null = null;
let lastContexts = new Map<ActorId, unknown>();
