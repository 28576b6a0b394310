import { keysUnder, write } from "./logDatabase";
import type { LogTransaction, SegmentKey, WriteAheadSize } from "./logDatabase";
import type { RunProgress, StoredBatch } from "./logStore";
import { groupByPartition, joinPacked, packBatches, type PackedBatches, sizeOfBatches, unpackBatches } from "./packedBatches";
import { SEGMENT_MAX_BYTES, SEGMENT_MIN_BYTES, WRITE_AHEAD_MAX_BYTES, WRITE_AHEAD_MAX_ROWS } from "./storageLimits";

const NOTHING_WRITTEN_AHEAD: WriteAheadSize = { rowCount: 0, byteCount: 0 };

/**
 * Keeps a commit's batches: as one write-ahead row, or, when the rows have grown large, folded with all of them into segments. Returns
 * what the write-ahead rows hold then.
 */
export async function keepBatches(
  transaction: LogTransaction,
  runId: string,
  writeAhead: WriteAheadSize,
  batches: readonly StoredBatch[],
): Promise<WriteAheadSize> {
  if (batches.length === 0) return writeAhead;
  const rows = transaction.objectStore("writeAhead");
  const byteCount = writeAhead.byteCount + sizeOfBatches(batches);
  const rowCount = writeAhead.rowCount + 1;
  if (byteCount < WRITE_AHEAD_MAX_BYTES && rowCount < WRITE_AHEAD_MAX_ROWS) {
    write(rows.put(packBatches(batches), [runId, writeAhead.rowCount]));
    return { rowCount, byteCount };
  }
  const earlier = (await rows.getAll(keysUnder(runId))).flatMap(unpackBatches);
  write(rows.delete(keysUnder(runId)));
  const groups = groupByPartition([...earlier, ...batches]);
  await Promise.all(Array.from(groups, ([partition, group]) => appendToSegments(transaction, runId, partition, group)));
  return NOTHING_WRITTEN_AHEAD;
}

/** Drops every batch that ends above its partition's end; those not named in `ends` end at 0. Returns the new size written ahead. */
export async function truncateBatches(
  transaction: LogTransaction,
  runId: string,
  before: RunProgress["partitionEnds"],
  ends: RunProgress["partitionEnds"],
): Promise<WriteAheadSize> {
  const shortened = Object.entries(before).filter(([partition, end]) => end > (ends[partition] ?? 0));
  await Promise.all(shortened.map(([partition]) => truncateSegments(transaction, runId, partition, ends[partition] ?? 0)));
  const rows = transaction.objectStore("writeAhead");
  const kept = (await rows.getAll(keysUnder(runId))).flatMap(unpackBatches)
    .filter((batch) => batch.nextOffset <= (ends[batch.partition] ?? 0));
  write(rows.delete(keysUnder(runId)));
  return keepBatches(transaction, runId, NOTHING_WRITTEN_AHEAD, kept);
}

async function appendToSegments(transaction: LogTransaction, runId: string, partition: string, batches: StoredBatch[]): Promise<void> {
  const segments = transaction.objectStore("segments");
  const last = await segments.openKeyCursor(keysUnder(runId, partition), "prev");
  const [first = [], ...others] = cutIntoSegments(batches);
  if (last === null || sizeIn(last.primaryKey) >= SEGMENT_MIN_BYTES || sizeIn(last.primaryKey) + sizeOfBatches(first) > SEGMENT_MAX_BYTES) return putSegments(transaction, runId, partition, [first, ...others]);
  const earlier = await segments.get(last.primaryKey);
  write(segments.delete(last.primaryKey));
  if (earlier) putSegment(transaction, runId, partition, joinPacked(earlier, packBatches(first)));
  putSegments(transaction, runId, partition, earlier ? others : [first, ...others]);
}

async function truncateSegments(transaction: LogTransaction, runId: string, partition: string, end: number): Promise<void> {
  const segments = transaction.objectStore("segments");
  write(segments.delete(IDBKeyRange.bound([runId, partition, end], [runId, partition, []])));
  // Of the segments that begin below the end, only the last can reach above it.
  const last = await segments.openKeyCursor(keysUnder(runId, partition), "prev");
  if (last === null) return;
  const batches = await batchesOf(transaction, last.primaryKey);
  const kept = batches.filter((batch) => batch.nextOffset <= end);
  if (kept.length === batches.length) return;
  write(segments.delete(last.primaryKey));
  putSegments(transaction, runId, partition, cutIntoSegments(kept));
}

async function batchesOf(transaction: LogTransaction, key: SegmentKey): Promise<StoredBatch[]> {
  const packed = await transaction.objectStore("segments").get(key);
  return packed === undefined ? [] : unpackBatches(packed);
}

function putSegments(transaction: LogTransaction, runId: string, partition: string, groups: readonly (readonly StoredBatch[])[]): void {
  for (const group of groups) putSegment(transaction, runId, partition, packBatches(group));
}

function putSegment(transaction: LogTransaction, runId: string, partition: string, packed: PackedBatches): void {
  const key: SegmentKey = [runId, partition, packed.baseOffsets[0] ?? 0, packed.bytes.length];
  write(transaction.objectStore("segments").put(packed, key));
}

/** Groups of at most `SEGMENT_MAX_BYTES`; a batch that is larger stands alone. */
function cutIntoSegments(batches: readonly StoredBatch[]): StoredBatch[][] {
  const groups: StoredBatch[][] = [];
  let size = 0;
  for (const batch of batches) {
    size += batch.bytes.length;
    const open = groups.at(-1);
    if (open !== undefined && size <= SEGMENT_MAX_BYTES) {
      open.push(batch);
    } else {
      groups.push([batch]);
      size = batch.bytes.length;
    }
  }
  return groups;
}

function sizeIn(key: SegmentKey): number {
  return key[3];
}
