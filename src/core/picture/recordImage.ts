import { decodeCoordinatorRecord, printCoordinatorRecord } from "../kafka/coordinatorRecords";
import { keyOf, offsetOf, senderOf, timestampOf, valueOf } from "../clients/recordTexts";
import type { StoredRecord } from "../kafka/records/batchPage";
import type { RecordBytes } from "../kafka/records/recordBatch";
import { decodeUtf8 } from "../kafka/utf8";
import type { Cluster } from "../world/cluster";
import type { RecordImage } from "./image";
import { keyColour } from "../watch/keys";
import { CLUSTER_METADATA_TOPIC, CONSUMER_OFFSETS_TOPIC } from "../kafka/names";

/** One record as a person reads it. Coordinator records are printed as Kafka's console formatters print them. */
export function recordImage(cluster: Cluster, topic: string, record: StoredRecord): RecordImage {
  const key = keyOf(record);
  const value = valueOf(record);
  const place = { offset: offsetOf(record), timestampMs: timestampOf(record), ...sentAs(cluster, record) };
  if (topic === CONSUMER_OFFSETS_TOPIC && key instanceof Uint8Array) {
    const printed = printCoordinatorRecord(decodeCoordinatorRecord(key, value as Uint8Array | null)); // the coordinator writes bytes
    return { ...place, key: printed.key, value: printed.value, colour: -1 };
  }
  return { ...place, key: text(key), value: text(value), colour: topic === CLUSTER_METADATA_TOPIC ? -1 : keyColour(cluster.watch.keys, key) };
}

/** Told only beside a RabbitMQ broker. */
function sentAs({ topology }: Cluster, record: StoredRecord): Pick<RecordImage, "sent"> {
  const sender = topology.amqp ? senderOf(record) : null;
  return sender ? { sent: { sender: sender.producer, number: sender.send } } : {};
}

function text(bytes: RecordBytes): string | null {
  if (bytes === null || typeof bytes === "string") return bytes;
  return decodeUtf8(bytes) ?? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
