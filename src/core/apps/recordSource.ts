import { nextBelow, type RandomStream } from "../sim/random";
import type { KeySource, RecordSource } from "./program";

/** The key of the next record, or null. */
export function nextKey(keys: KeySource, random: RandomStream): string | null {
  switch (keys.kind) {
    case "none":
      return null;
    case "list":
      return keys.keys.length === 0 ? null : (keys.keys[nextBelow(random, keys.keys.length)] as string);
    case "range":
      return `${keys.prefix}${keys.from + nextBelow(random, keys.to - keys.from + 1)}`;
    case "skewed": {
      const others = keys.to - keys.from;
      if (others === 0 || nextBelow(random, 100) < keys.hotPercent) return `${keys.prefix}${keys.from}`;
      return `${keys.prefix}${keys.from + 1 + nextBelow(random, others)}`;
    }
  }
}

/** JSON text of the next record's value, filled up to the source's size in bytes. */
export function nextValue(source: RecordSource, sendNumber: number, random: RandomStream): string {
  const item = `${"ABC"[nextBelow(random, 3)]}-${100 + nextBelow(random, 200)}`;
  const text = `{"n":${sendNumber},"item":"${item}"}`;
  const missing = source.valueSizeInBytes - text.length;
  return missing <= 9 ? text : `${text.slice(0, -1)},"pad":"${".".repeat(missing - 9)}"}`;
}

/**
 * Virtual µs until the application sends again: the mean is one over the rate, spread evenly from half to one and a half of it, so
 * that two producers do not march in step.
 */
export function nextPauseUs(source: RecordSource, random: RandomStream): number {
  const meanUs = Math.max(1, Math.round(1_000_000 / source.ratePerSecond));
  return Math.max(1, Math.floor(meanUs / 2) + nextBelow(random, meanUs + 1));
}
