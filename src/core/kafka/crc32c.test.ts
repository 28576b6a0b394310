import { describe, expect, it } from "vitest";
import { crc32c } from "./crc32c";
import { hexToBytes } from "./vectors/hex";
import recorded from "./vectors/recordbatch.json";

describe("crc32c", () => {
  it.each(recorded.crc32c)("BYT-2 $name", ({ hex, crc32c: expected }) => {
    expect(crc32c(hexToBytes(hex))).toBe(expected);
  });

  it.each(recorded.crc32c)("BYT-2 $name, as a part from start up to end", ({ hex, crc32c: expected }) => {
    const bytes = hexToBytes(`abcdef${hex}99`);
    expect(crc32c(bytes, 3, bytes.length - 1)).toBe(expected);
  });
});
