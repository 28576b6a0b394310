import { recordsBefore, type PartitionLog } from "../../broker/log/partitionLog";
import { offsetOf } from "../../clients/recordTexts";
import { isInternalTopic } from "../../kafka/names";
import type { TopicPartitionName } from "../../kafka/topicPartition";
import type { EntityKind, LogScene, Scene } from "../entityKind";
import type { PartitionImage, RecordImage, TrackImage } from "../image";
import { recordImage } from "../recordImage";
import { isLookedAt } from "../scene";

/** So many of the newest records the page can draw. */
const TAIL_RECORDS = 24;

export const partitionEntity: EntityKind<PartitionImage> = {
  field: "partitions",
  ids: ({ logs }) => [...logs.keys()],
  stamp: (scene, id) => {
    const { log, at, readers } = logOf(scene, id);
    const stamp: unknown[] = [isLookedAt(scene, "partitions", id), log.topicId, log.logStartOffset, log.highWatermark, log.logEndOffset];
    for (const { groupId, places } of readers) stamp.push(groupId, places[at]?.nextOffset, places[at]?.committedOffset, ownerOf(scene, groupId, id));
    return stamp;
  },
  project: (scene, id, before) => {
    const found = logOf(scene, id);
    const { topic, topicId, partition, logStartOffset, highWatermark, logEndOffset, recordCount } = found.log;
    const leader = scene.cluster.watch.actual.metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1;
    const tail = isLookedAt(scene, "partitions", id) ? tailOf(scene, found.log, before) : [];
    return { topic, topicId, partition, leader, logStartOffset, highWatermark, logEndOffset, recordCount, tail, tracks: tracksOf(scene, id, found) };
  },
};

function logOf({ logs }: Scene, id: string): LogScene {
  return logs.get(id as TopicPartitionName) as LogScene; // of the scene's own names
}

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

function tracksOf(scene: Scene, id: string, { at, readers }: LogScene): TrackImage[] {
  return readers.flatMap(({ groupId, places }) => {
    const place = places[at];
    return place ? [{ groupId, ...place, owner: ownerOf(scene, groupId, id) }] : [];
  });
}

function ownerOf({ owners }: Scene, groupId: string, id: string): string | null {
  return owners.get(groupId)?.get(id as TopicPartitionName) ?? null; // of the scene's own names
}
