import type { Cluster } from "./cluster";
import type { TopicState } from "./spec";
import { putSpec } from "./topology";
import { isInternalTopic } from "../kafka/names";

/** How what is wanted of a topic stands to what the cluster has told of it. */
export function topicState({ topology, watch: { actual } }: Cluster, name: string): TopicState {
  const wanted = topology.topics.get(name);
  const made = actual.metadata.topics.get(name);
  if (isInternalTopic(name)) return "there";
  if (!wanted) return "going";
  if (!made) return "asked";
  const isSame = made.partitions.length === wanted.partitions && isSameConfigs(made.configs, wanted.configs);
  return isSame ? "there" : "changing";
}

/** The cluster has refused what was asked for of a topic: what it is, if it is there at all, is what is wanted from now on. */
export function wantWhatThereIs(cluster: Cluster, name: string): void {
  const { topology, watch } = cluster;
  const made = watch.actual.metadata.topics.get(name);
  cluster.wiring++;
  if (made) putSpec(topology.topics, name, { name, partitions: made.partitions.length, configs: made.configs });
  else topology.topics.delete(name);
}

function isSameConfigs(one: object, other: object): boolean {
  const [ones, others] = [one, other].map((configs) => new Map(Object.entries(configs).map(([name, value]) => [name, String(value)])));
  return ones?.size === others?.size && [...(ones ?? [])].every(([name, value]) => others?.get(name) === value);
}
