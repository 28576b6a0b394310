import { describe, expect, it } from "vitest";
import { crc32c } from "../crc32c";
import { ErrorCode } from "../errors";
import { makeRecordBatch } from "./makeRecordBatch";
import { nextOffset, recordOffset, recordTimestampMs, type RecordBatch, type RecordBytes } from "./recordBatch";
import { completeBatchSizeInBytes, decodeRecordBatch, ensureValidBatch, readBatchHeader, RecordBatchError } from "./decodeRecordBatch";
import { encodeRecordBatch, recordBatchSizeInBytes, recordSizeInBytes } from "./encodeRecordBatch";
import { bytesToHex, hexToBytes } from "../vectors/hex";
import recorded from "../vectors/recordbatch.json";

interface RecordedRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly keyHex: string | null;
  readonly valueHex: string | null;
  readonly headers?: readonly { readonly key: string; readonly valueHex: string | null }[];
}
interface RecordedBatch {
  readonly magic: number;
  readonly baseOffset: number;
  readonly partitionLeaderEpoch: number;
  readonly crc: number;
  readonly crcValid: boolean;
  readonly attributes: number;
  readonly lastOffsetDelta: number;
  readonly nextOffset: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: number | string;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordsCount: number;
  readonly sizeInBytes: number;
  readonly records: readonly RecordedRecord[];
}
interface Fixture {
  readonly id: string;
  readonly name: string;
  readonly hex: string;
  readonly batches: readonly RecordedBatch[];
}
// The inferred type of the file is a union of every fixture's own shape; only magic 2 has all the fields, and is alone asked for them.
const fixtures = recorded.batches as unknown as readonly Fixture[];

/** One test a batch: the fixture, the batch's place in it, and what Kafka read there. */
const batches = fixtures.flatMap(({ id, name, hex, batches: expected }) => {
  const bytes = hexToBytes(hex);
  let offset = 0;
  return expected.map((batch, index) => {
    const at = offset;
    offset += batch.sizeInBytes;
    return { label: `${id}${expected.length > 1 ? `[${index}]` : ""} ${name}`, bytes, at, batch };
  });
});
const current = batches.filter(({ batch }) => batch.magic === 2);
const isCompressed = (batch: RecordedBatch): boolean => (batch.attributes & 7) !== 0;
/** rb.023 has a producer id of 2^53 + 1, which a number cannot hold. */
const isHeld = (batch: RecordedBatch): boolean => typeof batch.producerId === "number";
const readable = current.filter(({ batch }) => batch.crcValid && !isCompressed(batch) && isHeld(batch));

const hexOf = (bytes: RecordBytes): string | null => {
  if (typeof bytes === "string") throw new Error("bytes expected");
  return bytes === null ? null : bytesToHex(bytes);
};

function readRecords(batch: RecordBatch): RecordedRecord[] {
  const { columns } = batch;
  return Array.from({ length: columns.count }, (_, index) => {
    const headers = columns.headers?.[index]?.map(({ key, value }) => ({ key, valueHex: hexOf(value) })) ?? [];
    return {
      offset: recordOffset(batch, index),
      timestamp: recordTimestampMs(batch, index),
      keyHex: hexOf(columns.keys[index] ?? null),
      valueHex: hexOf(columns.values[index] ?? null),
      ...(headers.length > 0 && { headers }),
    };
  });
}

function errorCodeOf(run: () => unknown): number {
  try {
    run();
  } catch (error) {
    if (error instanceof RecordBatchError) return error.errorCode;
    throw error;
  }
  return ErrorCode.NONE;
}

describe("recorded batches", () => {
  it("are all here", () => {
    expect(fixtures).toHaveLength(43);
    // Of magic 2, one has a wrong crc and one a producer id that is refused; two are of older magic.
    expect(readable.length + current.filter(({ batch }) => isCompressed(batch)).length + 4).toBe(batches.length);
  });

  it.each(current)("BYT-4 reads the header of $label", ({ bytes, at, batch }) => {
    expect(readBatchHeader(bytes, at)).toEqual({
      baseOffset: batch.baseOffset,
      sizeInBytes: batch.sizeInBytes,
      partitionLeaderEpoch: batch.partitionLeaderEpoch,
      crc: batch.crc,
      attributes: batch.attributes,
      lastOffsetDelta: batch.lastOffsetDelta,
      baseTimestampMs: batch.baseTimestamp,
      maxTimestampMs: batch.maxTimestamp,
      producerId: Number(batch.producerId),
      producerEpoch: batch.producerEpoch,
      baseSequence: batch.baseSequence,
      recordsCount: batch.recordsCount,
    });
    expect(errorCodeOf(() => ensureValidBatch(bytes, at))).toBe(batch.crcValid ? ErrorCode.NONE : ErrorCode.CORRUPT_MESSAGE);
  });

  it.each(readable)("BYT-4 decodes and encodes again $label", ({ bytes, at, batch }) => {
    const decoded = decodeRecordBatch(bytes, at);
    expect(readRecords(decoded)).toEqual(batch.records);
    expect(nextOffset(decoded)).toBe(batch.nextOffset);
    expect(recordBatchSizeInBytes(decoded.columns)).toBe(batch.sizeInBytes);
    expect(bytesToHex(encodeRecordBatch(decoded))).toBe(bytesToHex(bytes.subarray(at, at + batch.sizeInBytes)));
  });

  it.each(readable)("BYT-4 has the same bytes by way of text and of a batch made anew $label", ({ bytes, at, batch }) => {
    const { columns, sizeInBytes: _, ...header } = decodeRecordBatch(bytes, at, { text: true });
    const { count: __, ...parts } = columns;
    const made = makeRecordBatch({ ...header, ...parts });
    expect(bytesToHex(encodeRecordBatch(made))).toBe(bytesToHex(bytes.subarray(at, at + batch.sizeInBytes)));
  });

  it.each(current.filter(({ batch }) => isCompressed(batch)))("BYT-5 does not decode compressed records $label", ({ bytes, at }) => {
    expect(errorCodeOf(() => decodeRecordBatch(bytes, at))).toBe(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
  });

  it.each(batches.filter(({ batch }) => batch.magic < 2))("BYT-5 refuses $label", ({ bytes, at }) => {
    expect(errorCodeOf(() => decodeRecordBatch(bytes, at))).toBe(ErrorCode.INVALID_RECORD);
    expect(completeBatchSizeInBytes(bytes, at)).toBe(bytes.length);
  });

  it.each(current.filter(({ batch }) => !isHeld(batch)))("BYT-5 refuses rather than rounds $label", ({ bytes, at, batch }) => {
    expect(BigInt(batch.producerId)).toBe(2n ** 53n + 1n);
    expect(errorCodeOf(() => decodeRecordBatch(bytes, at))).toBe(ErrorCode.INVALID_RECORD);
  });

  it("BYT-6 walks batch by batch and drops the one that is cut off", () => {
    for (const { id, hex, batches: expected } of fixtures) {
      const bytes = hexToBytes(hex);
      const sizes: number[] = [];
      let at = 0;
      for (let size = completeBatchSizeInBytes(bytes, at); size !== null; size = completeBatchSizeInBytes(bytes, at)) {
        sizes.push(size);
        at += size;
      }
      expect({ id, sizes, isCutOff: at < bytes.length }).toEqual({
        id,
        sizes: expected.map(({ sizeInBytes }) => sizeInBytes),
        isCutOff: id === "rb.034",
      });
    }
  });
});

describe("damaged batches", () => {
  const sound = hexToBytes(fixtures.find(({ id }) => id === "rb.013")?.hex ?? "");

  it("BYT-5 refuses a batch cut off anywhere", () => {
    for (let length = 0; length < sound.length; length++) {
      expect(errorCodeOf(() => decodeRecordBatch(sound.subarray(0, length))), `${length} bytes`).toBe(ErrorCode.CORRUPT_MESSAGE);
    }
  });

  it("BYT-5 refuses any flipped bit that the crc covers, and in length, magic and crc", () => {
    for (let bit = 8 * 8; bit < sound.length * 8; bit++) {
      // Base offset and leader epoch are the leader's to set, outside the crc.
      if (bit >= 12 * 8 && bit < 16 * 8) continue;
      const flipped = sound.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(errorCodeOf(() => decodeRecordBatch(flipped)), `bit ${bit}`).not.toBe(ErrorCode.NONE);
    }
  });

  it("BYT-5 refuses records that do not fill the batch, though the crc be right", () => {
    const parts = { keys: ["k"], values: ["v"], baseTimestampMs: 0 };
    for (const count of [1, 0, 2, -1]) {
      const bytes = encodeRecordBatch(makeRecordBatch(parts));
      const view = new DataView(bytes.buffer);
      view.setInt32(57, count);
      view.setUint32(17, crc32c(bytes, 21));
      expect(errorCodeOf(() => decodeRecordBatch(bytes)), `${count}`).toBe(count === 1 ? ErrorCode.NONE : ErrorCode.INVALID_RECORD);
    }
  });
});

describe("sizes and new batches", () => {
  it("BYT-7 a record's size is what it adds to the batch", () => {
    const values: RecordBytes[] = [null, "", "v", "é", "x".repeat(63), "x".repeat(64), "x".repeat(9000), new Uint8Array(130)];
    for (const timestampDeltaMs of [0, -1, 63, 64, -65, 8192, 2 ** 31, -(2 ** 40), 2 ** 45]) {
      for (const value of values) {
        const headers = value === null ? [] : [{ key: "키", value }];
        const parts = { keys: [value], values: [value], headers: [headers], timestampDeltasMs: [timestampDeltaMs], baseTimestampMs: 0 };
        const { length } = encodeRecordBatch(makeRecordBatch(parts));
        expect(61 + recordSizeInBytes(0, timestampDeltaMs, value, value, headers)).toBe(length);
      }
    }
    expect(recordSizeInBytes(64, 0, null, null) - recordSizeInBytes(63, 0, null, null)).toBe(1);
  });

  it("BYT-7 a new batch has Kafka's neutral values, is frozen, and keeps its origin out of the bytes", () => {
    const origin = { producerActor: 3, sendNumbers: [7, 8] };
    const batch = makeRecordBatch({ keys: ["a", null], values: ["1", "2"], timestampDeltasMs: [0, 5], baseTimestampMs: 100, origin });
    expect(batch).toMatchObject({
      baseOffset: 0,
      lastOffsetDelta: 1,
      partitionLeaderEpoch: -1,
      attributes: 0,
      maxTimestampMs: 105,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
    });
    expect(Object.isFrozen(batch) && Object.isFrozen(batch.columns)).toBe(true);
    const read = decodeRecordBatch(encodeRecordBatch(batch), 0, { text: true });
    expect(read).toEqual({ ...batch, columns: { ...batch.columns, origin: null } });
  });

  it("BYT-7 the base timestamp is the first record's, and the largest need not be the last", () => {
    const batch = makeRecordBatch({ keys: [null, null, null], values: [null, null, null], timestampDeltasMs: [0, -7, -3], baseTimestampMs: 100 });
    expect(batch.maxTimestampMs).toBe(100);
  });

  it("BYT-7 text that is not UTF-8 stays bytes", () => {
    const bytes = Uint8Array.of(0xff, 0x00);
    const read = decodeRecordBatch(encodeRecordBatch(makeRecordBatch({ keys: [bytes], values: ["v"], baseTimestampMs: 0 })), 0, { text: true });
    expect(read.columns.keys).toEqual([bytes]);
    expect(read.columns.values).toEqual(["v"]);
  });

  it("BYT-7 throws on a compressed batch, a wrong size and columns of different length", () => {
    const batch = makeRecordBatch({ keys: ["k"], values: ["v"], baseTimestampMs: 0 });
    expect(() => encodeRecordBatch({ ...batch, attributes: 1 })).toThrow("compressed");
    expect(() => encodeRecordBatch({ ...batch, sizeInBytes: batch.sizeInBytes + 1 })).toThrow("bytes");
    expect(() => makeRecordBatch({ keys: ["k"], values: [], baseTimestampMs: 0 })).toThrow("column");
  });
});
