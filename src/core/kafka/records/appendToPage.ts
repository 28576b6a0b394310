import { type BatchPage, isWhole } from "./batchPage";
import { isMade, type MadeBatch, ROW, type SentBatch } from "./madeBatch";
import type { RecordBatch } from "./recordBatch";

/** A page takes no more batches once it has so many, or so many slots: a copy on write has to copy all of it. */
const MOST_BATCHES = 256;
const MOST_SLOTS = 1024;
const FIRST_BATCHES = 8;
const FIRST_SLOTS = 16;

/** What a leader adds to a batch. */
export interface AsStored {
  readonly leaderEpoch: number;
  readonly attributes: number;
  readonly maxTimestampMs: number;
}

/** A page for what begins at an offset; it has room for as much as the one before it came to hold, if there is one. */
export function emptyPage(firstOffset: number, before: BatchPage | null = null): BatchPage {
  const batches = Math.max(FIRST_BATCHES, before?.batchCount ?? 0);
  const slots = Math.max(FIRST_SLOTS, before?.slotCount ?? 0);
  return {
    firstOffset,
    batchCount: 0,
    slotCount: 0,
    firstSlots: new Int32Array(batches + 1),
    leaderEpochs: new Int32Array(batches),
    attributes: new Int16Array(batches),
    baseTimestampsMs: new Float64Array(batches),
    maxTimestampsMs: new Float64Array(batches),
    sizesInBytes: new Int32Array(batches),
    producerActors: new Int32Array(batches),
    sources: [],
    written: [],
    sendNumbers: new Int32Array(slots),
    keyNumbers: new Int16Array(slots),
    draws: new Uint16Array(slots),
    timestampDeltasMs: new Int32Array(slots),
  };
}

const ofBatches = ["leaderEpochs", "attributes", "baseTimestampsMs", "maxTimestampsMs", "sizesInBytes", "producerActors"] as const;
const ofSlots = ["sendNumbers", "keyNumbers", "draws", "timestampDeltasMs"] as const;

/** The same in other memory, to be written to. */
export function copyPage(page: BatchPage): BatchPage {
  const copy = { ...page, sources: page.sources.slice(), written: page.written.slice() };
  for (const column of ["firstSlots", ...ofBatches, ...ofSlots] as const) Object.assign(copy, { [column]: page[column].slice() });
  return copy;
}

export function hasRoom({ batchCount, slotCount }: BatchPage): boolean {
  return batchCount < MOST_BATCHES && slotCount < MOST_SLOTS;
}

/** Puts a batch at the end of a page. */
export function appendToPage(page: BatchPage, batch: SentBatch, stored: AsStored): void {
  const at = page.batchCount;
  const slots = isMade(batch) ? batch.rows.length / ROW : batch.lastOffsetDelta + 1;
  if (at === page.sizesInBytes.length) growBatches(page);
  if (page.slotCount + slots > page.sendNumbers.length) growSlots(page, page.slotCount + slots);
  if (isMade(batch)) writeMade(page, at, batch);
  else write(page, at, batch);
  page.baseTimestampsMs[at] = batch.baseTimestampMs;
  page.sizesInBytes[at] = batch.sizeInBytes;
  page.leaderEpochs[at] = stored.leaderEpoch;
  page.attributes[at] = stored.attributes;
  page.maxTimestampsMs[at] = stored.maxTimestampMs;
  page.slotCount += slots;
  page.batchCount = at + 1;
  page.firstSlots[at + 1] = page.slotCount;
}

function writeMade(page: BatchPage, at: number, { source, producerActor, rows }: MadeBatch): void {
  const { sendNumbers, keyNumbers, draws, timestampDeltasMs } = page;
  page.sources.push(source);
  page.written.push(null);
  page.producerActors[at] = producerActor;
  for (let row = 0, slot = page.slotCount; row < rows.length; row += ROW, slot++) {
    sendNumbers[slot] = rows[row] as number;
    keyNumbers[slot] = rows[row + 1] as number;
    draws[slot] = rows[row + 2] as number;
    timestampDeltasMs[slot] = rows[row + 3] as number;
  }
}

function write(page: BatchPage, at: number, batch: RecordBatch): void {
  const { count, origin } = batch.columns;
  const offsetDeltas = isWhole(batch) ? null : batch.columns.offsetDeltas;
  page.sources.push(null);
  page.written.push(batch);
  page.producerActors[at] = origin?.producerActor ?? -1;
  page.sendNumbers.fill(-1, page.slotCount, page.slotCount + batch.lastOffsetDelta + 1);
  if (origin) for (let index = 0; index < count; index++) page.sendNumbers[page.slotCount + (offsetDeltas?.[index] ?? index)] = origin.sendNumbers[index] as number;
}

function growBatches(page: BatchPage): void {
  const capacity = page.sizesInBytes.length * 2;
  grow(page, "firstSlots", capacity + 1);
  for (const column of ofBatches) grow(page, column, capacity);
}

function growSlots(page: BatchPage, least: number): void {
  const capacity = Math.max(least, page.sendNumbers.length * 2);
  for (const column of ofSlots) grow(page, column, capacity);
}

function grow(page: BatchPage, column: "firstSlots" | (typeof ofBatches)[number] | (typeof ofSlots)[number], capacity: number): void {
  const before = page[column];
  const larger = new (before.constructor as new (length: number) => typeof before)(capacity); // of its own kind
  larger.set(before);
  Object.assign(page, { [column]: larger });
}

/** A page of nothing but these batches, from an offset on. */
export function pageOf(firstOffset: number, ...batches: readonly SentBatch[]): BatchPage {
  const page = emptyPage(firstOffset);
  for (const batch of batches) appendToPage(page, batch, { leaderEpoch: 0, attributes: 0, maxTimestampMs: batch.maxTimestampMs });
  return page;
}
