/**
 * A 64-bit fingerprint of plain data, the same in every engine: two runs are equal exactly when their states' digests are. Maps and
 * objects count in their own order, because that order is part of a deterministic run. Of some objects something else may count in their place.
 */
export function digest(value: unknown, instead?: Instead): string {
  const state = begin(instead);
  feed(state, value);
  return textOf(state);
}

/** Of bytes, one by one: what is kept with a digest of Kafka's bytes does not depend on how else we read memory. */
export function digestBytes(bytes: Uint8Array): string {
  const state = begin();
  mix(state, 0x79 ^ bytes.length);
  for (const byte of bytes) mix(state, byte);
  return textOf(state);
}

function begin(instead?: Instead): DigestState {
  return { high: 0x9e3779b9 | 0, low: 0x85ebca6b | 0, instead };
}

function textOf(state: DigestState): string {
  return (state.high >>> 0).toString(16).padStart(8, "0") + (state.low >>> 0).toString(16).padStart(8, "0");
}

/** What counts in place of an object: mostly the object itself. */
export type Instead = (value: object) => object;

interface DigestState {
  high: number;
  low: number;
  readonly instead: Instead | undefined;
}

const numberView = new DataView(new ArrayBuffer(8));

function mix(state: DigestState, word: number): void {
  state.low = Math.imul(state.low ^ word, 0x01000193);
  state.high = Math.imul((state.high ^ state.low) + 0x7f4a7c15, 0x85ebca6b);
  state.high ^= state.high >>> 13;
}

function feed(state: DigestState, value: unknown): void {
  if (typeof value === "number") {
    if ((value | 0) === value) return mix(state, value);
    numberView.setFloat64(0, value);
    mix(state, 0x6e);
    mix(state, numberView.getInt32(0));
    return mix(state, numberView.getInt32(4));
  }
  if (typeof value === "string") {
    mix(state, 0x73 ^ value.length);
    for (let index = 0; index < value.length; index++) mix(state, value.charCodeAt(index));
    return;
  }
  if (typeof value !== "object" || value === null) return mix(state, value === null ? 1 : value === true ? 2 : value === false ? 3 : 4);
  feedObject(state, state.instead ? state.instead(value) : value);
}

function feedObject(state: DigestState, value: object): void {
  if (Array.isArray(value)) {
    mix(state, 0x61 ^ value.length);
    for (const item of value) feed(state, item);
  } else if (value instanceof Map) {
    mix(state, 0x6d ^ value.size);
    for (const [key, entry] of value) {
      feed(state, key);
      feed(state, entry);
    }
  } else if (value instanceof Set) {
    mix(state, 0x74 ^ value.size);
    for (const entry of value) feed(state, entry);
  } else if (ArrayBuffer.isView(value)) {
    feedWords(state, value);
  } else {
    mix(state, 0x6f);
    for (const [field, entry] of Object.entries(value)) {
      feed(state, field);
      feed(state, entry);
    }
  }
}

/** A typed array by the words that it takes in memory, whatever kind of numbers they are; its last bytes one by one. All our machines are little-endian. */
function feedWords(state: DigestState, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
  mix(state, 0x79 ^ byteLength);
  const isAligned = byteOffset % 4 === 0;
  const words = isAligned ? byteLength >> 2 : 0;
  let { high, low } = state;
  if (words > 0) {
    const view = new Int32Array(buffer, byteOffset, words);
    for (let index = 0; index < words; index++) {
      low = Math.imul(low ^ (view[index] as number), 0x01000193);
      high = Math.imul((high ^ low) + 0x7f4a7c15, 0x85ebca6b);
      high ^= high >>> 13;
    }
    state.high = high;
    state.low = low;
  }
  const bytes = new Uint8Array(buffer, byteOffset + words * 4, byteLength - words * 4);
  for (const byte of bytes) mix(state, byte);
}
