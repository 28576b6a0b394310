import type { RecordSource } from "../../apps/program";
import { keyText, valueSize, valueText } from "../../apps/recordSource";
import { contentSizeInBytes, sizeOfBytes } from "../../kafka/records/encodeRecordBatch";
import { keyTable } from "./keyTable";

/** One record that `send()` was called with: what the source needs to make it again, or what somebody has written. */
export interface NewRecord {
  readonly source: RecordSource;
  /** -1 for no key. */
  readonly keyNumber: number;
  readonly draw: number;
  readonly text: RecordText | null;
  readonly timestampMs: number;
  readonly sendNumber: number;
  /** Of key and value with their lengths. */
  readonly contentBytes: number;
}

export interface RecordText {
  readonly key: string | null;
  readonly value: string;
}

export function textOf(source: RecordSource, sendNumber: number, keyNumber: number, draw: number): RecordText {
  return { key: keyText(source.keys, keyNumber), value: valueText(source, sendNumber, draw) };
}

/** Bytes of what a record of a source holds, lengths included. `number` is that of the record's first send. */
export function contentBytesOf(source: RecordSource, keyNumber: number, number: number): number {
  const keyBytes = keyNumber < 0 ? NO_KEY_BYTES : (keyTable(source.keys).sizes[keyNumber] as number);
  return keyBytes + sizeOfBytes(valueSize(source, number)) + NO_HEADERS_BYTES;
}

export function sizeOfText({ key, value }: RecordText): number {
  return contentSizeInBytes(key, value);
}

const NO_KEY_BYTES = sizeOfBytes(-1);
/** The count of headers. */
const NO_HEADERS_BYTES = 1;
