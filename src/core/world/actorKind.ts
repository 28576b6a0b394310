import type { ActorId, Message } from "../sim/message";
import type { Timer } from "../sim/timer";
import type { MadeRecord } from "../apps/program";
import type { Actor, Cluster } from "./cluster";
import type { Body } from "./kernel/happening";

/** What the kernel must know of a kind of actor. */
export interface ActorKind<State extends Actor = Actor> {
  readonly kind: State["kind"];
  /** What people call it. */
  nameOf(actor: State): string;
  /** A message has reached it. */
  onMessage(cluster: Cluster, id: ActorId, actor: State, message: Message<Body>): void;
  onTimer?(cluster: Cluster, id: ActorId, actor: State, timer: Timer): void;
  /** Whether anything is overdue at a virtual time in µs; and what is to be done then. It wanted to look: only if anything is, it is an event. */
  isOverdue?(actor: State, atUs: number): boolean;
  onAlarm?(cluster: Cluster, id: ActorId, actor: State): boolean;
  /** A connection to another actor was closed; null says that all were, for the other one is gone for good. */
  onDisconnect?(cluster: Cluster, id: ActorId, actor: State, other: ActorId, connection: number | null): void;
  /** Does what it has done by itself before this moment, which needs no events, and of which nothing came yet. */
  catchUp?(cluster: Cluster, id: ActorId, actor: State): void;
  /** The program that it is a client of has made a record, which it sends, too. */
  onRecord?(cluster: Cluster, id: ActorId, actor: State, record: MadeRecord): void;
}

/** The table by which the kernel dispatches. It is filled while modules load, and belongs to no world. */
const kinds = new Map<string, ActorKind>();

/** Adds a kind; a chunk that is loaded later adds its own then. */
export function addActorKind<State extends Actor>(kind: ActorKind<State>): void {
  kinds.set(kind.kind, kind as unknown as ActorKind); // only ever called with actors of this kind
}

/** The entry of an actor's kind. */
export function kindOf({ kind }: Actor): ActorKind {
  const entry = kinds.get(kind);
  if (!entry) throw new Error(`there is no kind of actor called ${kind}`);
  return entry;
}
