import { LOG_APPEND_TIME_BIT, recordTimestampMs, type RecordBatch } from "./recordBatch";

/**
 * A stretch of a log: batches one after the other, in columns. Batches are only added at its end, and what stands there never changes; so
 * whoever was given a part of it may keep that, and reads the same for ever.
 *
 * A slot is the place of one offset. A source's records have their four numbers in the columns (`MadeBatch`); of a batch that somebody has
 * written, the batch itself is kept beside them.
 */
export interface BatchPage {
  /** The offset of its first slot. */
  readonly firstOffset: number;
  batchCount: number;
  slotCount: number;
  /** One number a batch, and of the first slots one more: where the next batch begins. */
  firstSlots: Int32Array;
  leaderEpochs: Int32Array;
  attributes: Int16Array;
  baseTimestampsMs: Float64Array;
  maxTimestampsMs: Float64Array;
  sizesInBytes: Int32Array;
  /** The actor that sent it; -1 where no producer did. */
  producerActors: Int32Array;
  /** Who makes its texts, or null. */
  sources: (object | null)[];
  /** The batch itself where it was written. */
  written: (RecordBatch | null)[];
  /** One number a slot. Send numbers are -1 where there is no record that a producer has sent. */
  sendNumbers: Int32Array;
  keyNumbers: Int16Array;
  draws: Uint16Array;
  timestampDeltasMs: Int32Array;
}

/** Some batches of a page, from one up to another, as a Fetch gives them (`FileRecords.slice`). */
export interface RecordsSlice {
  readonly page: BatchPage;
  readonly from: number;
  readonly to: number;
}

/** One record of a log: a slot of one of its pages, and the batch that has it. */
export interface StoredRecord {
  readonly page: BatchPage;
  readonly batch: number;
  readonly slot: number;
}

export function firstSlotOf(page: BatchPage, at: number): number {
  return page.firstSlots[at] as number;
}

/** The offset of the first record of a batch. */
export function baseOffsetOf(page: BatchPage, at: number): number {
  return page.firstOffset + (page.firstSlots[at] as number);
}

/** The offset behind a batch. */
export function nextOffsetOf(page: BatchPage, at: number): number {
  return page.firstOffset + (page.firstSlots[at + 1] as number);
}

/** The offset behind the last batch of a page. */
export function endOffsetOf({ firstOffset, slotCount }: BatchPage): number {
  return firstOffset + slotCount;
}

/** Which batch has a slot; the number of batches for one behind the last. */
export function batchOfSlot(page: BatchPage, slot: number): number {
  let low = 0;
  let high = page.batchCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((page.firstSlots[middle + 1] as number) > slot) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Which record of a batch stands in a slot; -1 where it was removed. */
export function indexInBatch(page: BatchPage, at: number, slot: number): number {
  const delta = slot - firstSlotOf(page, at);
  const written = page.written[at];
  if (!written) return delta;
  return isWhole(written) ? delta : (written.columns.offsetDeltas?.indexOf(delta) ?? (delta < written.columns.count ? delta : -1));
}

/** No record of it was removed. This is known before its records are read. */
export function isWhole({ lastOffsetDelta, columns: { count } }: RecordBatch): boolean {
  return lastOffsetDelta === count - 1;
}

/** Timestamp in ms of the record in a slot of a batch. */
export function timestampOfSlot(page: BatchPage, at: number, slot: number): number {
  if (((page.attributes[at] as number) & LOG_APPEND_TIME_BIT) !== 0) return page.maxTimestampsMs[at] as number;
  const written = page.written[at];
  return written ? recordTimestampMs(written, indexInBatch(page, at, slot)) : (page.baseTimestampsMs[at] as number) + (page.timestampDeltasMs[slot] as number);
}

/** Records of slices together, removed ones not counted. */
export function countIn(slices: readonly RecordsSlice[]): number {
  let count = 0;
  for (const { page, from, to } of slices) for (let at = from; at < to; at++) count += recordsInBatch(page, at);
  return count;
}

/** Records of a batch that are still there. */
export function recordsInBatch(page: BatchPage, at: number): number {
  return page.written[at]?.columns.count ?? (page.firstSlots[at + 1] as number) - (page.firstSlots[at] as number);
}
