import { describe, expect, it } from "vitest";
import type { ClusterImage, Marker, TimelineImage } from "../../core/picture/image";
import { groupDash, groupLetter } from "../inspector/parts/groupMark";
import { lagData } from "./lagData";

const marker = (timeUs: number): Marker => ({ timeUs, narration: { id: "member.joined", params: {} }, severity: "info" });
// Only what the chart reads.
const image = { groups: new Map([["billing", { letter: 0, waiting: 4 }], ["analytics", { letter: 1, waiting: 9 }]]) } as unknown as ClusterImage;
const timeline: TimelineImage = {
  startUs: 0,
  endUs: 2_000_000,
  markers: [marker(500_000), marker(1_000_000), marker(1_500_000)],
  lag: { timesUs: [0, 1_000_000], groups: new Map([["billing", [1, 2]], ["analytics", [null, 5]], ["gone", [3, null]]]) },
};

describe("lagData", () => {
  it("draws a line per asked group that exists, in seconds", () => {
    const data = lagData(image, timeline, ["billing", "analytics", "gone"], 10);
    expect(data.timesSeconds).toEqual([0, 1]);
    expect(data.lines.map((line) => [line.letter, line.values, line.now])).toEqual([
      ["A", [1, 2], 4],
      ["B", [null, 5], 9],
    ]);
  });

  it("numbers the newest marks", () => {
    const data = lagData(image, timeline, ["billing"], 2);
    expect(data.markers.map((mark) => [mark.number, mark.timeSeconds])).toEqual([
      [1, 1],
      [2, 1.5],
    ]);
  });
});

describe("groups", () => {
  it("are told apart by letter and line", () => {
    expect([0, 25, 26].map(groupLetter)).toEqual(["A", "Z", "A1"]);
    expect(groupDash(0)).toEqual([]);
    expect(groupDash(1)).not.toEqual(groupDash(2));
  });
});
