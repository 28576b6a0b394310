import { brokerOf, type Cluster } from "../cluster";
import type { Narration } from "../image";

/** How long a sentence about an event stays before the scene itself is described again, in virtual µs. */
const EVENT_SENTENCE_US = 12_000_000;

/** One sentence about what is on the screen now: what just happened, or else what the scene shows. */
export function narrate(cluster: Cluster): Narration {
  const { said } = cluster.watch;
  if (said && cluster.nowUs - said.timeUs < EVENT_SENTENCE_US) return said.narration;
  return describeScene(cluster);
}

function describeScene(cluster: Cluster): Narration {
  const { topology } = cluster;
  const groups = new Set([...topology.consumers.values()].map(({ groupId }) => groupId));
  if (topology.topics.size === 0 || topology.producers.size === 0) return { id: "scene.empty", params: {} };
  if (groups.size === 0) return { id: "scene.noConsumers", params: {} };
  if (groups.size > 1) return { id: "scene.pubsub", params: { groups: groups.size } };
  const group = topology.groups.get([...groups][0] as string);
  const members = topology.consumers.size;
  const partitions = (group?.topics ?? []).reduce((most, topic) => Math.max(most, brokerOf(cluster).metadata.topics.get(topic)?.partitions.length ?? 0), 0);
  if (members === 1) return { id: "scene.queue.single", params: { partitions } };
  if (members === partitions) return { id: "scene.queue.balanced", params: { members, partitions } };
  if (members > partitions) return { id: "scene.queue.idle", params: { idle: members - partitions, partitions } };
  return { id: "scene.queue", params: { members, partitions } };
}
