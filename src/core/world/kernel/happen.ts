import type { ActorId } from "../../sim/message";
import { wasReset } from "../../sim/network";
import { kindOf } from "../actorKind";
import type { Actor, Cluster } from "../cluster";
import type { Happening } from "./happening";

/**
 * Something reaches an actor. One that is frozen (its process is stopped, as by a long garbage collection) notices nothing until it thaws; then
 * all comes at once, in order. Returns whether an alarm found anything, true for all else.
 */
export function happen(cluster: Cluster, id: ActorId, actor: Actor, happening: Happening): boolean {
  const held = cluster.frozen.get(id);
  if (held) {
    held.push(happening);
    return true;
  }
  const kind = kindOf(actor);
  switch (happening.kind) {
    case "message":
      if (!wasReset(cluster.network, happening.message)) kind.onMessage(cluster, id, actor, happening.message);
      return true;
    case "timer":
      kind.onTimer?.(cluster, id, actor, happening.timer);
      return true;
    case "alarm":
      return kind.onAlarm?.(cluster, id, actor) ?? false;
    case "disconnect":
      kind.onDisconnect?.(cluster, id, actor, happening.other, happening.connection);
      return true;
  }
}

/** An actor stops where it is: what reaches it waits. Its connections stay open until the other side gives them up. */
export function freeze(cluster: Cluster, id: ActorId): void {
  if (cluster.actors.has(id) && !cluster.frozen.has(id)) cluster.frozen.set(id, []);
}

/** It goes on, with all that has waited for it. What came on a connection that was closed meanwhile is lost. */
export function thaw(cluster: Cluster, id: ActorId): void {
  const held = cluster.frozen.get(id) ?? [];
  cluster.frozen.delete(id);
  for (const happening of held) {
    const actor = cluster.actors.get(id);
    if (actor) happen(cluster, id, actor, happening);
  }
  if (cluster.actors.has(id)) cluster.touched.set(id, cluster.eventCount);
}
