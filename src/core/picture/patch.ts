import { isAlike } from "./isAlike";

/**
 * What becomes of a value, as plain data that is small where little has changed. A text, number, boolean or null takes its place; an object
 * says what becomes of some of its fields; a list says what to do.
 */
export type Patch = null | string | number | boolean | { readonly [Field in string]: Patch } | Deed;

export type Deed =
  /** This takes its place. */
  | readonly ["set", unknown]
  /** Some items of a list become others. */
  | readonly ["items", readonly (readonly [at: number, patch: Patch])[]]
  /** Of a list, the items from here up to there stay, and others come before and behind them. */
  | readonly ["keep", from: number, to: number, before: readonly unknown[], behind: readonly unknown[]];

/** How `before` becomes `now`; undefined where they are alike. `applyPatch` of the store does it. */
export function patchOf(before: unknown, now: unknown): Patch | undefined {
  if (isAlike(before, now)) return undefined;
  if (typeof now !== "object" || now === null) return now as Patch; // plain data
  if (typeof before !== "object" || before === null || Array.isArray(before) !== Array.isArray(now)) return ["set", now];
  if (Array.isArray(before) && Array.isArray(now)) return moved(before, now) ?? (before.length === now.length ? ["items", itemPatches(before, now)] : ["set", now]);
  const fields = Object.keys(now);
  if (!isAlike(Object.keys(before), fields)) return ["set", now];
  const [old, fresh] = [before as Readonly<Record<string, unknown>>, now as Readonly<Record<string, unknown>>];
  return Object.fromEntries(fields.map((field) => [field, patchOf(old[field], fresh[field])] as const).filter((entry): entry is readonly [string, Patch] => entry[1] !== undefined));
}

function itemPatches(before: readonly unknown[], now: readonly unknown[]): (readonly [number, Patch])[] {
  return now.flatMap((item, at) => {
    const patch = patchOf(before[at], item);
    return patch === undefined ? [] : [[at, patch] as const];
  });
}

/** A list of which items went at one end and others, the very same objects, stayed. */
function moved(before: readonly unknown[], now: readonly unknown[]): Deed | null {
  const from = before.indexOf(now[0]);
  if (from >= 0 && before.slice(from).every((item, at) => now[at] === item)) return ["keep", from, before.length, [], now.slice(before.length - from)];
  const fresh = now.indexOf(before[0]);
  if (fresh >= 0 && now.slice(fresh).every((item, at) => before[at] === item)) return ["keep", 0, now.length - fresh, now.slice(0, fresh), []];
  return null;
}
