import type { FoundRecord } from "../../bridge/messages";
import type { PartitionImage } from "../../core/picture/image";

/** One row of the records browser. */
export type RecordRow = FoundRecord;

export interface RowRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** The rows to draw: those in view and `overscan` more on both sides. Heights and the scroll position are in CSS pixels. */
export function visibleRows(scrollTop: number, viewHeight: number, rowHeight: number, rowCount: number, overscan: number): RowRange {
  const first = Math.max(0, Math.min(rowCount, Math.floor(scrollTop / rowHeight)) - overscan);
  const end = Math.min(rowCount, Math.ceil((scrollTop + viewHeight) / rowHeight) + overscan);
  return { first, end: Math.max(first, end) };
}

/** The rows with older ones behind them; a record that is in both stands once. */
export function appendOlder(rows: readonly RecordRow[], older: readonly RecordRow[]): readonly RecordRow[] {
  const known = new Set(rows.map(rowId));
  return [...rows, ...older.filter((row) => !known.has(rowId(row)))];
}

/** The rows that the log still holds: retention may have removed some since they were read, and a rewind may have unwritten others. */
export function rowsInLog(rows: readonly RecordRow[], partitions: readonly PartitionImage[]): readonly RecordRow[] {
  const byNumber = new Map(partitions.map((partition) => [partition.partition, partition]));
  const held = rows.filter((row) => {
    const log = byNumber.get(row.partition);
    return log !== undefined && row.offset >= log.logStartOffset && row.offset < log.logEndOffset;
  });
  return held.length === rows.length ? rows : held;
}

/** Ends of the logs, to tell what has come since. */
export type LogEnds = Readonly<Record<number, number>>;

export function logEnds(partitions: readonly PartitionImage[]): LogEnds {
  return Object.fromEntries(partitions.map((partition) => [partition.partition, partition.logEndOffset]));
}

/** Offsets that were given out since `ends` were noted. */
export function newerCount(ends: LogEnds, partitions: readonly PartitionImage[]): number {
  return partitions.reduce((sum, log) => sum + Math.max(0, log.logEndOffset - (ends[log.partition] ?? 0)), 0);
}

/** Only what was there when `ends` were noted. */
export function rowsBefore(rows: readonly RecordRow[], ends: LogEnds): readonly RecordRow[] {
  return rows.filter((row) => row.offset < (ends[row.partition] ?? 0));
}

export function rowId(row: { readonly partition: number; readonly offset: number }): string {
  return `${row.partition}:${row.offset}`;
}
