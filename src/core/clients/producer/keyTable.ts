import type { KeySource } from "../../apps/program";
import { keyCount, keyText } from "../../apps/recordSource";
import { encodeUtf8 } from "../../kafka/utf8";
import { sizeOfBytes } from "../../kafka/records/encodeRecordBatch";
import { murmur2 } from "../../kafka/murmur2";

/** What there is to know of each key that a source draws from, by its number. */
export interface KeyTable {
  /** UTF-8. */
  readonly bytes: readonly Uint8Array[];
  /** Signed murmur2 of its UTF-8 bytes. */
  readonly hashes: Int32Array;
  /** Bytes that it takes in a record, with its length. */
  readonly sizes: Int32Array;
  /** Of the longest one; that of no key where there are none. */
  readonly mostBytes: number;
}

/** It follows from the source alone, and belongs to no world. */
const tables = new WeakMap<KeySource, KeyTable>();

export function keyTable(keys: KeySource): KeyTable {
  const known = tables.get(keys);
  if (known) return known;
  const bytes = Array.from({ length: keyCount(keys) }, (_, number) => encodeUtf8(keyText(keys, number) ?? ""));
  const table = { bytes, hashes: Int32Array.from(bytes, murmur2), sizes: Int32Array.from(bytes, ({ length }) => sizeOfBytes(length)), mostBytes: sizeOfBytes(bytes.reduce((most, { length }) => Math.max(most, length), -1)) };
  tables.set(keys, table);
  return table;
}
