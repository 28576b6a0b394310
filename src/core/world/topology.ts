import type { Configs } from "../kafka/configs";
import type { ExchangeSpec, QueueSpec } from "../queue/clients/declarations";
import type { AmqpSpec, ClusterSpec, ConsumerSpec, DeliveryMode, GroupSpec, NetworkSpec, ProducerSpec, ReceiverSpec, TopicSpec } from "./spec";
import { share } from "../sim/share";

/** What people have wired, as it is now: the spec the world began with and every command since, folded. Its entries are frozen. */
export interface Topology {
  readonly seed: number;
  readonly network: NetworkSpec;
  readonly brokerConfigs: Configs;
  /** Node ids of the brokers that there are to be, which clients know from their start. */
  readonly bootstrap: readonly number[];
  topics: Map<string, TopicSpec>;
  producers: Map<string, ProducerSpec>;
  groups: Map<string, GroupSpec>;
  consumers: Map<string, ConsumerSpec>;
  /** Null without a RabbitMQ broker. */
  amqp: AmqpTopology | null;
  /** By delivery mode, how it was arranged when it was left. */
  arrangements: Map<DeliveryMode, Arrangement>;
}

/** What is wanted of the RabbitMQ broker. */
export interface AmqpTopology {
  isUp: boolean;
  exchanges: Map<string, ExchangeSpec>;
  queues: Map<string, QueueSpec>;
  receivers: Map<string, ReceiverSpec>;
}

/** Who reads in which group, as it was when a delivery mode was left: the way back to it. */
export interface Arrangement {
  /** All groups, in their order. */
  readonly groups: ReadonlyMap<string, GroupSpec>;
  /** The group of each consumer. */
  readonly homes: ReadonlyMap<string, string>;
  /** Topics that the change of modes then gave to groups of other topics. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

export function topologyOf(spec: ClusterSpec): Topology {
  return {
    seed: spec.seed,
    network: share({ ...spec.network }),
    brokerConfigs: share({ ...spec.brokerConfigs }),
    bootstrap: share([1]),
    topics: byName(spec.topics, ({ name }) => name),
    producers: byName(spec.producers, ({ clientId }) => clientId),
    groups: byName(spec.groups, ({ groupId }) => groupId),
    consumers: byName(spec.consumers, ({ clientId }) => clientId),
    amqp: spec.amqp ? amqpTopologyOf(spec.amqp) : null,
    arrangements: new Map(),
  };
}

export function amqpTopologyOf({ exchanges, queues, receivers }: AmqpSpec): AmqpTopology {
  return {
    isUp: true,
    exchanges: byName(exchanges, ({ name }) => name),
    queues: byName(queues, ({ name }) => name),
    receivers: byName(receivers, ({ name }) => name),
  };
}

/** What is wanted now, to look at once it has changed. Its entries are frozen, so only the lists are copied. */
export function copyTopology(topology: Topology): Topology {
  const { topics, producers, groups, consumers, amqp, arrangements } = topology;
  const copied = amqp && { ...amqp, exchanges: new Map(amqp.exchanges), queues: new Map(amqp.queues), receivers: new Map(amqp.receivers) };
  return { ...topology, amqp: copied, topics: new Map(topics), producers: new Map(producers), groups: new Map(groups), consumers: new Map(consumers), arrangements: new Map(arrangements) };
}

/** The spec of a world that would begin as this one is wired now. */
export function specOf(topology: Topology): ClusterSpec {
  return {
    seed: topology.seed,
    network: topology.network,
    brokerConfigs: topology.brokerConfigs,
    topics: [...topology.topics.values()],
    producers: [...topology.producers.values()],
    groups: [...topology.groups.values()],
    consumers: [...topology.consumers.values()],
    ...(topology.amqp && { amqp: amqpSpecOf(topology.amqp) }),
  };
}

function amqpSpecOf({ exchanges, queues, receivers }: AmqpTopology): AmqpSpec {
  return { exchanges: [...exchanges.values()], queues: [...queues.values()], receivers: [...receivers.values()] };
}

function byName<Spec extends object>(specs: readonly Spec[], nameOf: (spec: Spec) => string): Map<string, Spec> {
  return new Map(specs.map((spec) => [nameOf(spec), share({ ...spec })]));
}

/** Puts a spec in, or in the place of the one of that name. */
export function putSpec<Spec extends object>(map: Map<string, Spec>, name: string, spec: Spec): void {
  map.set(name, share({ ...spec }));
}

/** Changes some of a spec that is there. */
export function changeSpec<Spec extends object>(map: Map<string, Spec>, name: string, changes: Partial<Spec>): void {
  const spec = map.get(name);
  if (!spec) throw new Error(`${name} is not in the topology`);
  map.set(name, share({ ...spec, ...changes }));
}

/** A spec's configs with some of them changed; null leaves one at its default. */
export function alteredConfigs(spec: { readonly configs: Configs } | undefined, changes: Configs): Configs {
  return Object.fromEntries(Object.entries({ ...spec?.configs, ...changes }).filter(([, value]) => value !== null));
}
