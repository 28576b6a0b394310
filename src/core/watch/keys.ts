/** Keys numbered in the order in which they first appeared in a Produce request; a key's colour follows from its number. */
export type KeyNumbers = Map<string, number>;

/** By a source's own numbers of its keys, the world's; -1 for one that was not looked for yet. What is known of it belongs to one table of numbers. */
export function numbersOf(keys: KeyNumbers, source: object): Int32Array {
  if (keys === lastKeys && source === lastSource) return lastNumbers;
  let ofWorld = numbers.get(keys);
  if (!ofWorld) numbers.set(keys, (ofWorld = new Map()));
  let ofSource = ofWorld.get(source);
  if (!ofSource) ofWorld.set(source, (ofSource = new Int32Array(MOST_OF_SOURCE).fill(-1)));
  [lastKeys, lastSource, lastNumbers] = [keys, source, ofSource];
  return ofSource;
}

/** A number that a key has, it keeps; so this is known again, and no state of a world. */
const numbers = new WeakMap<KeyNumbers, Map<object, Int32Array>>();
let lastKeys: KeyNumbers | null = null;
let lastSource: object | null = null;
let lastNumbers: Int32Array = new Int32Array(0);
const MOST_OF_SOURCE = 1024;

const COLOURS = 8;
const MOST_KEYS = 65_536;

/** The key's number, given now if it has none; null for a new key beyond the cap: it is told from no other such key. */
export function numberKey(keys: KeyNumbers, key: string): number | null {
  const known = keys.get(key);
  if (known !== undefined) return known;
  if (keys.size >= MOST_KEYS) return null;
  keys.set(key, keys.size);
  return keys.size - 1;
}

/** Colour 0 to 7 of a key, -1 without one. A key not seen yet gets the colour it would be given now. */
export function keyColour(keys: KeyNumbers, key: unknown): number {
  return typeof key === "string" ? (keys.get(key) ?? keys.size) % COLOURS : -1;
}
