import { ErrorCode } from "../../kafka/errors";
import type { RecordBatch } from "../../kafka/recordBatch";
import { itemAt } from "../../sim/pagedList";
import { batchIndexAt, type PartitionLog } from "./partitionLog";

export interface LogRead {
  readonly errorCode: number;
  readonly batches: readonly RecordBatch[];
  readonly sizeInBytes: number;
}

/**
 * Whole batches from the one that holds `fetchOffset` up to the consumer's bound, the high watermark (`UnifiedLog.read`, LOG-3).
 * At most `maxBytes`, except that with `minOneBatch` the first batch comes even if it is larger. Reading at the bound gives nothing and
 * no error; outside the log OFFSET_OUT_OF_RANGE.
 */
export function readLog(log: PartitionLog, fetchOffset: number, maxBytes: number, minOneBatch: boolean): LogRead {
  if (fetchOffset < log.logStartOffset || fetchOffset > log.logEndOffset) return { errorCode: ErrorCode.OFFSET_OUT_OF_RANGE, batches: [], sizeInBytes: 0 };
  const batches: RecordBatch[] = [];
  let sizeInBytes = 0;
  for (let at = batchIndexAt(log, fetchOffset); at < log.batches.length; at++) {
    const batch = itemAt(log.batches, at);
    if (batch.baseOffset >= log.highWatermark) break;
    if (sizeInBytes + batch.sizeInBytes > maxBytes && !(minOneBatch && batches.length === 0)) break;
    batches.push(batch);
    sizeInBytes += batch.sizeInBytes;
  }
  return { errorCode: ErrorCode.NONE, batches, sizeInBytes };
}

/** Bytes readable from `fetchOffset`, counted no further than `enough`: what a parked Fetch waits for. */
export function readableBytes(log: PartitionLog, fetchOffset: number, enough: number): number {
  let bytes = 0;
  for (let at = batchIndexAt(log, fetchOffset); at < log.batches.length && bytes < enough; at++) {
    const batch = itemAt(log.batches, at);
    if (batch.baseOffset >= log.highWatermark) break;
    bytes += batch.sizeInBytes;
  }
  return bytes;
}
