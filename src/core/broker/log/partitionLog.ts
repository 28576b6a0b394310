import { baseOffsetOf, type BatchPage, batchOfSlot, endOffsetOf, firstSlotOf, indexInBatch, nextOffsetOf, recordsInBatch, type StoredRecord, timestampOfSlot } from "../../kafka/records/batchPage";
import { isMade, type SentBatch } from "../../kafka/records/madeBatch";
import { LOG_APPEND_TIME_BIT, type RecordBatch } from "../../kafka/records/recordBatch";
import { isShared } from "../../sim/share";
import { appendToPage, type AsStored, copyPage, emptyPage, hasRoom } from "../../kafka/records/appendToPage";

/**
 * One partition's log on one broker (Kafka's `UnifiedLog`). Always:
 * logStartOffset <= lastStableOffset <= highWatermark <= logEndOffset.
 */
export interface PartitionLog {
  readonly topic: string;
  /** Which of the topics of that name; "" for the metadata log. */
  readonly topicId: string;
  readonly partition: number;
  leaderEpoch: number;
  logStartOffset: number;
  lastStableOffset: number;
  highWatermark: number;
  /** Offset the next record will get. */
  logEndOffset: number;
  /** Its batches in offset order; whole batches only. */
  readonly pages: BatchPage[];
  batchCount: number;
  recordCount: number;
  sizeInBytes: number;
}

export function partitionLog(topic: string, partition: number, topicId = ""): PartitionLog {
  return {
    topic,
    topicId,
    partition,
    leaderEpoch: 0,
    logStartOffset: 0,
    lastStableOffset: 0,
    highWatermark: 0,
    logEndOffset: 0,
    pages: [],
    batchCount: 0,
    recordCount: 0,
    sizeInBytes: 0,
  };
}

/**
 * Puts a batch at the end of the log with the offsets that come next, the leader's epoch, and where the topic wants that the leader's time in
 * ms (`UnifiedLog.appendAsLeader`, LOG-1). Returns the page whose last batch it is.
 */
export function appendAsLeader(log: PartitionLog, batch: SentBatch, appendTimeMs: number | null = null): BatchPage {
  const attributes = isMade(batch) ? 0 : batch.attributes;
  const { leaderEpoch } = log;
  return append(log, batch, appendTimeMs === null ? { leaderEpoch, attributes, maxTimestampMs: batch.maxTimestampMs } : { leaderEpoch, attributes: attributes | LOG_APPEND_TIME_BIT, maxTimestampMs: appendTimeMs });
}

/** Puts a batch that already has its offsets at the end of the log: on recovery. */
export function appendStored(log: PartitionLog, batch: RecordBatch): void {
  if (batch.baseOffset !== log.logEndOffset) throw new Error(`${log.topic}-${log.partition}: offset ${batch.baseOffset} appended at ${log.logEndOffset}`);
  append(log, batch, { leaderEpoch: batch.partitionLeaderEpoch, attributes: batch.attributes, maxTimestampMs: batch.maxTimestampMs });
}

function append(log: PartitionLog, batch: SentBatch, stored: AsStored): BatchPage {
  const page = pageToWrite(log);
  appendToPage(page, batch, stored);
  countLast(log, page);
  return page;
}

/** Takes over the last batch of a page that is another log's, too: both have the very same pages. */
export function follow(log: PartitionLog, page: BatchPage): void {
  const last = log.pages.length - 1;
  // It was copied before it was written to.
  if (log.pages[last]?.firstOffset === page.firstOffset) log.pages[last] = page;
  else log.pages.push(page);
  countLast(log, page);
}

function countLast(log: PartitionLog, page: BatchPage): void {
  const at = page.batchCount - 1;
  log.logEndOffset = endOffsetOf(page);
  log.batchCount++;
  log.recordCount += recordsInBatch(page, at);
  log.sizeInBytes += page.sizesInBytes[at] as number;
}

/** The last page, or a new one behind it. What a copy of the world shares is copied before it is written to. */
function pageToWrite(log: PartitionLog): BatchPage {
  const last = log.pages.length - 1;
  const page = log.pages[last];
  if (page && hasRoom(page)) return isShared(page) ? (log.pages[last] = copyPage(page)) : page;
  const next = emptyPage(log.logEndOffset, page);
  log.pages.push(next);
  return next;
}

/** Up to where every replica that is in sync has the log: with one replica, all of it. So far the high watermark may go. */
export function inSyncEnd(log: PartitionLog): number {
  return log.logEndOffset;
}

/**
 * Raises the high watermark as far as it may go (`Partition.maybeIncrementLeaderHW`), and the last stable offset with it: without
 * transactions they are equal. Returns whether it moved.
 */
export function advanceHighWatermark(log: PartitionLog): boolean {
  const end = inSyncEnd(log);
  if (log.highWatermark === end) return false;
  log.highWatermark = end;
  log.lastStableOffset = end;
  return true;
}

/** Index of the page that holds an offset; the number of pages at the end. */
export function pageIndexAt({ pages, logEndOffset }: PartitionLog, offset: number): number {
  if (offset >= logEndOffset) return pages.length;
  // Who reads is mostly near the end.
  let index = pages.length - 1;
  while (index > 0 && (pages[index] as BatchPage).firstOffset > offset) index--;
  return index;
}

/** The records below `before`, newest first. */
export function* recordsBefore(log: PartitionLog, before: number): Generator<StoredRecord> {
  for (let index = Math.min(pageIndexAt(log, before), log.pages.length - 1); index >= 0; index--) {
    const page = log.pages[index] as BatchPage;
    const least = Math.max(0, log.logStartOffset - page.firstOffset);
    let batch = Math.min(batchOfSlot(page, before - page.firstOffset), page.batchCount - 1);
    for (let slot = Math.min(page.slotCount, before - page.firstOffset) - 1; slot >= least; slot--) {
      while (slot < firstSlotOf(page, batch)) batch--;
      if (indexInBatch(page, batch, slot) >= 0) yield { page, batch, slot };
    }
    if (least > 0) return;
  }
}

/** The records from one offset up to another, oldest first. */
export function* recordsBetween(log: PartitionLog, from: number, to: number): Generator<StoredRecord> {
  for (let index = pageIndexAt(log, from); index < log.pages.length; index++) {
    const page = log.pages[index] as BatchPage;
    const end = Math.min(page.slotCount, to - page.firstOffset);
    let slot = Math.max(0, from - page.firstOffset);
    for (let batch = batchOfSlot(page, slot); slot < end; slot++) {
      while (slot >= firstSlotOf(page, batch + 1)) batch++;
      if (indexInBatch(page, batch, slot) >= 0) yield { page, batch, slot };
    }
    if (end < page.slotCount) return;
  }
}

/** The first record whose timestamp in ms is at least `timestampMs`, or null (`Partition.fetchOffsetForTimestamp`, LOG-4). */
export function offsetForTimestamp(log: PartitionLog, timestampMs: number): { offset: number; timestampMs: number } | null {
  for (const page of log.pages) {
    for (let at = 0; at < page.batchCount; at++) {
      if ((page.maxTimestampsMs[at] as number) < timestampMs) continue;
      for (const { slot } of recordsBetween(log, baseOffsetOf(page, at), nextOffsetOf(page, at))) {
        const recordMs = timestampOfSlot(page, at, slot);
        if (recordMs >= timestampMs) return { offset: page.firstOffset + slot, timestampMs: recordMs };
      }
    }
  }
  return null;
}
