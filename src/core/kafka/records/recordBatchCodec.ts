import { ByteReader, ByteWriter } from "../bytes";
import { crc32c } from "../crc32c";
import { ErrorCode, errorName } from "../errors";
import type { RecordBatch, RecordBytes, RecordColumns, RecordHeader } from "./recordBatch";
import { decodeUtf8, utf8Length } from "../utf8";

/**
 * The bytes of a record batch, magic 2 (KIP-98, `DefaultRecordBatch`): the header with its CRC-32C, then the records, uncompressed.
 * Throws when the batch says that it is compressed, or when its `sizeInBytes` is not the size of its records.
 */
export function encodeRecordBatch(batch: RecordBatch): Uint8Array {
  if ((batch.attributes & COMPRESSION_MASK) !== 0) throw new Error("a compressed batch cannot be encoded");
  const { columns } = batch;
  const writer = new ByteWriter(batch.sizeInBytes);
  writer.int64(batch.baseOffset);
  writer.int32(batch.sizeInBytes - LOG_OVERHEAD_BYTES);
  writer.int32(batch.partitionLeaderEpoch);
  writer.int8(MAGIC);
  writer.int32(0);
  writer.int16(batch.attributes);
  writer.int32(batch.lastOffsetDelta);
  writer.int64(batch.baseTimestampMs);
  writer.int64(batch.maxTimestampMs);
  writer.int64(batch.producerId);
  writer.int16(batch.producerEpoch);
  writer.int32(batch.baseSequence);
  writer.int32(columns.count);
  for (let index = 0; index < columns.count; index++) writeRecord(writer, columns, index);
  if (writer.length !== batch.sizeInBytes) throw new Error(`a batch of ${writer.length} bytes says that it has ${batch.sizeInBytes}`);
  const bytes = writer.finish();
  new DataView(bytes.buffer).setUint32(CRC_AT, crc32c(bytes, CRC_START));
  return bytes;
}

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

/** Size of a batch without records, in bytes (`DefaultRecordBatch.RECORD_BATCH_OVERHEAD`). */
export const RECORD_BATCH_OVERHEAD_BYTES = 61;

const LOG_OVERHEAD_BYTES = 12;
/** The log overhead and the smallest message of magic 0 (`LegacyRecord.RECORD_OVERHEAD_V0`). */
const SMALLEST_BATCH_BYTES = LOG_OVERHEAD_BYTES + 14;
const BATCH_LENGTH_AT = 8;
const MAGIC_AT = 16;
const CRC_AT = 17;
/** The CRC covers from here to the end, so that a leader can set offset and epoch without computing it anew. */
const CRC_START = 21;
const MAGIC = 2;
const COMPRESSION_MASK = 7;

/**
 * Exact size of one encoded record in bytes, its length prefix included (`DefaultRecord.sizeInBytes`), so that a producer knows the size
 * of a batch while it fills it. The timestamp delta is in ms; strings are measured as UTF-8.
 */
export function recordSizeInBytes(
  offsetDelta: number,
  timestampDeltaMs: number,
  key: RecordBytes,
  value: RecordBytes,
  headers: readonly RecordHeader[] = NO_HEADERS,
): number {
  return recordSizeWith(offsetDelta, timestampDeltaMs, contentSizeInBytes(key, value, headers));
}

/** The same of a record whose content was measured before: a producer measures each record once, however often it asks where it fits. */
export function recordSizeWith(offsetDelta: number, timestampDeltaMs: number, contentBytes: number): number {
  const body = 1 + varintSize(timestampDeltaMs) + varintSize(offsetDelta) + contentBytes;
  return varintSize(body) + body;
}

/** Size in bytes of what a record holds, lengths included: key, value and headers. */
export function contentSizeInBytes(key: RecordBytes, value: RecordBytes, headers: readonly RecordHeader[] = NO_HEADERS): number {
  let size = bytesSize(key) + bytesSize(value) + varintSize(headers.length);
  for (const header of headers) size += bytesSize(header.key) + bytesSize(header.value);
  return size;
}

/** Exact size of a batch of these records in bytes, the log overhead included. */
export function recordBatchSizeInBytes(columns: RecordColumns): number {
  let size = RECORD_BATCH_OVERHEAD_BYTES;
  for (let index = 0; index < columns.count; index++) {
    size += recordSizeInBytes(
      columns.offsetDeltas?.[index] ?? index,
      columns.timestampDeltasMs?.[index] ?? 0,
      columns.keys[index] ?? null,
      columns.values[index] ?? null,
      columns.headers?.[index],
    );
  }
  return size;
}

const NO_HEADERS: readonly RecordHeader[] = [];

function bytesSize(bytes: RecordBytes): number {
  return sizeOfBytes(bytes === null ? -1 : typeof bytes === "string" ? utf8Length(bytes) : bytes.length);
}

/** Bytes that a key or a value of so many bytes takes with its length before it; -1 is null. */
export function sizeOfBytes(length: number): number {
  return varintSize(length) + Math.max(0, length);
}

/** Bytes of the zigzag varint of a whole number up to 2^53 - 1 in size: seven bits a byte, one of them the sign's. */
function varintSize(value: number): number {
  if (value >= -64 && value < 64) return 1;
  let rest = Math.floor((value < 0 ? -1 - value : value) / 64);
  let size = 1;
  for (; rest > 0; size++) rest = Math.floor(rest / 128);
  return size;
}

function writeRecord(writer: ByteWriter, columns: RecordColumns, index: number): void {
  const timestampDeltaMs = columns.timestampDeltasMs?.[index] ?? 0;
  const offsetDelta = columns.offsetDeltas?.[index] ?? index;
  const key = columns.keys[index] ?? null;
  const value = columns.values[index] ?? null;
  const headers = columns.headers?.[index] ?? NO_HEADERS;
  writer.varint(1 + varintSize(timestampDeltaMs) + varintSize(offsetDelta) + contentSizeInBytes(key, value, headers));
  writer.int8(0);
  writer.varlong(timestampDeltaMs);
  writer.varint(offsetDelta);
  writeBytes(writer, key);
  writeBytes(writer, value);
  writer.varint(headers.length);
  for (const header of headers) {
    writeBytes(writer, header.key);
    writeBytes(writer, header.value);
  }
}

function writeBytes(writer: ByteWriter, content: RecordBytes): void {
  if (content === null) {
    writer.varint(-1);
    return;
  }
  const length = typeof content === "string" ? utf8Length(content) : content.length;
  writer.varint(length);
  if (typeof content === "string") writer.utf8(content, length);
  else writer.raw(content);
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
