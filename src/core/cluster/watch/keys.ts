/** Keys numbered in the order in which they first appeared in a Produce request; a key's colour follows from its number. */
export type KeyNumbers = Map<string, number>;

const COLOURS = 8;
const MOST_KEYS = 65_536;

/** The key's number, given now if it has none. Beyond the cap all new keys share the last number. */
export function numberKey(keys: KeyNumbers, key: string): number {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const number = Math.min(keys.size, MOST_KEYS);
  if (number < MOST_KEYS) keys.set(key, number);
  return number;
}

/** Colour 0 to 7 of a key, -1 without one. A key not seen yet gets the colour it would be given now. */
export function keyColour(keys: KeyNumbers, key: unknown): number {
  return typeof key === "string" ? (keys.get(key) ?? keys.size) % COLOURS : -1;
}
