import type { RecordSource } from "../apps/program";
import { keyText, valueText } from "../apps/recordSource";
import { type BatchPage, firstSlotOf, type RecordsSlice } from "../kafka/records/batchPage";
import { isMade, type MadeBatch, ROW, type SentBatch } from "../kafka/records/madeBatch";
import { makeRecordBatch } from "../kafka/records/makeRecordBatch";
import type { RecordBatch, RecordBytes } from "../kafka/records/recordBatch";
import { share } from "../sim/share";
import { type Paged, placesOf, sourceAt, storedFields } from "./recordTexts";

/** A batch as a log has it, whole. */
export function batchAt(page: BatchPage, at: number): RecordBatch {
  const stored = storedFields(page, at);
  const written = page.written[at];
  return written ? share({ ...written, ...stored }) : withTexts(madeAt(page, at), stored);
}

/** The batches of a log, from the one that holds an offset. */
export function* batchesOf(log: Paged, fromOffset = 0): Generator<RecordBatch> {
  for (const { page, at } of placesOf(log, fromOffset)) yield batchAt(page, at);
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
  for (let slot = firstSlotOf(page, at); slot < firstSlotOf(page, at + 1); slot++) {
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
