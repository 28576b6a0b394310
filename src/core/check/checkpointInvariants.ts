import { CLUSTER_METADATA_TOPIC, CONSUMER_OFFSETS_TOPIC, type Broker } from "../broker/broker";
import { replay } from "../broker/group/coordinator";
import { emptyGroupCoordinatorState } from "../broker/group/coordinatorState";
import { durableProjection } from "../broker/group/durableProjection";
import type { PartitionLog } from "../broker/log/partitionLog";
import { readableBytes } from "../broker/log/read";
import { isInternalTopic } from "../broker/metadata/createTopic";
import { metadataImage, replayMetadata } from "../broker/metadata/metadataImage";
import { decodeMetadataRecord } from "../broker/metadata/metadataLog";
import { decodeCoordinatorRecord } from "../kafka/coordinatorRecords";
import { recordOffset, type RecordBatch } from "../kafka/recordBatch";
import { decodeRecordBatch, encodeRecordBatch } from "../kafka/recordBatchCodec";
import { formatTopicPartition, parseTopicPartition } from "../kafka/topicPartition";
import { digest } from "../sim/digest";
import { byteAt, itemAt } from "../sim/pagedList";
import { brokerOf, type Cluster } from "../world/cluster";
import { diffImages } from "../picture/delta";
import type { ClusterDelta, ClusterImage } from "../picture/image";
import { imageDigest } from "../picture/imageDigest";
import { checkActors, holds, type Witness } from "./invariants";
import { LOST, type GroupAudit } from "../watch/audit";
import { auditImages } from "../watch/auditImage";

/** What must hold at any moment, but costs too much to look at after every event: what is counted is there, and what is durable is enough. */
export function checkCheckpoint(witness: Witness, cluster: Cluster): string | null {
  const broker = brokerOf(cluster);
  return (
    checkActors(witness, cluster) ??
    checkAcknowledged(witness, cluster) ??
    checkParked(broker) ??
    checkCommitted(broker) ??
    checkMetadataFold(broker) ??
    checkOffsetsFold(broker) ??
    checkAudit(witness, cluster)
  );
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

function checkAcknowledged({ acknowledged, deletedTopics }: Witness, cluster: Cluster): string | null {
  const { logs } = brokerOf(cluster);
  for (const { log, offset, batch } of acknowledged) {
    const name = formatTopicPartition(log.topic, log.partition);
    if (deletedTopics.has(log.topic)) continue;
    if (logs.get(name) !== log || !holds(log, offset, batch)) return `${name} has lost what was acknowledged at ${offset}`;
  }
  return null;
}

/** A fetch waits only while there is too little for it, and each partition that it waits for knows. */
function checkParked(broker: Broker): string | null {
  for (const { requestId, request } of broker.parkedFetches.values()) {
    let bytes = 0;
    for (const { topic, partitions } of request.topics) {
      for (const { partition, fetchOffset, partitionMaxBytes } of partitions) {
        const name = formatTopicPartition(topic, partition);
        if (!broker.fetchesByPartition.get(name)?.has(requestId)) return `fetch ${requestId} waits for ${name}, which does not know of it`;
        const log = broker.logs.get(name);
        if (!log) return `fetch ${requestId} waits for ${name}, which is not there`;
        bytes += Math.min(partitionMaxBytes, readableBytes(log, fetchOffset, request.minBytes));
      }
    }
    if (bytes >= request.minBytes) return `fetch ${requestId} waits for ${request.minBytes} bytes, and ${bytes} are there`;
  }
  return null;
}

/** Committed offsets go with their topic, and none comes after it. */
function checkCommitted({ coordinator, metadata }: Broker): string | null {
  for (const [groupId, offsets] of coordinator.offsets) {
    for (const name of offsets.keys()) if (!metadata.topics.has(parseTopicPartition(name).topic)) return `group ${groupId} has a committed offset in ${name}, which is not there`;
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
  const state = emptyGroupCoordinatorState();
  const partitions = broker.metadata.topics.get(CONSUMER_OFFSETS_TOPIC)?.partitions.length ?? 0;
  for (let partition = 0; partition < partitions; partition++) {
    for (const { columns } of decodedBatches(broker, CONSUMER_OFFSETS_TOPIC, partition)) {
      columns.keys.forEach((key, index) => replay(state, decodeCoordinatorRecord(key as Uint8Array, columns.values[index] as Uint8Array | null))); // decoded as bytes
    }
  }
  const isSame = digest(durableProjection(state)) === digest(durableProjection(broker.coordinator));
  return isSame ? null : "the fold of __consumer_offsets is not the coordinator's state";
}

/** The batches of a log as they come back from their bytes. */
function* decodedBatches(broker: Broker, topic: string, partition: number): Generator<RecordBatch> {
  const log = broker.logs.get(formatTopicPartition(topic, partition));
  for (const batch of log ? batchesOf(log) : []) yield decodeRecordBatch(encodeRecordBatch(batch));
}

function* batchesOf({ batches }: PartitionLog): Generator<RecordBatch> {
  for (let at = 0; at < batches.length; at++) yield itemAt(batches, at);
}

/** The delivery check's running totals are what a look through the logs gives, and always acknowledged + unconfirmed = processed + waiting + lost. */
function checkAudit(witness: Witness, cluster: Cluster): string | null {
  for (const topic of brokerOf(cluster).metadata.topics.keys()) {
    if (isInternalTopic(topic) || !cluster.topology.topics.has(topic)) continue;
    for (const { partition, recordCount } of logsOf(cluster, topic)) {
      const name = formatTopicPartition(topic, partition);
      const counted = cluster.watch.audit.partitions.get(name)?.stored ?? 0;
      if (recordCount !== counted) return `${name} holds ${recordCount} records, the delivery check counts ${counted}`;
    }
  }
  for (const [name, image] of auditImages(cluster)) {
    const { groupId, topic, acknowledged, unconfirmed, processed, waiting, lost, twice, outOfOrder, beforeStart } = image;
    const all = [acknowledged, unconfirmed, processed, waiting, lost, twice, outOfOrder, beforeStart];
    if (all.some((count) => count < 0)) return `the delivery check of ${name} has a negative count: ${all.join(" ")}`;
    if (acknowledged + unconfirmed !== processed + waiting + lost) return `the delivery check of ${name} does not add up: ${all.join(" ")}`;
    const group = cluster.watch.audit.groups.get(groupId);
    if (!group || witness.deletedTopics.has(topic)) continue;
    const seen = recount(cluster, group, topic);
    const counted = [processed, lost, beforeStart].join(" ");
    if (seen !== counted) return `processed, lost, before the start of ${name}: the delivery check counts ${counted}, the logs have ${seen}`;
  }
  return null;
}

function recount(cluster: Cluster, group: GroupAudit, topic: string): string {
  const counts = { processed: 0, lost: 0, beforeStart: 0 };
  for (const log of logsOf(cluster, topic)) {
    const start = group.partitions.get(formatTopicPartition(topic, log.partition))?.start ?? 0;
    for (const batch of batchesOf(log)) {
      const { origin } = batch.columns;
      origin?.sendNumbers.forEach((send, index) => {
        const sends = group.sends.get(origin.producerActor);
        const flags = sends ? byteAt(sends, send) : 0;
        if (recordOffset(batch, index) < start) counts.beforeStart++;
        else if (flags === LOST) counts.lost++;
        else if (flags > 0) counts.processed++;
      });
    }
  }
  return Object.values(counts).join(" ");
}

function logsOf(cluster: Cluster, topic: string): PartitionLog[] {
  return [...brokerOf(cluster).logs.values()].filter((log) => log.topic === topic);
}
