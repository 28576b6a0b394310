import { describe, expect, it } from "vitest";
import { formatClock } from "../../actions/clock";
import { lagArea } from "./lagArea";
import { placeLabels } from "./markerLabels";
import { fractionOf, rangeEndUs } from "./timeRange";

describe("the line's span", () => {
  it("grows in steps and leaves room for the future", () => {
    expect(rangeEndUs(0, 20e6)).toBe(60e6);
    expect(rangeEndUs(0, 55e6)).toBe(60e6);
    expect(rangeEndUs(0, 56e6)).toBe(90e6);
    expect(rangeEndUs(10e6, 5000e6)).toBe(10e6 + 7200e6);
  });

  it("keeps moments on the line", () => {
    expect([fractionOf(-5, 0, 10), fractionOf(5, 0, 10), fractionOf(50, 0, 10), fractionOf(1, 1, 1)]).toEqual([0, 0.5, 1, 0]);
  });
});

describe("lag of all groups", () => {
  it("adds the groups and counts an absent one as nothing", () => {
    const { most, path } = lagArea({ timesUs: [0, 30e6, 60e6], groups: new Map([["a", [0, 4, 2]], ["b", [null, 6, null]]]) }, 0, 60e6);
    expect(most).toBe(10);
    expect(path).toBe("M0 100L0 100.0L500 0.0L1000 80.0L1000 100Z");
  });

  it("keeps a peak that shares a column with less", () => {
    const timesUs = Array.from({ length: 1000 }, (_, index) => index * 60_000);
    const lag = timesUs.map((_, index) => (index === 501 ? 99 : 1));
    expect(lagArea({ timesUs, groups: new Map([["a", lag]]) }, 0, 60e6).most).toBe(99);
  });

  it("is empty before there is any", () => {
    expect(lagArea({ timesUs: [], groups: new Map() }, 0, 60e6)).toEqual({ path: "", most: 0 });
  });
});

describe("labels of events", () => {
  it("never lie over one another nor leave the line", () => {
    const positions = Array.from({ length: 40 }, (_, index) => ({ x: (index * 37) % 600, width: 40 + ((index * 13) % 60), important: index % 7 === 0 }));
    const places = placeLabels(positions, 600).filter((place) => place !== null);
    expect(places.length).toBeGreaterThan(3);
    for (const place of places) {
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.left + place.width).toBeLessThanOrEqual(600);
      for (const other of places) expect(other === place || other.left >= place.left + place.width || place.left >= other.left + other.width).toBe(true);
    }
  });

  it("give way to the important one, else to the newer one", () => {
    const at = (x: number, important: boolean) => ({ x, width: 80, important });
    expect(placeLabels([at(100, false), at(110, false)], 600)).toEqual([null, { left: 70, width: 80 }]);
    expect(placeLabels([at(100, true), at(110, false)], 600)).toEqual([{ left: 60, width: 80 }, null]);
  });
});

describe("the clock", () => {
  it("shows minutes, seconds and tenths, and hours when there are any", () => {
    expect([formatClock(0), formatClock(42_000_000), formatClock(61_990_000), formatClock(3_723_450_000)]).toEqual(["00:00.0", "00:42.0", "01:01.9", "1:02:03.4"]);
  });
});
