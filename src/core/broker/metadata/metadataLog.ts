import { makeRecordBatch } from "../../kafka/records/makeRecordBatch";
import { decodeUtf8 } from "../../kafka/utf8";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { RecordBytes } from "../../kafka/records/recordBatch";
import { appendToLog, deleteLog, type Broker, type BrokerContext } from "../broker";
import { partitionLog, type PartitionLog } from "../log/partitionLog";
import { replayMetadata, topicById, type MetadataRecord } from "./metadataImage";
import { CLUSTER_METADATA_TOPIC } from "../../kafka/names";
import { nowMs } from "../../sim/nowMs";

/** What a broker that changes the cluster's metadata needs of the world around it. */
type MetadataContext = Pick<BrokerContext, "nowUs" | "tell">;

/** Appends records to `__cluster_metadata` as one batch, folds them, and makes and drops the partition logs that they ask for. */
export function appendMetadata(broker: Broker, context: MetadataContext, records: readonly MetadataRecord[]): void {
  if (records.length === 0) return;
  const log = broker.logs.get(formatTopicPartition(CLUSTER_METADATA_TOPIC, 0)) as PartitionLog;
  appendToLog(
    broker,
    context,
    log,
    makeRecordBatch({
      keys: records.map(() => null),
      values: records.map((record) => JSON.stringify(record)),
      baseTimestampMs: nowMs(context),
    }),
  );
  for (const record of records) foldMetadata(broker, context, record);
}

/** Folds one record into the broker: its metadata image, and which logs it has. */
function foldMetadata(broker: Broker, context: MetadataContext, record: MetadataRecord): void {
  if (record.type === "RemoveTopicRecord") {
    const { name, partitions } = topicById(broker.metadata, record.topicId);
    partitions.forEach((_, partition) => deleteLog(broker, context, formatTopicPartition(name, partition)));
  }
  replayMetadata(broker.metadata, record);
  context.tell({ type: "metadata", record });
  if (record.type === "PartitionRecord") {
    const { name } = topicById(broker.metadata, record.topicId);
    broker.logs.set(formatTopicPartition(name, record.partitionId), partitionLog(name, record.partitionId, record.topicId));
  }
}

/** The record that a value in `__cluster_metadata` holds. Its form is the JSON that `kafka-dump-log --cluster-metadata-decoder` prints. */
export function decodeMetadataRecord(value: RecordBytes): MetadataRecord {
  const text = typeof value === "string" ? value : value && decodeUtf8(value);
  if (!text) throw new Error("a metadata record has no text");
  return JSON.parse(text) as MetadataRecord;
}
