import { ByteReader } from "../bytes";
import { crc32c } from "../crc32c";
import { ErrorCode, errorName } from "../errors";
import { decodeUtf8 } from "../utf8";
import { COMPRESSION_MASK, CRC_START, LOG_OVERHEAD_BYTES, MAGIC, RECORD_BATCH_OVERHEAD_BYTES } from "./layout";
import type { RecordBatch, RecordBytes, RecordColumns, RecordHeader } from "./recordBatch";

/**
 * The batch that starts at `offset`. Keys and values are views into `bytes`, or with `text` strings wherever they are valid UTF-8.
 * `origin` is null, for it is not in the bytes. Throws a RecordBatchError as `ensureValidBatch` does, and with
 * UNSUPPORTED_COMPRESSION_TYPE for a compressed batch, with INVALID_RECORD when the records do not fill the batch, when a header key is
 * not UTF-8, or when an integer is beyond 2^53 - 1: rounded, it would silently be another.
 */
export function decodeRecordBatch(bytes: Uint8Array, offset = 0, options: { readonly text?: boolean } = {}): RecordBatch {
  const header = ensureValidBatch(bytes, offset);
  if ((header.attributes & COMPRESSION_MASK) !== 0) {
    throw new RecordBatchError(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "the batch is compressed");
  }
  const wide = [header.baseOffset, header.baseTimestampMs, header.maxTimestampMs, header.producerId];
  if (!wide.every(Number.isSafeInteger)) throw new RecordBatchError(ErrorCode.INVALID_RECORD, "an integer is beyond 2^53 - 1");
  const reader = new ByteReader(bytes.subarray(offset, offset + header.sizeInBytes), RECORD_BATCH_OVERHEAD_BYTES);
  // Written out, for to copy "the rest" of an object takes longer than all else here.
  return Object.freeze({
    baseOffset: header.baseOffset,
    lastOffsetDelta: header.lastOffsetDelta,
    partitionLeaderEpoch: header.partitionLeaderEpoch,
    attributes: header.attributes,
    baseTimestampMs: header.baseTimestampMs,
    maxTimestampMs: header.maxTimestampMs,
    producerId: header.producerId,
    producerEpoch: header.producerEpoch,
    baseSequence: header.baseSequence,
    sizeInBytes: header.sizeInBytes,
    columns: readColumns(reader, header.recordsCount, options.text ?? false),
  });
}

/** All that stands before the records; readable for compressed batches, too. */
export interface RecordBatchHeader extends Omit<RecordBatch, "columns"> {
  readonly crc: number;
  readonly recordsCount: number;
}

/**
 * The header of the batch that starts at `offset`, its CRC not checked; integers beyond 2^53 - 1 are rounded. Throws a RecordBatchError:
 * INVALID_RECORD for the formats of old (magic 0 and 1, gone since 4.0), else CORRUPT_MESSAGE, also when the batch is cut off.
 */
export function readBatchHeader(bytes: Uint8Array, offset = 0): RecordBatchHeader {
  const sizeInBytes = completeBatchSizeInBytes(bytes, offset);
  if (sizeInBytes === null) throw new RecordBatchError(ErrorCode.CORRUPT_MESSAGE, "the batch is cut off");
  const magic = new ByteReader(bytes, offset + MAGIC_AT).int8();
  if (magic === 0 || magic === 1) throw new RecordBatchError(ErrorCode.INVALID_RECORD, `magic ${magic} is no longer accepted`);
  if (magic !== MAGIC) throw new RecordBatchError(ErrorCode.CORRUPT_MESSAGE, `magic ${magic} is unknown`);
  if (sizeInBytes < RECORD_BATCH_OVERHEAD_BYTES) throw new RecordBatchError(ErrorCode.CORRUPT_MESSAGE, "the batch is too short");
  const reader = new ByteReader(bytes, offset);
  const baseOffset = reader.int64();
  reader.int32();
  const partitionLeaderEpoch = reader.int32();
  reader.int8();
  // An object literal's values are evaluated in the order written, which is the order of the bytes.
  return {
    baseOffset,
    sizeInBytes,
    partitionLeaderEpoch,
    crc: reader.uint32(),
    attributes: reader.int16(),
    lastOffsetDelta: reader.int32(),
    baseTimestampMs: reader.int64(),
    maxTimestampMs: reader.int64(),
    producerId: reader.int64(),
    producerEpoch: reader.int16(),
    baseSequence: reader.int32(),
    recordsCount: reader.int32(),
  };
}

/** Reads the header as `readBatchHeader` does and checks the CRC; CORRUPT_MESSAGE when it differs (`DefaultRecordBatch.ensureValid`). */
export function ensureValidBatch(bytes: Uint8Array, offset = 0): RecordBatchHeader {
  const header = readBatchHeader(bytes, offset);
  const computed = crc32c(bytes, offset + CRC_START, offset + header.sizeInBytes);
  if (computed !== header.crc) throw new RecordBatchError(ErrorCode.CORRUPT_MESSAGE, `the stored crc is ${header.crc}, the computed ${computed}`);
  return header;
}

/**
 * Size of the batch at `offset` in bytes, of any magic, or null when fewer bytes are left: a Fetch may end within a batch, and its reader
 * drops the rest (`ByteBufferLogInputStream.nextBatch`). Throws a RecordBatchError, CORRUPT_MESSAGE, for an impossible size.
 */
export function completeBatchSizeInBytes(bytes: Uint8Array, offset = 0): number | null {
  const left = bytes.length - offset;
  if (left < LOG_OVERHEAD_BYTES) return null;
  const sizeInBytes = LOG_OVERHEAD_BYTES + new ByteReader(bytes, offset + BATCH_LENGTH_AT).int32();
  if (sizeInBytes < SMALLEST_BATCH_BYTES) throw new RecordBatchError(ErrorCode.CORRUPT_MESSAGE, `a batch cannot have ${sizeInBytes} bytes`);
  return left < sizeInBytes ? null : sizeInBytes;
}

/** Bytes that are not the batch that they should be; `errorCode` is what Kafka answers. */
export class RecordBatchError extends Error {
  readonly errorCode: number;

  constructor(errorCode: number, reason: string) {
    super(`${errorName(errorCode)}: ${reason}`);
    this.name = "RecordBatchError";
    this.errorCode = errorCode;
  }
}

function readColumns(reader: ByteReader, count: number, text: boolean): RecordColumns {
  const offsetDeltas: number[] = [];
  const timestampDeltasMs: number[] = [];
  const keys: RecordBytes[] = [];
  const values: RecordBytes[] = [];
  const headers: RecordHeader[][] = [];
  try {
    for (let index = 0; index < count; index++) {
      const end = reader.varint() + reader.position;
      reader.int8();
      timestampDeltasMs.push(reader.safeVarlong());
      offsetDeltas.push(reader.varint());
      keys.push(readBytes(reader, text));
      values.push(readBytes(reader, text));
      headers.push(readHeaders(reader, text));
      if (reader.position !== end) throw new RangeError(`record ${index} has not the length that it says`);
    }
    if (count < 0 || reader.remaining > 0) throw new RangeError(`${count} records do not fill the batch`);
  } catch (error) {
    if (error instanceof RangeError) throw new RecordBatchError(ErrorCode.INVALID_RECORD, error.message);
    throw error;
  }
  return Object.freeze({
    count,
    offsetDeltas: offsetDeltas.every((delta, index) => delta === index) ? null : offsetDeltas,
    timestampDeltasMs: timestampDeltasMs.every((delta) => delta === 0) ? null : timestampDeltasMs,
    keys,
    values,
    headers: headers.every((ofRecord) => ofRecord.length === 0) ? null : headers,
    origin: null,
  });
}

function readHeaders(reader: ByteReader, text: boolean): RecordHeader[] {
  const count = reader.varint();
  if (count < 0 || count > reader.remaining) throw new RangeError(`there cannot be ${count} headers`);
  const headers: RecordHeader[] = [];
  for (let index = 0; index < count; index++) {
    const key = decodeUtf8(reader.raw(reader.varint()));
    if (key === null) throw new RangeError("a header key is not UTF-8");
    headers.push({ key, value: readBytes(reader, text) });
  }
  return headers;
}

function readBytes(reader: ByteReader, text: boolean): RecordBytes {
  const length = reader.varint();
  if (length < 0) return null;
  const bytes = reader.raw(length);
  return text ? (decodeUtf8(bytes) ?? bytes) : bytes;
}

/** The log overhead and the smallest message of magic 0 (`LegacyRecord.RECORD_OVERHEAD_V0`). */
const SMALLEST_BATCH_BYTES = LOG_OVERHEAD_BYTES + 14;
const BATCH_LENGTH_AT = 8;
const MAGIC_AT = 16;
