import { describe, expect, it } from "vitest";
import type { PartitionImage } from "../../core/picture/image";
import { laneModel } from "./laneModel";

function partition(offsets: readonly number[], tracks: Readonly<Record<string, number>>, recordCount = offsets.length): PartitionImage {
  const end = (offsets.at(-1) ?? -1) + 1;
  return {
    topic: "orders",
    topicId: "",
  partition: 0,
    leader: 1,
    logStartOffset: 0,
    highWatermark: end,
    logEndOffset: end,
    recordCount,
    tail: offsets.map((offset) => ({ offset, key: "k", value: null, timestampMs: 0, colour: 0 })),
    tracks: Object.entries(tracks).map(([groupId, nextOffset]) => ({ groupId, nextOffset, committedOffset: -1, lag: null, waiting: nextOffset < 0 ? 0 : end - nextOffset, owner: null })),
  };
}

describe("laneModel", () => {
  it("shows the newest cells, and says how many records are before them", () => {
    const lane = laneModel(partition([4, 5, 6, 7], {}, 8), [], 3, null);
    expect(lane.cells.map((cell) => cell.record.offset)).toEqual([5, 6, 7]);
    expect(lane.earlier).toBe(5);
    expect(lane.highWatermarkAt).toBe(3);
  });

  it("counts stored records, not offsets, before the cells of a compacted log", () => {
    expect(laneModel(partition([10, 90, 91], {}, 4), [], 2, null).earlier).toBe(2);
  });

  it("dims a cell fully only when every group has read it, and ticks it for those that have", () => {
    const { cells } = laneModel(partition([0, 1, 2, 3], { a: 3, b: 1 }), ["a", "b"], 9, null);
    expect(cells.map((cell) => cell.state)).toEqual(["done", "read", "read", "unread"]);
    expect(cells.map((cell) => cell.readBy)).toEqual([[], ["a"], ["a"], []]);
  });

  it("shows the reading of the selected group", () => {
    const { cells } = laneModel(partition([0, 1, 2, 3], { a: 3, b: 1 }), ["a", "b"], 9, "b");
    expect(cells.map((cell) => cell.state)).toEqual(["done", "unread", "unread", "unread"]);
  });

  it("leaves a cell solid while no group has a position", () => {
    const { cells, tracks } = laneModel(partition([0], { a: -1 }), ["a"], 9, null);
    expect(cells[0]!.state).toBe("unread");
    expect(tracks[0]!.at).toBeNull();
  });

  it("puts badges under the next record, at the end, and left of the window", () => {
    const { tracks } = laneModel(partition([5, 6, 7], { next: 6, end: 8, far: 2 }, 8), ["next", "end", "far", "unknown"], 3, null);
    expect(tracks.map((track) => track.at)).toEqual([1, 3, -1, null]);
    expect(tracks.map((track) => track.waiting)).toEqual([2, 0, 6, 0]);
  });

  it("puts a badge whose record was compacted away under the next one that exists", () => {
    expect(laneModel(partition([5, 9], { a: 7 }), ["a"], 3, null).tracks[0]!.at).toBe(1);
  });
});
