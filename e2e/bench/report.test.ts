import { describe, expect, it } from "vitest";
import { figure, figureLines, headingOf, median, rowLines } from "./report";
import type { Outcome } from "./turns";

const figures = { rate: { what: "records", unit: "records/s", goal: "1,000,000" }, garbage: { what: "garbage", unit: "bytes" } };

const outcome = (name: string, values: Record<string, number[]>, cannot: string | null = null): Outcome => ({ name, values: new Map(Object.entries(values)), cannot });

/** Cells of each line: columns are apart by two blanks at least. */
const cells = (text: string): string[][] => text.trimEnd().split("\n").map((line) => line.trim().split(/ {2,}/));

describe("the bench's report", () => {
  it("finds the middle, of an even count too", () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("writes figures as people read them", () => {
    expect([1_234_567.4, 123.4, 12.34, 1.234, 0.1234, 0, -1234].map(figure)).toEqual(["1,234,567", "123", "12.3", "1.23", "0.123", "0.000", "-1,234"]);
  });

  it("gives of one side its median, its spread and how often it was measured", () => {
    expect(cells(figureLines(figures, [outcome("here", { rate: [2000, 1000, 3000], garbage: [8] })]))).toEqual([
      ["records", "records/s", "1,000,000", "2,000 (1,000 to 3,000)", "3"],
      ["garbage", "bytes", "8.00 (8.00 to 8.00)", "1"],
    ]);
  });

  it("puts two sides side by side, with the ratio of their medians", () => {
    const [line] = cells(figureLines({ rate: figures.rate }, [outcome("here", { rate: [300, 100, 200] }), outcome("there", { rate: [400, 400, 400] })]));
    expect(line).toEqual(["records", "records/s", "1,000,000", "200 (100 to 300)", "400 (400 to 400)", "0.500x", "3"]);
  });

  it("says in words what a side cannot give, all of it or some", () => {
    const nothing = figureLines(figures, [outcome("here", { rate: [1], garbage: [2] }), outcome("there", {}, "there is no such scene")]);
    expect(cells(nothing)).toEqual([
      ["records", "records/s", "1,000,000", "1.00 (1.00 to 1.00)", "-", "-", "1; 0"],
      ["garbage", "bytes", "2.00 (2.00 to 2.00)", "-", "-", "1; 0"],
      ["there cannot: there is no such scene"],
    ]);
    const some = figureLines(figures, [outcome("here", { rate: [1], garbage: [2] }), outcome("there", { rate: [1] })]);
    expect(some).toContain('there cannot: it gives no figure for "garbage"');
  });

  it("says at the top what stands where", () => {
    expect(headingOf(["this checkout"])).toBe("Columns: what; unit; goal; this checkout, median (least to most); how many measurements.");
    expect(headingOf(["aaaaaaa", "bbbbbbb"])).toContain("bbbbbbb, the same; aaaaaaa / bbbbbbb;");
  });

  it("gives rows of words as they are", () => {
    expect(cells(rowLines([{ what: "encode", goal: "1 ms", measured: "0.3 ms" }]))).toEqual([["encode", "1 ms", "0.3 ms"]]);
  });
});
