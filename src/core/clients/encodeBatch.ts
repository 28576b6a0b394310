import { PAD_BEFORE, PAD_BEHIND, valuePad, valueStem } from "../apps/recordSource";
import { baseOffsetOf, type BatchPage, firstSlotOf } from "../kafka/records/batchPage";
import { encodeRecordBatch, varintSize, writeHeader } from "../kafka/records/encodeRecordBatch";
import { RECORD_BATCH_OVERHEAD_BYTES } from "../kafka/records/layout";
import { keyTable } from "./producer/keyTable";
import { sourceAt, storedFields } from "./recordTexts";

/** Kafka's bytes of a batch as a log has it. */
export function encodeBatch(page: BatchPage, at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(page.sizesInBytes[at] as number);
  encodeInto(bytes, new DataView(bytes.buffer), 0, page, at);
  return bytes;
}

/**
 * Writes the bytes of a batch from a place on; `view` is of the same buffer from its beginning. Those of one that a source has made are written
 * straight from its numbers, with no text between, as every record of a kept run needs it.
 */
export function encodeInto(bytes: Uint8Array, view: DataView, start: number, page: BatchPage, at: number): void {
  const written = page.written[at];
  if (written) return void bytes.set(encodeRecordBatch({ ...written, ...storedFields(page, at) }), start);
  const { sendNumbers, keyNumbers, draws, timestampDeltasMs } = page;
  const source = sourceAt(page, at);
  const keys = source.keys.kind === "none" ? NO_KEYS : keyTable(source.keys).bytes;
  const first = firstSlotOf(page, at);
  const end = firstSlotOf(page, at + 1);
  let to = start + RECORD_BATCH_OVERHEAD_BYTES;
  for (let slot = first; slot < end; slot++) {
    const keyNumber = keyNumbers[slot] as number;
    const key = keyNumber < 0 ? null : (keys[keyNumber] as Uint8Array);
    const deltaMs = timestampDeltasMs[slot] as number;
    const offsetDelta = slot - first;
    // Nothing in them but ASCII.
    const stem = valueStem(sendNumbers[slot] as number, draws[slot] as number);
    const pad = valuePad(source, stem);
    const valueLength = stem.length + (pad < 0 ? 0 : PAD_BEFORE.length + pad + PAD_BEHIND.length) + 1;
    const keySize = key ? varintSize(key.length) + key.length : 1;
    to = writeVarint(bytes, to, 1 + varintSize(deltaMs) + varintSize(offsetDelta) + keySize + varintSize(valueLength) + valueLength + 1) + 1;
    to = writeVarint(bytes, to, deltaMs);
    to = writeVarint(bytes, to, offsetDelta);
    to = writeVarint(bytes, to, key ? key.length : -1);
    if (key) for (let index = 0; index < key.length; index++) bytes[to++] = key[index] as number;
    to = writeVarint(bytes, to, valueLength);
    to = writeAscii(bytes, to, stem);
    if (pad >= 0) {
      to = writeAscii(bytes, to, PAD_BEFORE);
      bytes.fill(DOT, to, to + pad);
      to = writeAscii(bytes, to + pad, PAD_BEHIND);
    }
    bytes[to++] = CLOSE;
    // No headers.
    to++;
  }
  const size = page.sizesInBytes[at] as number;
  if (to !== start + size) throw new Error(`a batch of ${to - start} bytes says that it has ${size}`);
  const header = {
    baseOffset: baseOffsetOf(page, at),
    partitionLeaderEpoch: page.leaderEpochs[at] as number,
    attributes: page.attributes[at] as number,
    lastOffsetDelta: end - first - 1,
    baseTimestampMs: page.baseTimestampsMs[at] as number,
    maxTimestampMs: page.maxTimestampsMs[at] as number,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
  };
  writeHeader(bytes, view, start, start + size, header, end - first);
}

const NO_KEYS: readonly Uint8Array[] = [];
const DOT = 0x2e;
const CLOSE = 0x7d;

/** Returns where the next byte goes, as the others do. */
function writeAscii(bytes: Uint8Array, at: number, text: string): number {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
  return at + text.length;
}

function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes[to++] = (rest & 0x7f) | 0x80;
  bytes[to++] = rest;
  return to;
}
