/** Keys numbered in the order in which they first appeared in a Produce request; a key's colour follows from its number. */
export type KeyNumbers = Map<string, number>;

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
