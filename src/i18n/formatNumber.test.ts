import { expect, it } from "vitest";
import { formatNumber } from "./formatNumber";

it("writes numbers as English and Korean do", () => {
  for (const value of [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 123_456_789, 0.5, 2.6, 1234.5, -1234]) {
    expect([formatNumber(value), formatNumber(value)]).toEqual([value.toLocaleString("en"), value.toLocaleString("ko")]);
  }
});
