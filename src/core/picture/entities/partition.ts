import { recordsBefore, type PartitionLog } from "../../broker/log/partitionLog";
import { offsetOf } from "../../clients/recordTexts";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import type { EntityKind, Scene } from "../entityKind";
import type { PartitionImage, RecordImage, TrackImage } from "../image";
import { recordImage } from "../recordImage";
import { isInternalTopic } from "../../kafka/names";

/** So many of the newest records the page can draw. */
const TAIL_RECORDS = 24;

export const partitionEntity: EntityKind<PartitionImage> = {
  field: "partitions",
  ids: ({ logs }) => [...logs.keys()],
  stamp: (scene, id) => {
    const log = scene.logs.get(id as TopicPartitionName); // of the scene's own names
    const places = log ? readersOf(scene, log).flatMap(({ groupId, place, owner }) => [groupId, place?.nextOffset, place?.committedOffset, place?.waiting, place?.lag, owner]) : [];
    return [log?.topicId, log?.logStartOffset, log?.highWatermark, log?.logEndOffset, ...places];
  },
  project: (scene, id, before) => {
    const log = scene.logs.get(id as TopicPartitionName); // of the scene's own names
    if (!log) return null;
    const { topic, topicId, partition, logStartOffset, highWatermark, logEndOffset, recordCount } = log;
    const leader = scene.cluster.watch.actual.metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1;
    return { topic, topicId, partition, leader, logStartOffset, highWatermark, logEndOffset, recordCount, tail: tailOf(scene, log, before), tracks: tracksOf(scene, log) };
  },
};

/** Of internal topics the page draws no records; who looks into one asks for them. What was drawn before is not read again. */
function tailOf({ cluster }: Scene, log: PartitionLog, before: PartitionImage | null): readonly RecordImage[] {
  if (isInternalTopic(log.topic)) return [];
  const known = before?.topicId === log.topicId ? before.tail : [];
  const lastOffset = known.at(-1)?.offset ?? -1;
  const newer: RecordImage[] = [];
  for (const record of recordsBefore(log, log.logEndOffset)) {
    if (offsetOf(record) <= lastOffset || newer.length === TAIL_RECORDS) break;
    newer.push(recordImage(cluster, log.topic, record));
  }
  return newer.length === 0 ? known : [...known, ...newer.reverse()].slice(-TAIL_RECORDS);
}

function tracksOf(scene: Scene, log: PartitionLog): TrackImage[] {
  return readersOf(scene, log).flatMap(({ groupId, place, owner }) => (place ? [{ groupId, ...place, owner }] : []));
}

function readersOf({ cluster, owners, places }: Scene, { topic, partition }: PartitionLog) {
  const name = formatTopicPartition(topic, partition);
  if (isInternalTopic(topic)) return [];
  return [...cluster.topology.groups.values()].flatMap(({ groupId, topics }) =>
    topics.includes(topic) ? [{ groupId, place: places.get(groupId)?.get(name), owner: owners.get(groupId)?.get(name) ?? null }] : [],
  );
}
