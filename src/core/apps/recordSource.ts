import { nextBelow, type RandomStream } from "../sim/random";
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

/** Draws what distinguishes a record's value beside its number. */
export function nextDraw(random: RandomStream): number {
  return nextBelow(random, 3) * ITEMS + nextBelow(random, ITEMS);
}

/** The same draw in one of the topics that its record goes to, the first of which is 0. */
export function drawIn(draw: number, topicIndex: number): number {
  return (draw % DRAWS) + topicIndex * DRAWS;
}

const ITEMS = 200;
const DRAWS = 3 * ITEMS;

/**
 * JSON text of a value, filled up to the source's size in bytes. Its number is that of the record's first send, from which the sends to
 * further topics count on.
 */
export function valueText(source: RecordSource, sendNumber: number, draw: number): string {
  const stem = valueStem(sendNumber, draw);
  const pad = valuePad(source, stem);
  return pad < 0 ? `${stem}}` : `${stem}${PAD_BEFORE}${".".repeat(pad)}${PAD_BEHIND}}`;
}

/** What stands around the dots that fill a value up. */
export const PAD_BEFORE = ',"pad":"';
export const PAD_BEHIND = '"';

/** What a value begins with: all of it but what fills it up, and the bracket that closes it. */
export function valueStem(sendNumber: number, draw: number): string {
  return `{"n":${sendNumber - Math.floor(draw / DRAWS)},"item":"${"ABC"[Math.floor((draw % DRAWS) / ITEMS)]}-${100 + (draw % ITEMS)}"`;
}

/** How many dots fill it up; -1 where nothing does. */
export function valuePad({ valueSizeInBytes }: RecordSource, stem: string): number {
  const missing = valueSizeInBytes - stem.length - 1;
  return missing <= SHORTEST_PAD ? -1 : missing - SHORTEST_PAD;
}

/** A value without its number. */
const EMPTY_VALUE = '{"n":,"item":"A-100"}';
/** Bytes that filling up takes at least, less one. */
const SHORTEST_PAD = 9;
const MOST_DIGITS = 16;

/** Bytes of a value with a number. */
export function valueSize({ valueSizeInBytes }: RecordSource, number: number): number {
  // Whatever its number, it is filled up.
  if (valueSizeInBytes > EMPTY_VALUE.length + MOST_DIGITS + SHORTEST_PAD) return valueSizeInBytes;
  const size = EMPTY_VALUE.length + digitsOf(number);
  return valueSizeInBytes - size <= SHORTEST_PAD ? size : valueSizeInBytes;
}

function digitsOf(number: number): number {
  let digits = 1;
  for (let rest = number; rest >= 10; rest /= 10) digits++;
  return digits;
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
  nextDraw(random);
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

/** How many keys a source draws from. */
export function keyCount(keys: KeySource): number {
  if (keys.kind === "none") return 0;
  return keys.kind === "list" ? keys.keys.length : keys.to - keys.from + 1;
}
