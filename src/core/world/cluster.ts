import { newBroker, type Broker } from "../broker/broker";
import { appendMetadata } from "../broker/metadata/metadataLog";
import type { Consumer } from "../clients/consumer/consumer";
import type { Producer } from "../clients/producer/producer";
import { BOOTSTRAP_NODE } from "../clients/client";
import type { ApiRequest, ApiResponse } from "../kafka/api";
import { clone } from "../sim/clone";
import { eventQueue, type EventQueue } from "../sim/eventQueue";
import type { ActorId, Message } from "../sim/message";
import { network, type Network } from "../sim/network";
import { freezePages } from "../sim/pagedList";
import type { ClusterSpec } from "./spec";
import { topologyOf, type Topology } from "./topology";
import { newWatch, type Watch } from "../watch/watch";

/** Raised whenever a golden trace changes: the same spec and commands give the same run only under the same engine. */
export const ENGINE_VERSION = 1;

/** A world: its actors, the network between them, what is scheduled, and who watches. Plain data; `clone` copies it. */
export interface Cluster {
  nowUs: number;
  /** Events run so far. */
  eventCount: number;
  nextActor: ActorId;
  nextMessage: number;
  nextTimer: number;
  readonly queue: EventQueue<SimulationEvent>;
  readonly network: Network;
  /** Live timers by actor and name; an event whose number is not here was cancelled. */
  readonly timers: Map<ActorId, Map<string, number>>;
  readonly actors: Map<ActorId, Actor>;
  readonly actorsByClientId: Map<string, ActorId>;
  readonly actorsByNodeId: Map<number, ActorId>;
  readonly topology: Topology;
  readonly watch: Watch;
}

export type Actor = Broker | Producer | Consumer | Admin;

/** The administration client that creates, changes and deletes topics for the person at the screen. */
export interface Admin {
  readonly kind: "admin";
}

export type Body = ApiRequest | ApiResponse;

export type SimulationEvent =
  | { readonly kind: "message"; readonly message: Message<Body> }
  | { readonly kind: "timer"; readonly actor: ActorId; readonly name: string; readonly number: number }
  /** The watchers note the lag. */
  | { readonly kind: "sample" };

/** An empty world with its broker and admin client, at time 0; `bootCluster` wires it. */
export function emptyCluster(spec: ClusterSpec): Cluster {
  const cluster: Cluster = {
    nowUs: 0,
    eventCount: 0,
    nextActor: 1,
    nextMessage: 1,
    nextTimer: 1,
    queue: eventQueue(),
    network: network(spec.seed, spec.network.latencyMs * 1000, spec.network.jitterMs * 1000),
    timers: new Map(),
    actors: new Map(),
    actorsByClientId: new Map(),
    actorsByNodeId: new Map(),
    topology: topologyOf({ ...spec, topics: [], producers: [], groups: [], consumers: [] }),
    watch: newWatch(),
  };
  const broker = newBroker(BOOTSTRAP_NODE, cluster.topology.brokerConfigs, spec.seed);
  cluster.actorsByNodeId.set(broker.nodeId, addActor(cluster, broker));
  appendMetadata(broker, cluster, [{ type: "RegisterBrokerRecord", brokerId: broker.nodeId }]);
  cluster.actorsByClientId.set(ADMIN_CLIENT_ID, addActor(cluster, { kind: "admin" }));
  return cluster;
}

export const ADMIN_CLIENT_ID = "admin";

export function addActor(cluster: Cluster, actor: Actor): ActorId {
  const id = cluster.nextActor++;
  cluster.actors.set(id, actor);
  return id;
}

/** The one broker there is so far. */
export function brokerOf(cluster: Cluster): Broker {
  const actor = cluster.actors.get(cluster.actorsByNodeId.get(BOOTSTRAP_NODE) as ActorId);
  if (actor?.kind !== "broker") throw new Error("the cluster has no broker");
  return actor;
}

/** The client's actor and its id, or null. */
export function clientOf<Kind extends "producer" | "consumer">(cluster: Cluster, kind: Kind, clientId: string): { id: ActorId; client: Extract<Actor, { kind: Kind }> } | null {
  const id = cluster.actorsByClientId.get(clientId);
  const actor = id === undefined ? undefined : cluster.actors.get(id);
  if (id === undefined || actor?.kind !== kind) return null;
  return { id, client: actor as Extract<Actor, { kind: Kind }> }; // its kind was just compared
}

/** A copy that runs on by itself. Log pages are shared by both, and copied only where one of them writes. */
export function copyCluster(cluster: Cluster): Cluster {
  for (const actor of cluster.actors.values()) if (actor.kind === "broker") for (const log of actor.logs.values()) freezePages(log.batches);
  for (const sends of cluster.watch.audit.sends.values()) freezePages(sends);
  for (const group of cluster.watch.audit.groups.values()) for (const sends of group.sends.values()) freezePages(sends);
  return clone(cluster);
}
