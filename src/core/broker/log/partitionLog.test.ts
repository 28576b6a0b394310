import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../kafka/errors";
import { makeRecordBatch } from "../../kafka/records/makeRecordBatch";
import { baseOffsetOf, nextOffsetOf, type RecordsSlice } from "../../kafka/records/batchPage";
import { batchOf } from "../testBroker";
import { advanceHighWatermark, appendAsLeader, appendStored, offsetForTimestamp, partitionLog, recordsBefore, type PartitionLog } from "./partitionLog";
import { readableBytes, readLog } from "./read";

/** Batches of 2, 3 and 1 records: offsets 0-1, 2-4, 5. */
function filledLog(): PartitionLog {
  const log = partitionLog("orders", 0);
  for (const values of [["a", "b"], ["c", "d", "e"], ["f"]]) appendAsLeader(log, batchOf(values));
  advanceHighWatermark(log);
  return log;
}

const baseOffsets = (slices: readonly RecordsSlice[]): number[] => slices.flatMap(({ page, from, to }) => Array.from({ length: to - from }, (_, at) => baseOffsetOf(page, from + at)));

describe("LOG-1 the leader appends", () => {
  it("gives consecutive offsets from the end of the log, and its epoch; the batch that was sent stays as it was", () => {
    const log = partitionLog("orders", 0);
    log.leaderEpoch = 4;
    const sent = batchOf(["a", "b"]);
    appendAsLeader(log, batchOf(["x"]));
    const page = appendAsLeader(log, sent);
    expect([page.batchCount, baseOffsetOf(page, 1), nextOffsetOf(page, 1), page.leaderEpochs[1]]).toEqual([2, 1, 3, 4]);
    expect(sent).toMatchObject({ baseOffset: 0, partitionLeaderEpoch: -1 });
    expect(log).toMatchObject({ logStartOffset: 0, logEndOffset: 3, recordCount: 3, sizeInBytes: batchOf(["x"]).sizeInBytes + sent.sizeInBytes });
  });

  it("on recovery a batch must fit the end of the log", () => {
    const log = partitionLog("orders", 0);
    appendStored(log, makeRecordBatch({ keys: [null], values: ["a"], baseTimestampMs: 0, baseOffset: 0, lastOffsetDelta: 4 }));
    expect(log.logEndOffset).toBe(5);
    expect(() => appendStored(log, batchOf(["b"]))).toThrow("orders-0: offset 0 appended at 5");
  });
});

describe("LOG-2 the high watermark", () => {
  it("follows the end of the log with one replica, and the last stable offset with it; it says whether it moved", () => {
    const log = partitionLog("orders", 0);
    appendAsLeader(log, batchOf(["a", "b"]));
    expect(log).toMatchObject({ highWatermark: 0, lastStableOffset: 0, logEndOffset: 2 });
    expect([advanceHighWatermark(log), advanceHighWatermark(log)]).toEqual([true, false]);
    expect(log).toMatchObject({ highWatermark: 2, lastStableOffset: 2, logEndOffset: 2 });
  });
});

describe("LOG-3 reading", () => {
  const size = (values: string[]): number => batchOf(values).sizeInBytes;
  it.each([
    ["from the start", 0, Infinity, true, [0, 2, 5]],
    ["from within a batch: the whole batch", 3, Infinity, true, [2, 5]],
    ["at the end: nothing, and no error", 6, Infinity, true, []],
    ["no room for the second batch", 0, size(["a", "b"]) + 1, true, [0]],
    ["exactly room for two", 0, size(["a", "b"]) + size(["c", "d", "e"]), true, [0, 2]],
    ["too little room, but at least one batch", 0, 1, true, [0]],
    ["too little room, and others were served before", 0, 1, false, []],
  ])("%s", (_, offset, maxBytes, minOneBatch, expected) => {
    const read = readLog(filledLog(), offset, maxBytes, minOneBatch);
    expect([read.errorCode, baseOffsets(read.slices)]).toEqual([ErrorCode.NONE, expected]);
    expect(read.sizeInBytes).toBe(read.slices.reduce((sum, { page, from, to }) => sum + page.sizesInBytes.subarray(from, to).reduce((bytes, one) => bytes + one, 0), 0));
  });

  it("outside the log is OFFSET_OUT_OF_RANGE", () => {
    const log = filledLog();
    log.logStartOffset = 2;
    for (const offset of [1, 7]) expect(readLog(log, offset, Infinity, true)).toEqual({ errorCode: ErrorCode.OFFSET_OUT_OF_RANGE, slices: [], sizeInBytes: 0 });
    expect([2, 6].map((offset) => readLog(log, offset, Infinity, true).errorCode)).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
  });

  it("stops at the high watermark; between it and the end there is nothing, and no error", () => {
    const log = filledLog();
    appendAsLeader(log, batchOf(["g"]));
    expect(baseOffsets(readLog(log, 5, Infinity, true).slices)).toEqual([5]);
    expect(readLog(log, 6, Infinity, true)).toEqual({ errorCode: ErrorCode.NONE, slices: [], sizeInBytes: 0 });
    expect(readableBytes(log, 5, Infinity)).toBe(size(["f"]));
  });

  it("counts what is readable no further than asked", () => {
    expect(readableBytes(filledLog(), 0, Infinity)).toBe(size(["a", "b"]) + size(["c", "d", "e"]) + size(["f"]));
    expect(readableBytes(filledLog(), 0, 1)).toBe(size(["a", "b"]));
    expect(readableBytes(filledLog(), 6, 1)).toBe(0);
  });
});

describe("LOG-4 looking up a time", () => {
  it("gives the first record that is not older, also within a batch, or nothing", () => {
    const log = partitionLog("orders", 0);
    appendAsLeader(log, makeRecordBatch({ keys: [null, null, null], values: ["a", "b", "c"], baseTimestampMs: 1000, timestampDeltasMs: [0, 500, 20] }));
    appendAsLeader(log, batchOf(["d"], null, 1400));
    expect([900, 1000, 1001, 1400, 1500, 1501].map((timestampMs) => offsetForTimestamp(log, timestampMs))).toEqual([
      { offset: 0, timestampMs: 1000 },
      { offset: 0, timestampMs: 1000 },
      { offset: 1, timestampMs: 1500 },
      { offset: 1, timestampMs: 1500 },
      { offset: 1, timestampMs: 1500 },
      null,
    ]);
  });
});

describe("LOG-5 listing the newest records", () => {
  it.each([
    [6, [5, 4, 3, 2, 1]],
    [99, [5, 4, 3, 2, 1]],
    [4, [3, 2, 1]],
    [2, [1]],
    [1, []],
  ])("before offset %d, down to the start of the log", (before, expected) => {
    const log = filledLog();
    log.logStartOffset = 1;
    expect([...recordsBefore(log, before)].map(({ page, slot }) => page.firstOffset + slot)).toEqual(expected);
  });
});
