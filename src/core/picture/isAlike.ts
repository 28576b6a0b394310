/** Deep equality of plain data. */
export function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, index) => isAlike(item, other[index]));
  const fields = Object.keys(one);
  if (fields.length !== Object.keys(other).length) return false;
  return fields.every((field) => Object.hasOwn(other, field) && isAlike((one as Record<string, unknown>)[field], (other as Record<string, unknown>)[field]));
}

/** A list whose items are the very ones that were there before, wherever there were such: so it can be told by what came and went. */
export function withKnown<Item>(now: readonly Item[], before: readonly Item[]): readonly Item[] {
  return before.length === 0 ? now : now.map((item) => before.find((known) => isAlike(known, item)) ?? item);
}
