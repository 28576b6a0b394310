import { byteLength } from "../sim/byteLength";
import { nextBelow, nextUint32, type RandomStream } from "../sim/random";
import type { KeySource, RecordSource } from "./program";

/** The key of the next record as its number among those that the source draws from, or -1 where it has none. */
export function nextKeyNumber(keys: KeySource, random: RandomStream): number {
  switch (keys.kind) {
    case "none":
      return -1;
    case "list":
      return keys.keys.length === 0 ? -1 : nextBelow(random, keys.keys.length);
    case "range":
      return nextBelow(random, keys.to - keys.from + 1);
    case "skewed": {
      const others = keys.to - keys.from;
      return others === 0 || nextBelow(random, 100) < keys.hotPercent ? 0 : 1 + nextBelow(random, others);
    }
  }
}

/** The text of a key by its number. */
export function keyText(keys: KeySource, number: number): string | null {
  if (number < 0 || keys.kind === "none") return null;
  return keys.kind === "list" ? (keys.keys[number] ?? null) : `${keys.prefix}${keys.from + number}`;
}

/** JSON text of the next record's value, filled up to the source's size in bytes. */
export function nextValue(source: RecordSource, sendNumber: number, random: RandomStream): string {
  const item = `${"ABC"[nextBelow(random, 3)]}-${100 + nextBelow(random, 200)}`;
  const text = `{"n":${sendNumber},"item":"${item}"}`;
  const missing = source.valueSizeInBytes - text.length;
  return missing <= SHORTEST_PAD ? text : `${text.slice(0, -1)},"pad":"${".".repeat(missing - SHORTEST_PAD)}"}`;
}

/** A value without its number. */
const EMPTY_VALUE = '{"n":,"item":"A-100"}';
/** Bytes that filling up takes at least, less one. */
const SHORTEST_PAD = 9;

/** Bytes of a record's value. */
export function valueSize({ valueSizeInBytes }: RecordSource, sendNumber: number): number {
  const size = EMPTY_VALUE.length + String(sendNumber).length;
  return valueSizeInBytes - size <= SHORTEST_PAD ? size : valueSizeInBytes;
}

/** Bytes of the longest key, in UTF-8; -1 where there are no keys. */
export function mostKeyBytes(keys: KeySource): number {
  switch (keys.kind) {
    case "none":
      return -1;
    case "list":
      return keys.keys.reduce((most, key) => Math.max(most, byteLength(key)), -1);
    case "range":
    case "skewed":
      return byteLength(keys.prefix) + Math.max(String(keys.from).length, String(keys.to).length);
  }
}

/** When the application makes a record, the count of it from the next one on, virtual µs: as far as `untilUs`, beyond which it does not matter. */
export function sendTimeUs(source: RecordSource, random: RandomStream, nextUs: number, count: number, untilUs: number): number {
  const ahead = { ...random };
  let timeUs = nextUs;
  for (let at = 1; at < count && timeUs < untilUs; at++) {
    skipRecord(source, ahead);
    timeUs += nextPauseUs(source, ahead);
  }
  return timeUs;
}

/** Draws what a record's key and value take. */
function skipRecord({ keys }: RecordSource, random: RandomStream): void {
  nextKeyNumber(keys, random);
  nextUint32(random);
  nextUint32(random);
}

/** The least that `nextPauseUs` gives. */
export function shortestPauseUs(source: RecordSource): number {
  return Math.max(1, Math.floor(meanPauseUs(source) / 2));
}

function meanPauseUs({ ratePerSecond }: RecordSource): number {
  return Math.max(1, Math.round(1_000_000 / ratePerSecond));
}

/**
 * Virtual µs until the application sends again: the mean is one over the rate, spread evenly from half to one and a half of it, so
 * that two producers do not march in step.
 */
export function nextPauseUs(source: RecordSource, random: RandomStream): number {
  const meanUs = meanPauseUs(source);
  return Math.max(1, Math.floor(meanUs / 2) + nextBelow(random, meanUs + 1));
}
