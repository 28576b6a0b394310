import { keyText, valueText } from "../apps/recordSource";
import type { RecordSource } from "../apps/program";
import { baseOffsetOf, type BatchPage, batchOfSlot, endOffsetOf, firstSlotOf, indexInBatch, nextOffsetOf, type RecordsSlice, type StoredRecord, timestampOfSlot } from "../kafka/records/batchPage";
import { isMade, type MadeBatch, ROW, type SentBatch } from "../kafka/records/madeBatch";
import { makeRecordBatch } from "../kafka/records/makeRecordBatch";
import type { RecordBatch, RecordBytes } from "../kafka/records/recordBatch";
import { share } from "../sim/share";

/**
 * What records say, to whoever reads them: the texts of those that a program's source has made are made again each time, from their numbers.
 * So is a whole batch, with which all can be done that Kafka's format is for.
 */
export function keyOf({ page, batch, slot }: StoredRecord): RecordBytes {
  const written = page.written[batch];
  if (written) return written.columns.keys[indexInBatch(page, batch, slot)] ?? null;
  return keyText(sourceAt(page, batch).keys, page.keyNumbers[slot] as number);
}

export function valueOf({ page, batch, slot }: StoredRecord): RecordBytes {
  const written = page.written[batch];
  if (written) return written.columns.values[indexInBatch(page, batch, slot)] ?? null;
  return valueText(sourceAt(page, batch), page.sendNumbers[slot] as number, page.draws[slot] as number);
}

export function offsetOf({ page, slot }: StoredRecord): number {
  return page.firstOffset + slot;
}

/** Timestamp in ms. */
export function timestampOf({ page, batch, slot }: StoredRecord): number {
  return timestampOfSlot(page, batch, slot);
}

/** Who sent it, and as which of its sends; null for what no producer has sent. */
export function senderOf({ page, batch, slot }: StoredRecord): { readonly producer: number; readonly send: number } | null {
  const [producer, send] = [page.producerActors[batch] as number, page.sendNumbers[slot] as number];
  return producer < 0 || send < 0 ? null : { producer, send };
}

/** A batch as a log has it, whole. */
function batchAt(page: BatchPage, at: number): RecordBatch {
  const stored = {
    baseOffset: baseOffsetOf(page, at),
    partitionLeaderEpoch: page.leaderEpochs[at] as number,
    attributes: page.attributes[at] as number,
    maxTimestampMs: page.maxTimestampsMs[at] as number,
  };
  const written = page.written[at];
  return written ? share({ ...written, ...stored }) : withTexts(madeAt(page, at), stored);
}

/** The batches of a log, from the one that holds an offset. */
export function* batchesOf({ pages }: { readonly pages: readonly BatchPage[] }, fromOffset = 0): Generator<RecordBatch> {
  let first = pages.length;
  while (first > 0 && endOffsetOf(pages[first - 1] as BatchPage) > fromOffset) first--;
  for (const page of pages.slice(first)) for (let at = batchOfSlot(page, Math.max(0, fromOffset - page.firstOffset)); at < page.batchCount; at++) yield batchAt(page, at);
}

/** The batches that a Fetch gave. */
export function* batchesIn(slices: readonly RecordsSlice[]): Generator<RecordBatch> {
  for (const { page, from, to } of slices) for (let at = from; at < to; at++) yield batchAt(page, at);
}

/** A batch that a producer sends, with its texts. */
export function asWritten(batch: SentBatch): RecordBatch {
  return isMade(batch) ? withTexts(batch, {}) : batch;
}

function withTexts({ source, producerActor, rows, baseTimestampMs, maxTimestampMs, sizeInBytes }: MadeBatch, stored: Partial<RecordBatch>): RecordBatch {
  const keys: RecordBytes[] = [];
  const values: RecordBytes[] = [];
  const sendNumbers: number[] = [];
  const timestampDeltasMs: number[] = [];
  const by = source as RecordSource; // whatever a producer's program is
  for (let row = 0; row < rows.length; row += ROW) {
    const [sendNumber, keyNumber, draw, deltaMs] = [rows[row] as number, rows[row + 1] as number, rows[row + 2] as number, rows[row + 3] as number];
    keys.push(keyText(by.keys, keyNumber));
    values.push(valueText(by, sendNumber, draw));
    sendNumbers.push(sendNumber);
    timestampDeltasMs.push(deltaMs);
  }
  const isOneMoment = timestampDeltasMs.every((deltaMs) => deltaMs === 0);
  return makeRecordBatch({ keys, values, baseTimestampMs, timestampDeltasMs: isOneMoment ? null : timestampDeltasMs, origin: { producerActor, sendNumbers }, maxTimestampMs, sizeInBytes, ...stored });
}

function madeAt(page: BatchPage, at: number): MadeBatch {
  const rows: number[] = [];
  for (let slot = firstSlotOf(page, at); slot < nextOffsetOf(page, at) - page.firstOffset; slot++) {
    rows.push(page.sendNumbers[slot] as number, page.keyNumbers[slot] as number, page.draws[slot] as number, page.timestampDeltasMs[slot] as number);
  }
  return {
    source: sourceAt(page, at),
    producerActor: page.producerActors[at] as number,
    rows,
    baseTimestampMs: page.baseTimestampsMs[at] as number,
    maxTimestampMs: page.maxTimestampsMs[at] as number,
    sizeInBytes: page.sizesInBytes[at] as number,
  };
}

function sourceAt(page: BatchPage, at: number): RecordSource {
  return page.sources[at] as RecordSource; // what a producer's program has made
}
