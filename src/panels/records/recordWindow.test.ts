import { describe, expect, it } from "vitest";
import type { PartitionImage } from "../../core/picture/image";
import { appendOlder, logEnds, newerCount, rowsBefore, rowsInLog, visibleRows, type RecordRow } from "./recordWindow";

function row(partition: number, offset: number): RecordRow {
  return { partition, offset, key: null, value: "", timestampMs: offset, colour: -1, sender: null };
}

function log(partition: number, logStartOffset: number, logEndOffset: number): PartitionImage {
  return { topic: "orders", topicId: "", partition, leader: 1, logStartOffset, highWatermark: logEndOffset, logEndOffset, recordCount: 0, tail: [], tracks: [] };
}

describe("visibleRows", () => {
  it("draws what is in view and the overscan", () => {
    expect(visibleRows(0, 100, 20, 1000, 2)).toEqual({ first: 0, end: 7 });
    expect(visibleRows(410, 100, 20, 1000, 2)).toEqual({ first: 18, end: 28 });
  });

  it("stays within the rows, also when the scroll position is from a longer list", () => {
    expect(visibleRows(5000, 100, 20, 10, 2)).toEqual({ first: 8, end: 10 });
    expect(visibleRows(0, 100, 20, 0, 2)).toEqual({ first: 0, end: 0 });
  });
});

describe("rows", () => {
  it("takes a record once when pages overlap", () => {
    expect(appendOlder([row(0, 5), row(0, 4)], [row(0, 4), row(0, 3), row(1, 4)])).toEqual([row(0, 5), row(0, 4), row(0, 3), row(1, 4)]);
  });

  it("drops what retention removed and what a rewind unwrote", () => {
    expect(rowsInLog([row(0, 9), row(0, 5), row(0, 1), row(7, 1)], [log(0, 2, 9)])).toEqual([row(0, 5)]);
  });

  it("keeps the identity of a list of which nothing is gone", () => {
    const rows = [row(0, 5)];
    expect(rowsInLog(rows, [log(0, 0, 9)])).toBe(rows);
  });

  it("counts what came since a moment, and tells it from what was there", () => {
    const ends = logEnds([log(0, 0, 5), log(1, 0, 3)]);
    expect(newerCount(ends, [log(0, 0, 9), log(1, 0, 4)])).toBe(5);
    expect(rowsBefore([row(0, 5), row(0, 4), row(1, 3), row(1, 2)], ends)).toEqual([row(0, 4), row(1, 2)]);
  });
});
