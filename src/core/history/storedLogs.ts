import { CONSUMER_OFFSETS_TOPIC } from "../kafka/names";
import { ensureValidBatch } from "../kafka/records/decodeRecordBatch";
import { storedRecordBatch } from "../kafka/records/storedBatch";
import type { StoredBytes, StoredLogs } from "./detach";

/** The batches of stored bytes; their records are read when they are first looked at. Throws a RecordBatchError where a header is broken. */
export function storedLogs(stored: ReadonlyMap<string, readonly StoredBytes[]>): StoredLogs {
  return new Map(
    [...stored].map(([name, batches]) => {
      // Coordinator records are bytes in memory too; everything else is text wherever it can be.
      const text = !name.startsWith(`${CONSUMER_OFFSETS_TOPIC}@`);
      return [name, batches.map(({ bytes, origin }) => storedRecordBatch(bytes, origin, { text }))] as const;
    }),
  );
}

/** Whether the bytes of a batch are those that were stored: their CRC says so. */
export function isIntact(bytes: Uint8Array): boolean {
  try {
    ensureValidBatch(bytes);
    return true;
  } catch {
    return false;
  }
}
