import { isBroker } from "../broker/broker";
import { clone } from "../sim/clone";
import { eventQueue, type EventQueue } from "../sim/eventQueue";
import type { ActorId, Message } from "../sim/message";
import { network, type Network } from "../sim/network";
import { freezePages } from "../sim/pagedList";
import type { Timer, TimerKey } from "../sim/timer";
import { freezeWatch, newWatch, type Watch } from "../watch/watch";
import type { Body, Happening } from "./kernel/happening";
import type { ClusterSpec } from "./spec";
import { topologyOf, type Topology } from "./topology";

/** Raised whenever the presets store something else, or need other events for it: a run's moments are events, too, under the same engine. */
export const ENGINE_VERSION = 2;

/** A world: its actors, the network between them, what is scheduled, and who watches. Plain data; `clone` copies it. */
export interface Cluster {
  nowUs: number;
  /** Events run so far. */
  eventCount: number;
  nextActor: ActorId;
  nextMessage: number;
  readonly queue: EventQueue<SimulationEvent>;
  readonly network: Network;
  /** By actor and key, the slots that timers have in the queue. */
  readonly timers: Map<ActorId, Map<TimerKey, number>>;
  /** By actor, when it wants to look whether something is overdue, virtual µs; and the first of them. */
  readonly alarms: Map<ActorId, number>;
  nextAlarmUs: number;
  readonly actors: Map<ActorId, Actor>;
  /** Actors that notice nothing at the moment, and what has reached them meanwhile. */
  readonly frozen: Map<ActorId, Happening[]>;
  readonly actorsByClientId: Map<string, ActorId>;
  readonly actorsByNodeId: Map<number, ActorId>;
  /** By the client.id of a producer, the client by which its application publishes, too. */
  readonly publishers: Map<string, ActorId>;
  readonly topology: Topology;
  /** Goes up with all that seldom changes: what is wanted, which actors there are, metadata, groups. */
  wiring: number;
  /** By actor, the count of events when one reached it last. */
  readonly touched: Map<ActorId, number>;
  readonly watch: Watch;
}

/** One of the kinds in `actorKinds.ts`, as plain data. */
export interface Actor {
  readonly kind: string;
}

export type SimulationEvent =
  | { readonly kind: "message"; readonly message: Message<Body> }
  | { readonly kind: "timer"; readonly actor: ActorId; readonly timer: Timer }
  /** An actor has found something overdue. */
  | { readonly kind: "alarm"; readonly actor: ActorId }
  /** The watchers note the lag. */
  | { readonly kind: "sample" };

/** An empty world at time 0, without actors; `bootCluster` fills it. */
export function emptyCluster(spec: ClusterSpec): Cluster {
  return {
    nowUs: 0,
    eventCount: 0,
    nextActor: 1,
    nextMessage: 1,
    queue: eventQueue(),
    network: network(spec.seed, Math.round(spec.network.latencyMs * 1000), Math.round(spec.network.jitterMs * 1000)),
    timers: new Map(),
    alarms: new Map(),
    nextAlarmUs: Infinity,
    actors: new Map(),
    frozen: new Map(),
    actorsByClientId: new Map(),
    actorsByNodeId: new Map(),
    publishers: new Map(),
    topology: topologyOf({ ...spec, topics: [], producers: [], groups: [], consumers: [] }),
    wiring: 0,
    touched: new Map(),
    watch: newWatch(),
  };
}

export function addActor(cluster: Cluster, actor: Actor): ActorId {
  const id = cluster.nextActor++;
  cluster.actors.set(id, actor);
  cluster.wiring++;
  return id;
}

/** Tells whether an actor is of one kind. */
export type IsKind<State extends Actor> = (actor: Actor | undefined) => actor is State;

/** All actors of a kind, with their ids, in the order in which they came. */
export function* actorsOf<State extends Actor>(cluster: Cluster, isKind: IsKind<State>): Generator<readonly [ActorId, State]> {
  for (const [id, actor] of cluster.actors) if (isKind(actor)) yield [id, actor];
}

/** The actor and its id that has a client.id, or null where it is of another kind. */
export function clientOf<State extends Actor>(cluster: Cluster, isKind: IsKind<State>, clientId: string): { id: ActorId; client: State } | null {
  const id = cluster.actorsByClientId.get(clientId);
  const actor = id === undefined ? undefined : cluster.actors.get(id);
  return id !== undefined && isKind(actor) ? { id, client: actor } : null;
}

/** A copy that runs on by itself. Log pages are shared by both, and copied only where one of them writes. */
export function copyCluster(cluster: Cluster): Cluster {
  for (const [, broker] of actorsOf(cluster, isBroker)) for (const log of broker.logs.values()) freezePages(log);
  freezeWatch(cluster.watch);
  return clone(cluster);
}
