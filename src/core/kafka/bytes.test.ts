import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "./bytes";
import { bytesToHex, hexToBytes } from "./vectors/hex";
import recorded from "./vectors/recordbatch.json";

function written(write: (writer: ByteWriter) => void): string {
  const writer = new ByteWriter(1);
  write(writer);
  expect(writer.finish()).toHaveLength(writer.length);
  return bytesToHex(writer.finish());
}

describe("varints", () => {
  it.each(recorded.unsignedVarint)("BYT-1 unsigned $value", ({ value, asUint32, hex, size }) => {
    expect(written((writer) => writer.unsignedVarint(value))).toBe(hex);
    const reader = new ByteReader(hexToBytes(hex));
    expect(reader.unsignedVarint()).toBe(asUint32);
    expect(reader.position).toBe(size);
  });

  it.each(recorded.varint)("BYT-1 zigzag $value", ({ value, hex, size }) => {
    expect(written((writer) => writer.varint(value))).toBe(hex);
    const reader = new ByteReader(hexToBytes(hex));
    expect(reader.varint()).toBe(value);
    expect(reader.position).toBe(size);
  });

  it.each(recorded.varlong)("BYT-1 long zigzag $value", ({ value, hex, size }) => {
    expect(written((writer) => writer.varlong(BigInt(value)))).toBe(hex);
    const reader = new ByteReader(hexToBytes(hex));
    expect(reader.varlong()).toBe(BigInt(value));
    expect(reader.position).toBe(size);
  });

  const isSafe = ({ value }: { readonly value: string }): boolean => Number.isSafeInteger(Number(value));

  it.each(recorded.varlong.filter(isSafe))("BYT-1 long zigzag $value as a number", ({ value, hex, size }) => {
    expect(written((writer) => writer.varlong(Number(value)))).toBe(hex);
    const reader = new ByteReader(hexToBytes(hex));
    expect(reader.safeVarlong()).toBe(Number(value));
    expect(reader.position).toBe(size);
  });

  it.each(recorded.varlong.filter((vector) => !isSafe(vector)))("BYT-1 refuses to round the long zigzag $value", ({ hex }) => {
    expect(() => new ByteReader(hexToBytes(hex)).safeVarlong()).toThrow(RangeError);
  });

  it.each(recorded.invalidVarints)("BYT-1 refuses a $type of too many bytes", ({ type, hex }) => {
    const reader = new ByteReader(hexToBytes(hex));
    expect(() => (type === "varint" ? reader.varint() : reader.varlong())).toThrow(RangeError);
  });

  it("BYT-1 refuses a varint that is cut off", () => {
    expect(() => new ByteReader(hexToBytes("ff")).unsignedVarint()).toThrow(RangeError);
    expect(() => new ByteReader(hexToBytes("ffff")).varlong()).toThrow(RangeError);
    expect(() => new ByteReader(hexToBytes("")).safeVarlong()).toThrow(RangeError);
  });
});

describe("fixed sizes", () => {
  it.each([
    ["int8", "80", -128],
    ["int16", "8000", -32768],
    ["int32", "80000000", -2147483648],
    ["uint32", "ffffffff", 4294967295],
    ["int64", "ffffffffffffffff", -1],
    ["int64", "001fffffffffffff", Number.MAX_SAFE_INTEGER],
    ["int64", "ffe0000000000001", Number.MIN_SAFE_INTEGER],
    ["int64", "00000000ffffffff", 4294967295],
    ["int64", "ffffffff00000000", -4294967296],
  ] as const)("BYT-3 %s %s", (type, hex, value) => {
    expect(written((writer) => writer[type](value))).toBe(hex);
    expect(new ByteReader(hexToBytes(hex))[type]()).toBe(value);
  });

  it("BYT-3 tells null from empty, and measures strings in UTF-8", () => {
    expect(written((writer) => writer.nullableString(null))).toBe("ffff");
    expect(written((writer) => writer.nullableString(""))).toBe("0000");
    expect(written((writer) => writer.string("é"))).toBe("0002c3a9");
    expect(written((writer) => writer.nullableBytes(null))).toBe("ffffffff");
    expect(written((writer) => writer.nullableBytes(new Uint8Array()))).toBe("00000000");
    expect(new ByteReader(hexToBytes("ffff0002c3a9")).nullableString()).toBeNull();
    expect(new ByteReader(hexToBytes("ffff0002c3a9"), 2).string()).toBe("é");
    expect(new ByteReader(hexToBytes("ffffffff")).nullableBytes()).toBeNull();
    expect(new ByteReader(hexToBytes("0000000199")).bytes()).toEqual(hexToBytes("99"));
  });

  it("BYT-3 refuses null where it may not be, text that is not UTF-8, and what is cut off or too long", () => {
    expect(() => new ByteReader(hexToBytes("ffff")).string()).toThrow(RangeError);
    expect(() => new ByteReader(hexToBytes("ffffffff")).bytes()).toThrow(RangeError);
    expect(() => new ByteReader(hexToBytes("0001ff")).string()).toThrow(RangeError);
    expect(() => new ByteReader(hexToBytes("000361")).string()).toThrow(RangeError);
    expect(() => new ByteReader(hexToBytes("00")).int16()).toThrow(RangeError);
    expect(() => new ByteReader(hexToBytes("00")).raw(-1)).toThrow(RangeError);
    expect(() => new ByteWriter().string("x".repeat(32768))).toThrow(RangeError);
  });

  it("BYT-3 reads views of larger buffers", () => {
    const view = hexToBytes("00112233").subarray(1, 3);
    const reader = new ByteReader(view);
    expect(reader.int16()).toBe(0x1122);
    expect(reader.remaining).toBe(0);
  });

  it("BYT-3 patches what was written earlier", () => {
    const patched = written((writer) => {
      writer.int32(0);
      writer.int8(7);
      writer.patchInt32(0, 0xdeadbeef);
    });
    expect(patched).toBe("deadbeef07");
  });
});
