import type { PartitionLog } from "../broker/log/partitionLog";
import { isConsumer } from "../clients/consumer/consumer";
import { formatTopicPartition, type TopicPartitionName } from "../kafka/topicPartition";
import { leaderLogs, partitionCount } from "../watch/actual";
import { groupPlace, type GroupPlace } from "../watch/position";
import { actorsOf, type Cluster } from "../world/cluster";
import type { Scene } from "./entityKind";
import { CONSUMER_OFFSETS_TOPIC, isInternalTopic } from "../kafka/names";

/** Gathers what many images of one moment need. */
export function sceneOf(cluster: Cluster): Scene {
  return { cluster, owners: ownersByGroup(cluster), logs: logsOf(cluster), places: placesByGroup(cluster) };
}

/** The user's topics in order of creation, asked for or made, then the internal ones. */
export function topicNames({ topology, watch: { actual } }: Cluster): string[] {
  return [...topology.topics.keys(), ...[...actual.metadata.topics.keys()].filter(isInternalTopic)];
}

/** Of every partition of the user's topics, and of those of `__consumer_offsets` that hold something. */
function logsOf(cluster: Cluster): Map<TopicPartitionName, PartitionLog> {
  const logs = new Map<TopicPartitionName, PartitionLog>();
  for (const name of topicNames(cluster)) {
    for (const log of leaderLogs(cluster.watch.actual, name)) {
      if (name !== CONSUMER_OFFSETS_TOPIC || log.recordCount > 0) logs.set(formatTopicPartition(name, log.partition), log);
    }
  }
  return logs;
}

/** A member that was put out of its group may still work on records of a partition that another owns by now, and owns it no more. */
function ownersByGroup(cluster: Cluster): Scene["owners"] {
  const owners = new Map<string, Map<TopicPartitionName, string>>();
  for (const [, consumer] of actorsOf(cluster, isConsumer)) {
    if (consumer.member.generationId < 0) continue;
    let owned = owners.get(consumer.groupId);
    if (!owned) owners.set(consumer.groupId, (owned = new Map()));
    for (const name of consumer.partitions.keys()) owned.set(name, consumer.clientId);
  }
  return owners;
}

function placesByGroup(cluster: Cluster): Scene["places"] {
  const { topology, watch } = cluster;
  const places = new Map<string, Map<TopicPartitionName, GroupPlace>>();
  for (const { groupId, topics } of topology.groups.values()) {
    const ofGroup = new Map<TopicPartitionName, GroupPlace>();
    for (const topic of topics) {
      const partitions = partitionCount(watch.actual, topic);
      for (let partition = 0; partition < partitions; partition++) ofGroup.set(formatTopicPartition(topic, partition), groupPlace(cluster, groupId, topic, partition));
    }
    places.set(groupId, ofGroup);
  }
  return places;
}
