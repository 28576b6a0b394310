/**
 * A 64-bit fingerprint of plain data, the same in every engine: two runs are equal exactly when their states' digests are. Maps and
 * objects count in their own order, because that order is part of a deterministic run.
 */
export function digest(value: unknown): string {
  const state = { high: 0x9e3779b9 | 0, low: 0x85ebca6b | 0 };
  feed(state, value);
  return (state.high >>> 0).toString(16).padStart(8, "0") + (state.low >>> 0).toString(16).padStart(8, "0");
}

interface DigestState {
  high: number;
  low: number;
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
  feedObject(state, value);
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
    const items = value as unknown as ArrayLike<number>;
    mix(state, 0x79 ^ items.length);
    for (let index = 0; index < items.length; index++) feed(state, items[index]);
  } else {
    mix(state, 0x6f);
    for (const [field, entry] of Object.entries(value)) {
      feed(state, field);
      feed(state, entry);
    }
  }
}
