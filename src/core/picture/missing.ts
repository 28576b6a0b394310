import { targetsOf } from "../apps/attempt";
import { ErrorCode, errorName } from "../kafka/errors";
import type { Cluster } from "../world/cluster";
import type { Topology } from "../world/topology";
import type { Narration } from "./image";

/** Names that clients send to or subscribe to, or that programs send on to, and that no topic has, in the order of the clients. */
export function missingTopics({ topics, producers, groups, consumers }: Topology): string[] {
  const named = [...producers.values(), ...groups.values()].flatMap((client) => client.topics);
  const sentOnTo = [...consumers.values()].flatMap(({ processing }) => targetsOf(processing));
  return [...new Set([...named, ...sentOnTo])].filter((name) => !topics.has(name));
}

/** The first topic of a client that there is not: all that it gets of it is an error. */
export function missingOf(cluster: Cluster, topics: readonly string[]): Narration | null {
  const topic = topics.find((name) => !cluster.topology.topics.has(name));
  return topic === undefined ? null : { id: "why.missing", params: { topic, error: errorName(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) } };
}
