import type { ActorId } from "../sim/message";
import type { Actor, Cluster } from "../world/cluster";
import type { Tracer } from "./traceLines";
import type { Witness } from "./witness";

/** What the checks and traces know of a kind of actor: the part of its entry that is loaded with them, and never with the page. */
export interface ActorPart<State extends Actor = Actor> {
  /** What is wrong with it after an event that may have changed it, as a sentence, or null. */
  check?(witness: Witness, cluster: Cluster, id: ActorId, actor: State): string | null;
  /** How many records it has done with, so that it can be seen to get on. */
  progress?(actor: State): number;
  /** Brings it to peace: it makes nothing new, takes no time, and runs. */
  calm?(cluster: Cluster, id: ActorId, actor: State): void;
  /** What it still has to do though the world is at peace, as a sentence, or null. */
  unfinished?(cluster: Cluster, actor: State): string | null;
  /** Lines for what is new about it. */
  trace?(tracer: Tracer, cluster: Cluster, id: ActorId, actor: State): string[];
}

const parts = new Map<string, ActorPart>();

export function addActorPart<State extends Actor>(kind: State["kind"], part: ActorPart<State>): void {
  parts.set(kind, part as unknown as ActorPart); // only ever called with actors of this kind
}

/** The part of an actor's kind; an empty one where the kind has none. */
export function partOf({ kind }: Actor): ActorPart {
  return parts.get(kind) ?? {};
}
