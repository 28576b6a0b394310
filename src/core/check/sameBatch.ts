import { baseOffsetOf, type BatchPage, batchOfSlot, firstSlotOf } from "../kafka/records/batchPage";
import { isMade, ROW, type SentBatch } from "../kafka/records/madeBatch";
import { pageIndexAt, type PartitionLog } from "../broker/log/partitionLog";

/** A batch by its first record: nobody sends a record in two batches, but for one that was too large and is not stored. Null for what no producer has sent. */
export function identityOf(batch: SentBatch): string | null {
  if (isMade(batch)) return `${batch.producerActor} ${batch.rows[0] ?? -1}`;
  const { origin } = batch.columns;
  return origin && `${origin.producerActor} ${origin.sendNumbers[0] ?? -1}`;
}

export function identityAt(page: BatchPage, at: number): string | null {
  const producer = page.producerActors[at] as number;
  return producer < 0 ? null : `${producer} ${page.sendNumbers[firstSlotOf(page, at)] ?? -1}`;
}

/** Whether a log has, at an offset, the very records that a producer sent. */
export function holds(log: PartitionLog, offset: number, sent: SentBatch): boolean {
  const place = placeOf(log, offset);
  if (!place) return false;
  const { page, at } = place;
  const sends = isMade(sent) ? sent.rows.filter((_, index) => index % ROW === 0) : (sent.columns.origin?.sendNumbers ?? []);
  const first = firstSlotOf(page, at);
  return page.sizesInBytes[at] === sent.sizeInBytes && identityAt(page, at) === identityOf(sent) && sends.every((send, index) => page.sendNumbers[first + index] === send);
}

/** Whether a log has a batch of another page at its offset. */
export function holdsSame(log: PartitionLog, page: BatchPage, at: number): boolean {
  const place = placeOf(log, baseOffsetOf(page, at));
  if (!place) return false;
  const slots = firstSlotOf(page, at + 1) - firstSlotOf(page, at);
  const [mine, theirs] = [firstSlotOf(place.page, place.at), firstSlotOf(page, at)];
  const isSame = (slot: number): boolean => place.page.sendNumbers[mine + slot] === page.sendNumbers[theirs + slot] && place.page.draws[mine + slot] === page.draws[theirs + slot];
  return place.page.sizesInBytes[place.at] === page.sizesInBytes[at] && place.page.written[place.at] === page.written[at] && Array.from({ length: slots }, (_, slot) => slot).every(isSame);
}

function placeOf(log: PartitionLog, offset: number): { readonly page: BatchPage; readonly at: number } | null {
  const page = log.pages[pageIndexAt(log, offset)];
  if (!page || offset < page.firstOffset) return null;
  const at = batchOfSlot(page, offset - page.firstOffset);
  return at < page.batchCount && baseOffsetOf(page, at) === offset ? { page, at } : null;
}
