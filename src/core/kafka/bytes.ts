import { decodeUtf8, utf8Length, writeUtf8 } from "./utf8";

/** Writes Kafka's primitive types (protocol guide, "Protocol Primitive Types") into a growing buffer, big-endian. */
export class ByteWriter {
  private buffer: Uint8Array;
  private view: DataView;
  private end = 0;

  constructor(capacity = 256) {
    this.buffer = new Uint8Array(capacity);
    this.view = new DataView(this.buffer.buffer);
  }

  get length(): number {
    return this.end;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.end);
  }

  int8(value: number): void {
    const at = this.reserve(1);
    this.view.setInt8(at, value);
  }
  int16(value: number): void {
    const at = this.reserve(2);
    this.view.setInt16(at, value);
  }
  int32(value: number): void {
    const at = this.reserve(4);
    this.view.setInt32(at, value);
  }
  uint32(value: number): void {
    const at = this.reserve(4);
    this.view.setUint32(at, value);
  }
  /** Exact for whole numbers up to 2^53 - 1 in size. */
  int64(value: number): void {
    const at = this.reserve(8);
    this.view.setInt32(at, Math.floor(value / 0x1_0000_0000));
    this.view.setUint32(at + 4, value >>> 0);
  }
  unsignedVarint(value: number): void {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.int8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.int8(rest);
  }
  /** Zigzag, 32 bits. */
  varint(value: number): void {
    this.unsignedVarint((value << 1) ^ (value >> 31));
  }
  /** Zigzag, 64 bits. */
  varlong(value: bigint | number): void {
    // The usual small numbers have the same bytes as a varint, and need no bigint.
    if (typeof value === "number" && value === (value | 0)) {
      this.varint(value);
      return;
    }
    const wide = BigInt(value);
    let rest = BigInt.asUintN(64, (wide << 1n) ^ (wide >> 63n));
    while (rest > 0x7fn) {
      this.int8(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.int8(Number(rest));
  }
  raw(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length);
    this.buffer.set(bytes, at);
  }
  /** The text's UTF-8 bytes alone; `length` is their number. */
  utf8(text: string, length: number): void {
    const at = this.reserve(length);
    writeUtf8(text, this.buffer, at);
  }
  /** STRING: int16 length, UTF-8. Throws a RangeError beyond 32767 bytes. */
  string(text: string): void {
    const length = utf8Length(text);
    if (length > 0x7fff) throw new RangeError(`a string of ${length} bytes is too long`);
    this.int16(length);
    this.utf8(text, length);
  }
  nullableString(text: string | null): void {
    if (text === null) this.int16(-1);
    else this.string(text);
  }
  /** BYTES: int32 length. */
  bytes(bytes: Uint8Array): void {
    this.int32(bytes.length);
    this.raw(bytes);
  }
  nullableBytes(bytes: Uint8Array | null): void {
    if (bytes === null) this.int32(-1);
    else this.bytes(bytes);
  }
  /** Overwrites four bytes written earlier, for lengths and checksums known only afterwards. */
  patchInt32(at: number, value: number): void {
    this.view.setInt32(at, value | 0);
  }

  /** Call before touching `view`, which growing replaces. */
  private reserve(size: number): number {
    const at = this.end;
    this.end += size;
    if (this.end > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.end, this.buffer.length * 2));
      larger.set(this.buffer);
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** Reads what `ByteWriter` writes. Throws a RangeError where the bytes end too soon or a varint is too long. */
export class ByteReader {
  private readonly view: DataView;
  private at: number;
  private readonly bytesIn: Uint8Array;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytesIn = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = offset;
  }

  get position(): number {
    return this.at;
  }
  get remaining(): number {
    return this.bytesIn.length - this.at;
  }

  int8(): number {
    return this.view.getInt8(this.take(1));
  }
  int16(): number {
    return this.view.getInt16(this.take(2));
  }
  int32(): number {
    return this.view.getInt32(this.take(4));
  }
  uint32(): number {
    return this.view.getUint32(this.take(4));
  }
  /** As a number; beyond 2^53 - 1 it is rounded. */
  int64(): number {
    const at = this.take(8);
    return this.view.getInt32(at) * 0x1_0000_0000 + this.view.getUint32(at + 4);
  }
  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.view.getUint8(this.take(1));
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError("varint is longer than 5 bytes");
  }
  varint(): number {
    const value = this.unsignedVarint();
    return (value >>> 1) ^ -(value & 1);
  }
  varlong(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.view.getUint8(this.take(1));
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        value = BigInt.asUintN(64, value);
        return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
      }
    }
    throw new RangeError("varlong is longer than 10 bytes");
  }
  /** A varlong as a number. Throws a RangeError beyond 2^53 - 1. */
  safeVarlong(): number {
    // One byte is the usual case, and needs no bigint.
    const first = this.remaining > 0 ? this.view.getUint8(this.at) : 0x80;
    if (first < 0x80) return this.varint();
    const value = Number(this.varlong());
    if (!Number.isSafeInteger(value)) throw new RangeError("a varlong is beyond 2^53 - 1");
    return value;
  }
  /** A view of the next `length` bytes, not a copy. */
  raw(length: number): Uint8Array {
    const at = this.take(length);
    return this.bytesIn.subarray(at, at + length);
  }
  string(): string {
    const text = this.nullableString();
    if (text === null) throw new RangeError("a string is null");
    return text;
  }
  nullableString(): string | null {
    const length = this.int16();
    if (length < 0) return null;
    const text = decodeUtf8(this.raw(length));
    if (text === null) throw new RangeError("a string is not UTF-8");
    return text;
  }
  bytes(): Uint8Array {
    const bytes = this.nullableBytes();
    if (bytes === null) throw new RangeError("bytes are null");
    return bytes;
  }
  nullableBytes(): Uint8Array | null {
    const length = this.int32();
    return length < 0 ? null : this.raw(length).slice();
  }

  private take(size: number): number {
    if (size < 0 || size > this.remaining) throw new RangeError(`${size} bytes wanted at ${this.at}, ${this.remaining} left`);
    const at = this.at;
    this.at += size;
    return at;
  }
}
