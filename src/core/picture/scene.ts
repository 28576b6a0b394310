import { isConsumer } from "../clients/consumer/consumer";
import { CONSUMER_OFFSETS_TOPIC, isInternalTopic } from "../kafka/names";
import { formatTopicPartition, type TopicPartitionName } from "../kafka/topicPartition";
import { leaderLogs } from "../watch/actual";
import { groupPlaces } from "../watch/position";
import { actorsOf, type Cluster } from "../world/cluster";
import type { LogScene, Looks, ReaderScene, Scene, TopicScene } from "./entityKind";

/** Gathers what many images of one moment need. */
export function sceneOf(cluster: Cluster, looks: Looks | null): Scene {
  const readers = readersByTopic(cluster);
  const topics = new Map(topicNames(cluster).map((name) => [name, topicScene(cluster, name, isInternalTopic(name) ? [] : (readers.get(name) ?? []))]));
  return { cluster, ...clientIds(cluster), topics, logs: logScenes(topics), looks };
}

/** The user's topics in order of creation, asked for or made, then the internal ones. */
function topicNames({ topology, watch: { actual } }: Cluster): string[] {
  return [...topology.topics.keys(), ...[...actual.metadata.topics.keys()].filter(isInternalTopic)];
}

function topicScene(cluster: Cluster, name: string, readers: readonly string[]): TopicScene {
  const logs = leaderLogs(cluster.watch.actual, name);
  return { logs, readers: readers.map((groupId) => ({ groupId, places: groupPlaces(cluster, groupId, name, logs) })) };
}

/** Of every partition of the user's topics, and of those of `__consumer_offsets` that hold something. */
function logScenes(topics: Scene["topics"]): Map<TopicPartitionName, LogScene> {
  const scenes = new Map<TopicPartitionName, LogScene>();
  for (const [name, { logs, readers }] of topics) {
    logs.forEach((log, at) => {
      if (name !== CONSUMER_OFFSETS_TOPIC || log.recordCount > 0) scenes.set(formatTopicPartition(name, log.partition), { log, at, readers });
    });
  }
  return scenes;
}

/** Client ids by group: of its members by their ids, and of who owns its partitions. */
function clientIds(cluster: Cluster): Pick<Scene, "members" | "owners"> {
  const members = new Map<string, Map<string, string>>();
  const owners = new Map<string, Map<TopicPartitionName, string>>();
  for (const [, { groupId, clientId, member, partitions }] of actorsOf(cluster, isConsumer)) {
    entryOf(members, groupId).set(member.memberId, clientId);
    // A member that was put out of its group may still work on records of a partition that another owns by now, and owns it no more.
    if (member.generationId >= 0) for (const name of partitions.keys()) entryOf(owners, groupId).set(name, clientId);
  }
  return { members, owners };
}

function readersByTopic({ topology }: Cluster): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const { groupId, topics } of topology.groups.values()) {
    for (const topic of topics) {
      const known = readers.get(topic);
      if (known) known.push(groupId);
      else readers.set(topic, [groupId]);
    }
  }
  return readers;
}

function entryOf<Key>(maps: Map<string, Map<Key, string>>, groupId: string): Map<Key, string> {
  let entry = maps.get(groupId);
  if (!entry) maps.set(groupId, (entry = new Map()));
  return entry;
}

/** Whether its records are drawn. */
export function isLookedAt({ looks }: Scene, field: keyof Looks, id: string): boolean {
  return looks === null || looks[field].has(id);
}

/** Where a group stands in a topic that it reads. */
export function readerOf({ topics }: Scene, groupId: string, topic: string): ReaderScene | undefined {
  return topics.get(topic)?.readers.find((reader) => reader.groupId === groupId);
}
