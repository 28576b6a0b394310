import type { RecordBatch, RecordBytes, RecordHeader, RecordOrigin } from "./recordBatch";
import { recordBatchSizeInBytes } from "./encodeRecordBatch";

/** What a batch is made of; everything but the columns of keys and values has Kafka's neutral value when left out. */
export interface RecordBatchParts {
  readonly keys: readonly RecordBytes[];
  readonly values: readonly RecordBytes[];
  readonly headers?: readonly (readonly RecordHeader[])[] | null;
  readonly offsetDeltas?: readonly number[] | null;
  readonly timestampDeltasMs?: readonly number[] | null;
  readonly origin?: RecordOrigin | null;
  readonly baseTimestampMs: number;
  /** The latest of the records when left out. */
  readonly maxTimestampMs?: number;
  readonly baseOffset?: number;
  /** Of the last record when left out. */
  readonly lastOffsetDelta?: number;
  readonly partitionLeaderEpoch?: number;
  readonly attributes?: number;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  /** Encoded, log overhead included; measured when left out. */
  readonly sizeInBytes?: number;
}

/** Builds a frozen batch (`MemoryRecordsBuilder`). Throws when the columns differ in length. */
export function makeRecordBatch(parts: RecordBatchParts): RecordBatch {
  const { keys, values, headers = null, offsetDeltas = null, timestampDeltasMs = null, origin = null } = parts;
  const count = keys.length;
  for (const column of [values, headers, offsetDeltas, timestampDeltasMs, origin?.sendNumbers]) {
    if (column && column.length !== count) throw new Error(`a column of ${column.length} stands beside ${count} keys`);
  }
  const columns = Object.freeze({ count, offsetDeltas, timestampDeltasMs, keys, values, headers, origin });
  return Object.freeze({
    baseOffset: parts.baseOffset ?? 0,
    lastOffsetDelta: parts.lastOffsetDelta ?? offsetDeltas?.at(-1) ?? count - 1,
    partitionLeaderEpoch: parts.partitionLeaderEpoch ?? -1,
    attributes: parts.attributes ?? 0,
    baseTimestampMs: parts.baseTimestampMs,
    maxTimestampMs: parts.maxTimestampMs ?? parts.baseTimestampMs + latest(timestampDeltasMs),
    producerId: parts.producerId ?? -1,
    producerEpoch: parts.producerEpoch ?? -1,
    baseSequence: parts.baseSequence ?? -1,
    sizeInBytes: parts.sizeInBytes ?? recordBatchSizeInBytes(columns),
    columns,
  });
}

function latest(deltasMs: readonly number[] | null): number {
  if (deltasMs === null) return 0;
  let most = deltasMs[0] ?? 0;
  for (const delta of deltasMs) if (delta > most) most = delta;
  return most;
}
