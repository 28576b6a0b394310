import type { RecordBatch } from "./recordBatch";

/**
 * A batch of records that a program's source has made, on its way to a log: of each record only what the source needs to make its texts again.
 * Everything else of it is as in a `RecordBatch`, whose neutral values it has. Nobody changes it.
 */
export interface MadeBatch {
  /** Who makes the texts, whatever that is: it is one object as long as it makes the same. */
  readonly source: object;
  readonly producerActor: number;
  /** Four numbers for each record: send number, key's number (-1 is null), value's draw, and time in ms after `baseTimestampMs`. */
  readonly rows: readonly number[];
  readonly baseTimestampMs: number;
  readonly maxTimestampMs: number;
  /** Of its bytes in Kafka's format, log overhead included. */
  readonly sizeInBytes: number;
}

export const ROW = 4;

/** What a producer sends: what a source has made, or what somebody has written. */
export type SentBatch = MadeBatch | RecordBatch;

export function isMade(batch: SentBatch): batch is MadeBatch {
  return "rows" in batch;
}

export function countOf(batch: SentBatch): number {
  return isMade(batch) ? batch.rows.length / ROW : batch.columns.count;
}
