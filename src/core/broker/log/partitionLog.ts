import { nextOffset, recordOffset, recordTimestampMs, type RecordBatch } from "../../kafka/recordBatch";
import { append, itemAt, pagedList, type PagedList } from "../../sim/pagedList";
import { share } from "../../sim/share";

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
  /** Batches in offset order; whole batches only. */
  batches: PagedList<RecordBatch>;
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
    batches: pagedList(),
    recordCount: 0,
    sizeInBytes: 0,
  };
}

/** Gives a batch its offsets and leader epoch and puts it at the end of the log; returns it as it is stored (`UnifiedLog.appendAsLeader`, LOG-1). */
export function appendAsLeader(log: PartitionLog, batch: RecordBatch): RecordBatch {
  const stored = share({ ...batch, baseOffset: log.logEndOffset, partitionLeaderEpoch: log.leaderEpoch });
  appendStored(log, stored);
  return stored;
}

/** Puts a batch that already has its offsets at the end of the log: on recovery. */
export function appendStored(log: PartitionLog, batch: RecordBatch): void {
  if (batch.baseOffset !== log.logEndOffset) throw new Error(`${log.topic}-${log.partition}: offset ${batch.baseOffset} appended at ${log.logEndOffset}`);
  append(log.batches, batch);
  log.logEndOffset = nextOffset(batch);
  log.recordCount += batch.columns.count;
  log.sizeInBytes += batch.sizeInBytes;
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

/** Index in `batches` of the batch that holds `offset`, or that follows it when it was removed; the number of batches at the end. */
export function batchIndexAt(log: PartitionLog, offset: number): number {
  let low = 0;
  let high = log.batches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nextOffset(itemAt(log.batches, middle)) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface StoredRecord {
  readonly batch: RecordBatch;
  readonly index: number;
}

/** The records below `before`, newest first, at most `limit`. */
export function* recordsBefore(log: PartitionLog, before: number): Generator<StoredRecord> {
  let at = batchIndexAt(log, before);
  if (at === log.batches.length) at--;
  for (; at >= 0; at--) {
    const batch = itemAt(log.batches, at);
    for (let index = batch.columns.count - 1; index >= 0; index--) {
      const offset = recordOffset(batch, index);
      if (offset < log.logStartOffset) return;
      if (offset < before) yield { batch, index };
    }
  }
}

/** The first record whose timestamp in ms is at least `timestampMs`, or null (`Partition.fetchOffsetForTimestamp`, LOG-4). */
export function offsetForTimestamp(log: PartitionLog, timestampMs: number): { offset: number; timestampMs: number } | null {
  for (let at = 0; at < log.batches.length; at++) {
    const batch = itemAt(log.batches, at);
    if (batch.maxTimestampMs < timestampMs) continue;
    for (let index = 0; index < batch.columns.count; index++) {
      const recordMs = recordTimestampMs(batch, index);
      if (recordMs >= timestampMs) return { offset: recordOffset(batch, index), timestampMs: recordMs };
    }
  }
  return null;
}
