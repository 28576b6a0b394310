import type { RecordBatch, RecordColumns, RecordOrigin } from "./recordBatch";
import { decodeRecordBatch, readBatchHeader } from "./decodeRecordBatch";

/**
 * A batch out of its stored bytes, whose records are read when somebody first looks at them: a log of any size is there as soon as its
 * bytes are. Its CRC is checked then, too. Throws a RecordBatchError when the header is broken; so may the first look.
 */
export function storedRecordBatch(bytes: Uint8Array, origin: RecordOrigin | null, options: { readonly text: boolean }): RecordBatch {
  const { recordsCount, crc: _crc, ...header } = readBatchHeader(bytes);
  let read: RecordColumns | null = null;
  const columns = (): RecordColumns => (read ??= decodeRecordBatch(bytes, 0, options).columns);
  return Object.freeze({
    ...header,
    columns: Object.freeze({
      count: recordsCount,
      origin,
      get offsetDeltas() {
        return columns().offsetDeltas;
      },
      get timestampDeltasMs() {
        return columns().timestampDeltasMs;
      },
      get keys() {
        return columns().keys;
      },
      get values() {
        return columns().values;
      },
      get headers() {
        return columns().headers;
      },
    }),
  });
}
