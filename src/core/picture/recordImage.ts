import { decodeCoordinatorRecord, printCoordinatorRecord } from "../kafka/coordinatorRecords";
import { recordOffset, recordTimestampMs, type RecordBatch, type RecordBytes } from "../kafka/recordBatch";
import { decodeUtf8 } from "../kafka/utf8";
import type { Cluster } from "../world/cluster";
import type { RecordImage } from "./image";
import { keyColour } from "../watch/keys";
import { CLUSTER_METADATA_TOPIC, CONSUMER_OFFSETS_TOPIC } from "../kafka/names";

/** One record as a person reads it. Coordinator records are printed as Kafka's console formatters print them. */
export function recordImage(cluster: Cluster, topic: string, batch: RecordBatch, index: number): RecordImage {
  const key = batch.columns.keys[index] ?? null;
  const value = batch.columns.values[index] ?? null;
  const place = { offset: recordOffset(batch, index), timestampMs: recordTimestampMs(batch, index), ...sentAs(cluster, batch, index) };
  if (topic === CONSUMER_OFFSETS_TOPIC && key instanceof Uint8Array) {
    const printed = printCoordinatorRecord(decodeCoordinatorRecord(key, value as Uint8Array | null)); // the coordinator writes bytes
    return { ...place, key: printed.key, value: printed.value, colour: -1 };
  }
  return { ...place, key: text(key), value: text(value), colour: topic === CLUSTER_METADATA_TOPIC ? -1 : keyColour(cluster.watch.keys, key) };
}

/** Told only beside a RabbitMQ broker. */
function sentAs({ topology }: Cluster, { columns: { origin } }: RecordBatch, index: number): Pick<RecordImage, "sent"> {
  const number = topology.amqp ? origin?.sendNumbers[index] : undefined;
  return origin && number !== undefined ? { sent: { sender: origin.producerActor, number } } : {};
}

function text(bytes: RecordBytes): string | null {
  if (bytes === null || typeof bytes === "string") return bytes;
  return decodeUtf8(bytes) ?? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
