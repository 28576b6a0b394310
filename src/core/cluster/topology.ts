import type { Configs } from "../kafka/configs";
import { clusterLimits } from "../kafka/limits";
import type { Command } from "./command";
import type { ClusterSpec, ConsumerSpec, DeliveryMode, GroupSpec, NetworkSpec, ProducerSpec, TopicSpec } from "./spec";

/** What people have wired, as it is now: the spec the world began with and every command since, folded. Its entries are frozen. */
export interface Topology {
  readonly seed: number;
  readonly network: NetworkSpec;
  readonly brokerConfigs: Configs;
  topics: Map<string, TopicSpec>;
  producers: Map<string, ProducerSpec>;
  groups: Map<string, GroupSpec>;
  consumers: Map<string, ConsumerSpec>;
  /** The group that each consumer had for itself when records were last delivered as pub/sub. */
  ownGroups: Map<string, string>;
}

export function topologyOf(spec: ClusterSpec): Topology {
  return {
    seed: spec.seed,
    network: Object.freeze({ ...spec.network }),
    brokerConfigs: Object.freeze({ ...spec.brokerConfigs }),
    topics: byName(spec.topics, ({ name }) => name),
    producers: byName(spec.producers, ({ clientId }) => clientId),
    groups: byName(spec.groups, ({ groupId }) => groupId),
    consumers: byName(spec.consumers, ({ clientId }) => clientId),
    ownGroups: new Map(),
  };
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
  };
}

/** Queue while all consumers are in one group; pub/sub as soon as several groups read. */
export function deliveryMode(topology: Topology): DeliveryMode {
  return new Set([...topology.consumers.values()].map(({ groupId }) => groupId)).size > 1 ? "pubsub" : "queue";
}

/** A command that is one change; `deliverAs` is several. */
export type SingleCommand = Exclude<Command, { type: "deliverAs" }>;

/** Folds a command that was found to be valid. */
export function applyToTopology(topology: Topology, command: SingleCommand): void {
  const { topics, producers, groups, consumers } = topology;
  switch (command.type) {
    case "createTopic":
      return put(topics, command.topic.name, command.topic);
    case "deleteTopic":
      return deleteTopic(topology, command.topic);
    case "createPartitions":
      return change(topics, command.topic, { partitions: command.count });
    case "alterTopicConfigs":
      return change(topics, command.topic, { configs: alteredConfigs(topics.get(command.topic), command.configs) });
    case "addProducer":
      return put(producers, command.producer.clientId, command.producer);
    case "removeProducer":
      return void producers.delete(command.clientId);
    case "alterProducer": {
      const spec = producers.get(command.clientId);
      if (command.topics) change(producers, command.clientId, { topics: command.topics });
      if (command.source && spec) change(producers, command.clientId, { source: { ...spec.source, ...command.source } });
      if (command.configs) change(producers, command.clientId, { configs: alteredConfigs(spec, command.configs) });
      return;
    }
    case "addGroup":
      return put(groups, command.group.groupId, command.group);
    case "removeGroup":
      return void groups.delete(command.groupId);
    case "alterGroup": {
      if (command.topics) change(groups, command.groupId, { topics: command.topics });
      if (command.configs) change(groups, command.groupId, { configs: alteredConfigs(groups.get(command.groupId), command.configs) });
      return;
    }
    case "addConsumer":
      return put(consumers, command.consumer.clientId, command.consumer);
    case "removeConsumer":
      topology.ownGroups.delete(command.clientId);
      return void consumers.delete(command.clientId);
    case "moveConsumer":
      return change(consumers, command.clientId, { groupId: command.groupId });
    case "alterConsumer":
      return change(consumers, command.clientId, { processing: command.processing });
  }
}

/**
 * What a change of the delivery mode is made of. Pub/sub: the first consumer of each group stays, every other gets the group it had for
 * itself before, or a new one that subscribes to the same. Queue: all move into the first group, and the groups left empty go.
 */
export function deliverAsSteps(topology: Topology, mode: DeliveryMode): SingleCommand[] {
  const steps: SingleCommand[] = [];
  const consumers = [...topology.consumers.values()];
  const first = consumers[0];
  if (!first) return steps;
  if (mode === "queue") {
    for (const { clientId, groupId } of consumers) {
      if (groupId !== first.groupId) steps.push({ type: "moveConsumer", clientId, groupId: first.groupId });
    }
    const left = new Set(consumers.map(({ groupId }) => groupId));
    left.delete(first.groupId);
    for (const groupId of left) steps.push({ type: "removeGroup", groupId });
    return steps;
  }
  const taken = new Set<string>();
  for (const { clientId, groupId } of consumers) {
    const home = topology.groups.get(groupId);
    if (!home || !taken.has(groupId)) {
      taken.add(groupId);
      continue;
    }
    const own = ownGroupId(topology, taken, clientId, groupId);
    taken.add(own);
    if (!topology.groups.has(own)) steps.push({ type: "addGroup", group: { ...home, groupId: own } });
    steps.push({ type: "moveConsumer", clientId, groupId: own });
  }
  return steps;
}

/** Before all consumers move into the first one's group: which group each of the others had. */
export function rememberOwnGroups(topology: Topology): void {
  const [first, ...others] = topology.consumers.values();
  for (const { clientId, groupId } of others) if (groupId !== first?.groupId) topology.ownGroups.set(clientId, groupId);
}

function ownGroupId(topology: Topology, taken: ReadonlySet<string>, clientId: string, groupId: string): string {
  const before = topology.ownGroups.get(clientId);
  if (before !== undefined && before !== groupId && !taken.has(before)) return before;
  return `${groupId}-${clientId}`.slice(-clusterLimits.maxNameLength);
}

function deleteTopic(topology: Topology, name: string): void {
  topology.topics.delete(name);
  const without = (topics: readonly string[]): { topics: readonly string[] } => ({ topics: topics.filter((topic) => topic !== name) });
  for (const { clientId, topics } of topology.producers.values()) if (topics.includes(name)) change(topology.producers, clientId, without(topics));
  for (const { groupId, topics } of topology.groups.values()) if (topics.includes(name)) change(topology.groups, groupId, without(topics));
}

function byName<Spec extends object>(specs: readonly Spec[], nameOf: (spec: Spec) => string): Map<string, Spec> {
  return new Map(specs.map((spec) => [nameOf(spec), Object.freeze({ ...spec })]));
}

function put<Spec extends object>(map: Map<string, Spec>, name: string, spec: Spec): void {
  map.set(name, Object.freeze({ ...spec }));
}

function change<Spec extends object>(map: Map<string, Spec>, name: string, changes: Partial<Spec>): void {
  const spec = map.get(name);
  if (!spec) throw new Error(`${name} is not in the topology`);
  map.set(name, Object.freeze({ ...spec, ...changes }));
}

/** A spec's configs with some of them changed; null leaves one at its default. */
export function alteredConfigs(spec: { readonly configs: Configs } | undefined, changes: Configs): Configs {
  return Object.fromEntries(Object.entries({ ...spec?.configs, ...changes }).filter(([, value]) => value !== null));
}
