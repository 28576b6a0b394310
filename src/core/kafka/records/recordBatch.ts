/**
 * The unit of a log and of Produce and Fetch: a record batch, magic 2 (KIP-98, `DefaultRecordBatch`).
 *
 * In memory a batch holds columns; its bytes, with their CRC, are made by `encodeRecordBatch` when they are first needed.
 * A batch is frozen when it is made and shared by every log, message and checkpoint that refers to it.
 */
export interface RecordBatch {
  /** Offset of the first record; 0 until the leader has assigned one. */
  readonly baseOffset: number;
  /** Offset of the last record minus `baseOffset`; kept when compaction removes records. */
  readonly lastOffsetDelta: number;
  readonly partitionLeaderEpoch: number;
  /** Bits: 0-2 compression, 3 timestamp type, 4 transactional, 5 control batch, 6 delete horizon. */
  readonly attributes: number;
  readonly baseTimestampMs: number;
  readonly maxTimestampMs: number;
  /** -1 when the producer is not idempotent. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  /** Size of the encoded batch in bytes, the 12 bytes of log overhead included. */
  readonly sizeInBytes: number;
  readonly columns: RecordColumns;
}

/** Bytes of a key or a value. A string stands for its UTF-8 bytes; null is Kafka's null. */
export type RecordBytes = string | Uint8Array | null;

export interface RecordHeader {
  readonly key: string;
  readonly value: RecordBytes;
}

export interface RecordColumns {
  readonly count: number;
  /** Offsets relative to `baseOffset`; null means 0, 1, 2 ... */
  readonly offsetDeltas: readonly number[] | null;
  /** Times relative to `baseTimestampMs`; null means all 0. */
  readonly timestampDeltasMs: readonly number[] | null;
  readonly keys: readonly RecordBytes[];
  readonly values: readonly RecordBytes[];
  /** Headers by record; null when no record has any. */
  readonly headers: readonly (readonly RecordHeader[])[] | null;
  /** Who sent each record, kept beside the batch and never in Kafka's bytes; null for records no producer sent. */
  readonly origin: RecordOrigin | null;
}

/** A record's identity: its producer's actor id and that producer's own count of sends, from 0. */
export interface RecordOrigin {
  readonly producerActor: number;
  readonly sendNumbers: readonly number[];
}

/** Offset of the record at `index` within the batch. */
export function recordOffset(batch: RecordBatch, index: number): number {
  return batch.baseOffset + (batch.columns.offsetDeltas?.[index] ?? index);
}

/** Set where the broker's clock gave every record the batch's largest timestamp (message.timestamp.type=LogAppendTime). */
export const LOG_APPEND_TIME_BIT = 8;

/** Timestamp in ms of the record at `index` within the batch. */
export function recordTimestampMs(batch: RecordBatch, index: number): number {
  if ((batch.attributes & LOG_APPEND_TIME_BIT) !== 0) return batch.maxTimestampMs;
  return batch.baseTimestampMs + (batch.columns.timestampDeltasMs?.[index] ?? 0);
}

/** The offset that follows the batch, also when its last records were compacted away. */
export function nextOffset(batch: RecordBatch): number {
  return batch.baseOffset + batch.lastOffsetDelta + 1;
}
