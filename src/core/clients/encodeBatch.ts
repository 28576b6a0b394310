import { valueText } from "../apps/recordSource";
import { type BatchPage, firstSlotOf } from "../kafka/records/batchPage";
import { encodeRecordBatch, varintSize, writeHeader } from "../kafka/records/encodeRecordBatch";
import { RECORD_BATCH_OVERHEAD_BYTES } from "../kafka/records/layout";
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
  let to = RECORD_BATCH_OVERHEAD_BYTES;
  for (let slot = first; slot < end; slot++) {
    const keyNumber = keyNumbers[slot] as number;
    const key = keyNumber < 0 ? null : (keys[keyNumber] as Uint8Array);
    // Nothing in it but ASCII.
    const value = valueText(source, sendNumbers[slot] as number, draws[slot] as number);
    const [deltaMs, offsetDelta] = [timestampDeltasMs[slot] as number, slot - first];
    const keySize = key ? varintSize(key.length) + key.length : 1;
    const size = 1 + varintSize(deltaMs) + varintSize(offsetDelta) + keySize + varintSize(value.length) + value.length + 1;
    to = writeVarint(bytes, to, size) + 1;
    to = writeVarint(bytes, to, deltaMs);
    to = writeVarint(bytes, to, offsetDelta);
    to = writeVarint(bytes, to, key ? key.length : -1);
    if (key) bytes.set(key, to);
    to = writeVarint(bytes, to + (key?.length ?? 0), value.length);
    for (let index = 0; index < value.length; index++) bytes[to + index] = value.charCodeAt(index);
    // No headers.
    to += value.length + 1;
  }
  if (to !== bytes.length) throw new Error(`a batch of ${to} bytes says that it has ${bytes.length}`);
  writeHeader(bytes, { ...storedFields(page, at), lastOffsetDelta: end - first - 1, baseTimestampMs: page.baseTimestampsMs[at] as number, producerId: -1, producerEpoch: -1, baseSequence: -1 }, end - first);
  return bytes;
}

/** Returns where the next byte goes. */
function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes[to++] = (rest & 0x7f) | 0x80;
  bytes[to++] = rest;
  return to;
}
