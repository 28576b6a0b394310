import type { Configs } from "../kafka/configs";
import type { Command } from "./command";
import { type Arrangement, forgetConsumer } from "./deliverAs";
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
  /** By delivery mode, how it was arranged when it was left. */
  arrangements: Map<DeliveryMode, Arrangement>;
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
    arrangements: new Map(),
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

/** A command that is one change; `deliverAs` is several. */
export type SingleCommand = Exclude<Command, { type: "deliverAs" }>;

/** Folds a command that was found to be valid. */
export function applyToTopology(topology: Topology, command: SingleCommand): void {
  const { topics, producers, groups, consumers } = topology;
  switch (command.type) {
    case "createTopic":
      return put(topics, command.topic.name, command.topic);
    case "deleteTopic":
      return void topics.delete(command.topic);
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
      forgetConsumer(topology, command.clientId);
      return void consumers.delete(command.clientId);
    case "moveConsumer":
      return change(consumers, command.clientId, { groupId: command.groupId });
    case "alterConsumer":
      return change(consumers, command.clientId, { processing: command.processing });
  }
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
