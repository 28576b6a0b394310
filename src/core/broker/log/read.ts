import { baseOffsetOf, batchOfSlot, type BatchPage, type RecordsSlice } from "../../kafka/records/batchPage";
import { ErrorCode } from "../../kafka/errors";
import { pageIndexAt, type PartitionLog } from "./partitionLog";

export interface LogRead {
  readonly errorCode: number;
  readonly slices: readonly RecordsSlice[];
  readonly sizeInBytes: number;
}

const NO_SLICES: RecordsSlice[] = [];
const NOTHING: LogRead = { errorCode: ErrorCode.NONE, slices: NO_SLICES, sizeInBytes: 0 };

/**
 * Whole batches from the one that holds `fetchOffset` up to the consumer's bound, the high watermark (`UnifiedLog.read`, LOG-3).
 * At most `maxBytes`, except that with `minOneBatch` the first batch comes even if it is larger. Reading at the bound gives nothing and
 * no error; outside the log OFFSET_OUT_OF_RANGE.
 */
export function readLog(log: PartitionLog, fetchOffset: number, maxBytes: number, minOneBatch: boolean): LogRead {
  if (fetchOffset < log.logStartOffset || fetchOffset > log.logEndOffset) return { errorCode: ErrorCode.OFFSET_OUT_OF_RANGE, slices: [], sizeInBytes: 0 };
  if (fetchOffset === log.logEndOffset) return NOTHING;
  let slices: RecordsSlice[] = NO_SLICES;
  let sizeInBytes = 0;
  for (let index = pageIndexAt(log, fetchOffset); index < log.pages.length; index++) {
    const page = log.pages[index] as BatchPage;
    const from = firstBatch(page, fetchOffset);
    let to = from;
    for (; to < page.batchCount && baseOffsetOf(page, to) < log.highWatermark; to++) {
      const size = page.sizesInBytes[to] as number;
      if (sizeInBytes + size > maxBytes && !(minOneBatch && sizeInBytes === 0)) break;
      sizeInBytes += size;
    }
    // Mostly there is one.
    if (to > from) slices = slices === NO_SLICES ? [{ page, from, to }] : [...slices, { page, from, to }];
    if (to < page.batchCount) break;
  }
  return { errorCode: ErrorCode.NONE, slices, sizeInBytes };
}

/** Bytes readable from `fetchOffset`, counted no further than `enough`: what a parked Fetch waits for. */
export function readableBytes(log: PartitionLog, fetchOffset: number, enough: number): number {
  let bytes = 0;
  for (let index = pageIndexAt(log, fetchOffset); index < log.pages.length && bytes < enough; index++) {
    const page = log.pages[index] as BatchPage;
    for (let at = firstBatch(page, fetchOffset); at < page.batchCount && bytes < enough; at++) {
      if (baseOffsetOf(page, at) >= log.highWatermark) return bytes;
      bytes += page.sizesInBytes[at] as number;
    }
  }
  return bytes;
}

function firstBatch(page: BatchPage, offset: number): number {
  return offset <= page.firstOffset ? 0 : batchOfSlot(page, offset - page.firstOffset);
}
