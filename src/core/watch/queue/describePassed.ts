import { isConsumer } from "../../clients/consumer/consumer";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { Narration } from "../../picture/image";
import { actorsOf, type Cluster } from "../../world/cluster";
import { partitionCount } from "../actual";
import { groupPlace } from "../position";

/**
 * A group has committed further than it has worked, and who was to do the rest is gone: those records wait for nobody, for whoever takes over
 * begins behind them. Null where there is none.
 */
export function describePassed(cluster: Cluster): Narration | null {
  const owned = new Set(Array.from(actorsOf(cluster, isConsumer), ([, { groupId, partitions }]) => [...partitions.keys()].map((name) => `${groupId} ${name}`)).flat());
  for (const { groupId, topics } of cluster.topology.groups.values()) {
    for (const topic of topics) {
      for (let partition = 0; partition < partitionCount(cluster.watch.actual, topic); partition++) {
        const { nextOffset, committedOffset } = groupPlace(cluster, groupId, topic, partition);
        if (nextOffset >= 0 && committedOffset > nextOffset && !owned.has(`${groupId} ${formatTopicPartition(topic, partition)}`)) return { id: "scene.passed", params: { group: groupId, partition } };
      }
    }
  }
  return null;
}
