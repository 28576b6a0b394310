import { describe, expect, it } from "vitest";
import { decodeUtf8, encodeUtf8, utf8Length } from "./utf8";
import { hexToBytes } from "./vectors/hex";

describe("utf8", () => {
  it.each(["", "key-1", "é", "주문", "a😀b", "\u{10ffff}", "\ud800", "x\udc00y", "\ud800\ud800\udc00"])("BYT-3 encodes %j as TextEncoder does", (text) => {
    const expected = new TextEncoder().encode(text);
    expect(encodeUtf8(text)).toEqual(expected);
    expect(utf8Length(text)).toBe(expected.length);
    expect(decodeUtf8(expected)).toBe(new TextDecoder().decode(expected));
  });

  it.each(["80", "c0af", "c3", "e0a080ff", "e08080", "eda080", "f0808080", "f4908080", "ff"])("BYT-3 has no text for %s", (hex) => {
    expect(decodeUtf8(hexToBytes(hex))).toBeNull();
  });
});
