import { parkedApis } from "../broker/apis";
import { isBroker, type Broker } from "../broker/broker";
import { replay } from "../broker/group/coordinator";
import { emptyGroupCoordinatorState } from "../broker/group/coordinatorState";
import { durableProjection } from "../broker/group/durableProjection";
import { type PartitionLog, recordsBetween } from "../broker/log/partitionLog";
import { metadataImage, replayMetadata } from "../broker/metadata/metadataImage";
import { decodeMetadataRecord } from "../broker/metadata/metadataLog";
import type { ParkedApi } from "../broker/parkedApi";
import type { Parked } from "../broker/purgatory";
import { decodeCoordinatorRecord } from "../kafka/coordinatorRecords";
import { batchesOf } from "../clients/recordBatches";
import { offsetOf, senderOf } from "../clients/recordTexts";
import type { RecordBatch } from "../kafka/records/recordBatch";
import { decodeRecordBatch } from "../kafka/records/decodeRecordBatch";
import { encodeRecordBatch } from "../kafka/records/encodeRecordBatch";
import { formatTopicPartition, parseTopicPartition } from "../kafka/topicPartition";
import { diffImages } from "../picture/delta";
import type { ClusterDelta, ClusterImage } from "../picture/image";
import { imageDigest } from "../picture/imageDigest";
import { project } from "../picture/project";
import { digest } from "../sim/digest";
import type { ActorId } from "../sim/message";
import { byteAt } from "../sim/pagedList";
import { leaderLog, leaderLogs } from "../watch/actual";
import { ASIDE, BEFORE, LOST, TIMES, type GroupAudit } from "../watch/auditState";
import { auditImages } from "../watch/auditImage";
import { actorsOf, type Cluster } from "../world/cluster";
import { checkColumns } from "./columns";
import { checkActors } from "./invariants";
import { holds } from "./sameBatch";
import type { Witness } from "./witness";
import { CLUSTER_METADATA_TOPIC, CONSUMER_OFFSETS_TOPIC, isInternalTopic } from "../kafka/names";

/** What must hold at any moment, but costs too much to look at after every event: what is counted is there, and what is durable is enough. */
export function checkCheckpoint(witness: Witness, cluster: Cluster): string | null {
  const problem = checkActors(witness, cluster) ?? checkAcknowledged(witness, cluster);
  if (problem !== null) return problem;
  for (const [, broker] of actorsOf(cluster, isBroker)) {
    const wrong = checkParked(broker) ?? checkMetadataFold(broker) ?? checkOffsetsFold(broker) ?? checkActual(cluster, broker);
    if (wrong !== null) return wrong;
  }
  return checkCommitted(cluster) ?? checkAudit(witness, cluster) ?? checkColumns(witness, cluster);
}

/** A picture that was drawn over the one before is the picture that is drawn anew. */
export function checkProjection(cluster: Cluster, image: ClusterImage): string | null {
  return imageDigest(image) === imageDigest(project(cluster, null).image) ? null : "a picture drawn with what was known before is another one than a new one";
}

/** One image and what changed since is the next image. `applyDelta` is the page's. */
export function checkDelta(from: ClusterImage, to: ClusterImage, applyDelta: (image: ClusterImage, delta: ClusterDelta) => ClusterImage): string | null {
  const merged = applyDelta(from, diffImages(from, to));
  if (imageDigest(merged) !== imageDigest(to)) return "an image and its delta do not give the next image";
  return digest(idsOf(merged)) === digest(idsOf(to)) ? null : "an image and its delta do not give the order of the next image";
}

/** The ids of an image's entities, in their order, field by field. */
export function idsOf(image: ClusterImage): readonly (readonly string[])[] {
  return Object.values(image).map((field) => (field instanceof Map ? [...field.keys()] : []));
}

function checkAcknowledged({ acknowledged, deletedTopics }: Witness, { watch: { actual } }: Cluster): string | null {
  for (const { topicId, topic, partition, offset, batch } of acknowledged) {
    if (deletedTopics.has(topic)) continue;
    const log = leaderLog(actual, topic, partition);
    if (log?.topicId !== topicId || !holds(log, offset, batch)) return `${topic}-${partition} has lost what was acknowledged at ${offset}`;
  }
  return null;
}

/** A request waits only while it must, and each partition that it waits for knows. */
function checkParked(broker: Broker): string | null {
  const { parked, byPartition } = broker.purgatory;
  for (const request of parked.values()) {
    const { requestId, api, partitions } = request;
    const unaware = partitions.find((name) => !byPartition.get(name)?.includes(requestId));
    if (unaware !== undefined) return `request ${requestId} waits for ${unaware}, which does not know of it`;
    const { isDone } = parkedApis[api] as ParkedApi<Parked>; // of the very API that it was parked by
    if (isDone(broker, request)) return `request ${requestId} waits, and need not`;
  }
  return null;
}

/** Committed offsets go with their topic, and none comes after it. */
function checkCommitted({ watch: { actual } }: Cluster): string | null {
  for (const [groupId, offsets] of actual.committed) {
    for (const name of offsets.keys()) if (!actual.metadata.topics.has(parseTopicPartition(name).topic)) return `group ${groupId} has a committed offset in ${name}, which is not there`;
  }
  return null;
}

function checkMetadataFold(broker: Broker): string | null {
  const image = metadataImage();
  for (const { columns } of decodedBatches(broker, CLUSTER_METADATA_TOPIC, 0)) {
    for (const value of columns.values) replayMetadata(image, decodeMetadataRecord(value));
  }
  return digest(image) === digest(broker.metadata) ? null : "the fold of __cluster_metadata is not the broker's image";
}

function checkOffsetsFold(broker: Broker): string | null {
  for (const { partition, state } of broker.groupShards.values()) {
    const folded = emptyGroupCoordinatorState();
    for (const { columns } of decodedBatches(broker, CONSUMER_OFFSETS_TOPIC, partition)) {
      columns.keys.forEach((key, index) => replay(folded, decodeCoordinatorRecord(key as Uint8Array, columns.values[index] as Uint8Array | null))); // decoded as bytes
    }
    if (digest(durableProjection(folded)) !== digest(durableProjection(state))) return "the fold of __consumer_offsets is not the coordinator's state";
  }
  return null;
}

/** Whoever hears what the brokers tell knows what they know. */
function checkActual({ watch: { actual } }: Cluster, broker: Broker): string | null {
  if (digest(actual.metadata) !== digest(broker.metadata)) return "the metadata that was told is not the broker's";
  for (const { state } of broker.groupShards.values()) {
    for (const [groupId, group] of state.groups) if (actual.groups.get(groupId) !== group) return `group ${groupId} is another one than was told`;
    for (const [groupId, offsets] of state.offsets) {
      for (const [name, { offset }] of offsets) if (actual.committed.get(groupId)?.get(name) !== offset) return `group ${groupId} has committed ${offset} in ${name}, and nobody was told`;
    }
  }
  return null;
}

/** The batches of a log as they come back from their bytes. */
function* decodedBatches(broker: Broker, topic: string, partition: number): Generator<RecordBatch> {
  const log = broker.logs.get(formatTopicPartition(topic, partition));
  for (const batch of log ? batchesOf(log) : []) yield decodeRecordBatch(encodeRecordBatch(batch));
}

/** The delivery check's running totals are what a look through the logs gives, and always acknowledged + unconfirmed = processed + waiting + lost. */
function checkAudit(witness: Witness, cluster: Cluster): string | null {
  const { actual } = cluster.watch;
  for (const topic of actual.metadata.topics.keys()) {
    if (isInternalTopic(topic) || !cluster.topology.topics.has(topic)) continue;
    for (const log of leaderLogs(actual, topic)) {
      const name = formatTopicPartition(topic, log.partition);
      const { stored = 0, copies = 0 } = cluster.watch.audit.partitions.get(name) ?? {};
      const different = new Set(Array.from(sendsOf(log), ([producer, send]) => `${producer} ${send}`)).size;
      if (different !== stored || log.recordCount !== stored + copies) return `${name} holds ${log.recordCount} records, ${different} of them different, the delivery check counts ${stored} and ${copies} copies`;
    }
  }
  for (const [name, image] of auditImages(cluster)) {
    const { groupId, topic, acknowledged, unconfirmed, processed, setAside, waiting, lost, twice, outOfOrder, beforeStart } = image;
    const all = [acknowledged, unconfirmed, processed, setAside, waiting, lost, twice, outOfOrder, beforeStart];
    if (all.some((count) => count < 0)) return `the delivery check of ${name} has a negative count: ${all.join(" ")}`;
    if (acknowledged + unconfirmed !== processed + setAside + waiting + lost) return `the delivery check of ${name} does not add up: ${all.join(" ")}`;
    const group = cluster.watch.audit.groups.get(groupId);
    if (!group || witness.deletedTopics.has(topic)) continue;
    const seen = recount(cluster, group, topic);
    const counted = [processed, setAside, lost, beforeStart, 0].join(" ");
    if (seen !== counted) return `processed, set aside, lost, before the start, passed over without a word, of ${name}: the delivery check counts ${counted}, the logs have ${seen}`;
  }
  return null;
}

function recount(cluster: Cluster, group: GroupAudit, topic: string): string {
  const counts = { processed: 0, setAside: 0, lost: 0, beforeStart: 0, passedOver: 0 };
  for (const log of leaderLogs(cluster.watch.actual, topic)) {
    const { start, settled } = group.partitions.get(formatTopicPartition(topic, log.partition)) ?? { start: 0, settled: 0 };
    // Of copies the last one counts: a group that begins before that is owed the record.
    const last = new Map(Array.from(sendsOf(log), ([producer, send, offset]) => [`${producer} ${send}`, { producer, send, offset }]));
    for (const { producer, send, offset } of last.values()) {
      const sends = group.sends.get(producer);
      const flags = sends ? byteAt(sends, send) & ~BEFORE : 0;
      if (flags & TIMES) counts.processed++;
      else if (flags & ASIDE) counts.setAside++;
      else if (flags & LOST) counts.lost++;
      else if (offset < start) counts.beforeStart++;
      else if (offset < settled) counts.passedOver++;
    }
  }
  return Object.values(counts).join(" ");
}

/** Who sent the records of a log, by producer and send number, and where each stands. */
function* sendsOf(log: PartitionLog): Generator<readonly [producer: ActorId, send: number, offset: number]> {
  for (const record of recordsBetween(log, 0, log.logEndOffset)) {
    const sender = senderOf(record);
    if (sender) yield [sender.producer, sender.send, offsetOf(record)];
  }
}
