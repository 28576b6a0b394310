import { valueText } from "../apps/recordSource";
import { crc32c } from "../kafka/crc32c";
import { baseOffsetOf, type BatchPage, firstSlotOf } from "../kafka/records/batchPage";
import { encodeRecordBatch } from "../kafka/records/encodeRecordBatch";
import { CRC_AT, CRC_START, LOG_OVERHEAD_BYTES, MAGIC, RECORD_BATCH_OVERHEAD_BYTES } from "../kafka/records/layout";
import { keyTable } from "./producer/keyTable";
import { sourceAt, storedFields } from "./recordTexts";

/** Kafka's bytes of a batch as a log has it: of one that a source has made straight from its numbers, with no text between, as every record of a kept run needs it. */
export function encodeBatch(page: BatchPage, at: number): Uint8Array<ArrayBuffer> {
  const written = page.written[at];
  if (written) return encodeRecordBatch({ ...written, ...storedFields(page, at) }) as Uint8Array<ArrayBuffer>; // of its own
  const { sendNumbers, keyNumbers, draws, timestampDeltasMs } = page;
  const source = sourceAt(page, at);
  const keys = source.keys.kind === "none" ? [] : keyTable(source.keys).bytes;
  const [first, end] = [firstSlotOf(page, at), firstSlotOf(page, at + 1)];
  const bytes = new Uint8Array(page.sizesInBytes[at] as number);
  writeHeader(new DataView(bytes.buffer), page, at, end - first);
  let to = RECORD_BATCH_OVERHEAD_BYTES;
  for (let slot = first; slot < end; slot++) {
    const keyNumber = keyNumbers[slot] as number;
    const key = keyNumber < 0 ? null : (keys[keyNumber] as Uint8Array);
    // Nothing in it but ASCII.
    const value = valueText(source, sendNumbers[slot] as number, draws[slot] as number);
    const [deltaMs, offsetDelta] = [timestampDeltasMs[slot] as number, slot - first];
    const keySize = key ? zigzagSize(key.length) + key.length : 1;
    const size = 1 + zigzagSize(deltaMs) + zigzagSize(offsetDelta) + keySize + zigzagSize(value.length) + value.length + 1;
    to = writeZigzag(bytes, to, size) + 1;
    to = writeZigzag(bytes, to, deltaMs);
    to = writeZigzag(bytes, to, offsetDelta);
    to = writeZigzag(bytes, to, key ? key.length : -1);
    if (key) bytes.set(key, to);
    to = writeZigzag(bytes, to + (key?.length ?? 0), value.length);
    for (let index = 0; index < value.length; index++) bytes[to + index] = value.charCodeAt(index);
    // No headers.
    to += value.length + 1;
  }
  if (to !== bytes.length) throw new Error(`a batch of ${to} bytes says that it has ${bytes.length}`);
  new DataView(bytes.buffer).setUint32(CRC_AT, crc32c(bytes, CRC_START));
  return bytes;
}

function writeHeader(view: DataView, page: BatchPage, at: number, count: number): void {
  view.setBigInt64(0, BigInt(baseOffsetOf(page, at)));
  view.setInt32(8, view.byteLength - LOG_OVERHEAD_BYTES);
  view.setInt32(12, page.leaderEpochs[at] as number);
  view.setInt8(16, MAGIC);
  view.setInt16(21, page.attributes[at] as number);
  view.setInt32(23, count - 1);
  view.setBigInt64(27, BigInt(page.baseTimestampsMs[at] as number));
  view.setBigInt64(35, BigInt(page.maxTimestampsMs[at] as number));
  // No producer id, epoch or sequence.
  view.setBigInt64(43, -1n);
  view.setInt16(51, -1);
  view.setInt32(53, -1);
  view.setInt32(57, count);
}

function zigzagSize(value: number): number {
  let size = 1;
  for (let rest = ((value << 1) ^ (value >> 31)) >>> 7; rest > 0; rest >>>= 7) size++;
  return size;
}

/** Returns where the next byte goes. */
function writeZigzag(bytes: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes[to++] = (rest & 0x7f) | 0x80;
  bytes[to++] = rest;
  return to;
}
