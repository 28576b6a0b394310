import { keyText, valueText } from "../apps/recordSource";
import type { RecordSource } from "../apps/program";
import { baseOffsetOf, type BatchPage, batchOfSlot, endOffsetOf, firstSlotOf, indexInBatch, type StoredRecord, timestampOfSlot } from "../kafka/records/batchPage";
import type { RecordBatch, RecordBytes, RecordOrigin } from "../kafka/records/recordBatch";

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

/** Who sent the records of a batch, in its order; null for those that no producer sent. */
export function originAt(page: BatchPage, at: number): RecordOrigin | null {
  const written = page.written[at];
  if (written) return written.columns.origin;
  const sendNumbers: number[] = [];
  for (let slot = firstSlotOf(page, at); slot < firstSlotOf(page, at + 1); slot++) sendNumbers.push(page.sendNumbers[slot] as number);
  return { producerActor: page.producerActors[at] as number, sendNumbers };
}

/** Where the batches of a log stand, from the one that holds an offset. */
export function* placesOf({ pages }: Paged, fromOffset = 0): Generator<{ readonly page: BatchPage; readonly at: number }> {
  let first = pages.length;
  while (first > 0 && endOffsetOf(pages[first - 1] as BatchPage) > fromOffset) first--;
  for (const page of pages.slice(first)) for (let at = batchOfSlot(page, Math.max(0, fromOffset - page.firstOffset)); at < page.batchCount; at++) yield { page, at };
}

export interface Paged {
  readonly pages: readonly BatchPage[];
}

/** Who made the texts of a batch. */
export function sourceAt(page: BatchPage, at: number): RecordSource {
  return page.sources[at] as RecordSource; // what a producer's program has made
}

/** What a leader has added to a batch. */
export function storedFields(page: BatchPage, at: number): Pick<RecordBatch, "baseOffset" | "partitionLeaderEpoch" | "attributes" | "maxTimestampMs"> {
  return {
    baseOffset: baseOffsetOf(page, at),
    partitionLeaderEpoch: page.leaderEpochs[at] as number,
    attributes: page.attributes[at] as number,
    maxTimestampMs: page.maxTimestampsMs[at] as number,
  };
}
