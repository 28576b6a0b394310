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
  if (before === now) return undefined;
  if (typeof now !== "object" || now === null) return now as Patch; // plain data
  if (typeof before !== "object" || before === null || Array.isArray(before) !== Array.isArray(now)) return ["set", now];
  if (Array.isArray(before) && Array.isArray(now)) return listPatch(before, now);
  const [old, fresh] = [before as Readonly<Record<string, unknown>>, now as Readonly<Record<string, unknown>>];
  const fields = Object.keys(fresh);
  if (!isAlike(Object.keys(old), fields)) return ["set", now];
  let patches: Record<string, Patch> | undefined;
  for (const field of fields) {
    const patch = patchOf(old[field], fresh[field]);
    if (patch !== undefined) (patches ??= {})[field] = patch;
  }
  return patches;
}

function listPatch(before: readonly unknown[], now: readonly unknown[]): Patch | undefined {
  if (before.length !== now.length) return moved(before, now) ?? ["set", now];
  const items = itemPatches(before, now);
  return items.length === 0 ? undefined : (moved(before, now) ?? ["items", items]);
}

function itemPatches(before: readonly unknown[], now: readonly unknown[]): (readonly [number, Patch])[] {
  const patches: (readonly [number, Patch])[] = [];
  for (let at = 0; at < now.length; at++) {
    const patch = patchOf(before[at], now[at]);
    if (patch !== undefined) patches.push([at, patch]);
  }
  return patches;
}

/** A list of which items went at one end and others, the very same objects, stayed. */
function moved(before: readonly unknown[], now: readonly unknown[]): Deed | null {
  const from = before.indexOf(now[0]);
  if (from >= 0 && before.slice(from).every((item, at) => now[at] === item)) return ["keep", from, before.length, [], now.slice(before.length - from)];
  const fresh = now.indexOf(before[0]);
  if (fresh >= 0 && now.slice(fresh).every((item, at) => before[at] === item)) return ["keep", 0, now.length - fresh, now.slice(0, fresh), []];
  return null;
}
