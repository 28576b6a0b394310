import { ByteWriter } from "../bytes";
import { crc32c } from "../crc32c";
import { utf8Length } from "../utf8";
import { COMPRESSION_MASK, CRC_AT, CRC_START, LOG_OVERHEAD_BYTES, MAGIC, RECORD_BATCH_OVERHEAD_BYTES } from "./layout";
import type { RecordBatch, RecordBytes, RecordColumns, RecordHeader } from "./recordBatch";

/**
 * The bytes of a record batch, magic 2 (KIP-98, `DefaultRecordBatch`): the header with its CRC-32C, then the records, uncompressed.
 * Throws when the batch says that it is compressed, or when its `sizeInBytes` is not the size of its records.
 */
export function encodeRecordBatch(batch: RecordBatch): Uint8Array {
  if ((batch.attributes & COMPRESSION_MASK) !== 0) throw new Error("a compressed batch cannot be encoded");
  const { columns } = batch;
  const writer = new ByteWriter(batch.sizeInBytes);
  writer.raw(new Uint8Array(RECORD_BATCH_OVERHEAD_BYTES));
  for (let index = 0; index < columns.count; index++) writeRecord(writer, columns, index);
  if (writer.length !== batch.sizeInBytes) throw new Error(`a batch of ${writer.length} bytes says that it has ${batch.sizeInBytes}`);
  const bytes = writer.finish();
  writeHeader(bytes, new DataView(bytes.buffer, bytes.byteOffset), 0, bytes.length, batch, columns.count);
  return bytes;
}

/**
 * Writes what stands before the records of a batch, and their CRC with it; the rest of the bytes from `start` to `end` are the records. `view`
 * is of the same bytes.
 */
export function writeHeader(bytes: Uint8Array, view: DataView, start: number, end: number, batch: Omit<RecordBatch, "columns" | "sizeInBytes">, recordsCount: number): void {
  setInt64(view, start, batch.baseOffset);
  view.setInt32(start + 8, end - start - LOG_OVERHEAD_BYTES);
  view.setInt32(start + 12, batch.partitionLeaderEpoch);
  view.setInt8(start + 16, MAGIC);
  view.setInt16(start + 21, batch.attributes);
  view.setInt32(start + 23, batch.lastOffsetDelta);
  setInt64(view, start + 27, batch.baseTimestampMs);
  setInt64(view, start + 35, batch.maxTimestampMs);
  setInt64(view, start + 43, batch.producerId);
  view.setInt16(start + 51, batch.producerEpoch);
  view.setInt32(start + 53, batch.baseSequence);
  view.setInt32(start + 57, recordsCount);
  view.setUint32(start + CRC_AT, crc32c(bytes, start + CRC_START, end));
}

/** A whole number up to 2^53 - 1 in size: without a bigint, which every batch would make five of. */
function setInt64(view: DataView, at: number, value: number): void {
  view.setInt32(at, Math.floor(value / 0x1_0000_0000));
  view.setUint32(at + 4, value >>> 0);
}

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
export function varintSize(value: number): number {
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
