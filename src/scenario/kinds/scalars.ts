import { invalid, newer, refuse } from "../problem";
import type { Json, Kind } from "./kind";

/** A kind whose values stand in a link as they are. */
export function plain<Value extends Json>(read: Kind<Value>["read"]): Kind<Value> {
  return { read, pack: (value) => value, unpack: (json) => json };
}

/** A finite number from `min` to `max`; minus zero becomes zero, which is all that JSON knows. */
export function numberFrom(min: number, max: number): Kind<number> {
  return plain((value, path) => within(numberAt(value, path), min, max, path));
}

export function wholeFrom(min: number, max: number): Kind<number> {
  return plain((value, path) => {
    const number = numberAt(value, path);
    return Number.isSafeInteger(number) ? within(number, min, max, path) : refuse(invalid(path, "whole"));
  });
}

export function textUpTo(maxLength: number): Kind<string> {
  return plain((value, path) => {
    if (typeof value !== "string") return refuse(invalid(path, "type", { expected: "string" }));
    return value.length <= maxLength ? value : refuse(invalid(path, "tooMany", { max: maxLength }));
  });
}

/** A text of which `isFine` says whether it is a name. */
export function nameUpTo(maxLength: number, isFine: (name: string) => boolean): Kind<string> {
  const text = textUpTo(maxLength);
  return plain((value, path) => {
    const name = text.read(value, path);
    return isFine(name) ? name : refuse(invalid(path, "name"));
  });
}

export const flag: Kind<boolean> = plain((value, path) => (typeof value === "boolean" ? value : refuse(invalid(path, "type", { expected: "boolean" }))));

/** One of a few words, in a link by its number. Numbers are never given again. */
export function choice<Word extends string>(numbers: Readonly<Record<Word, number>>): Kind<Word> {
  const words = Object.keys(numbers) as Word[]; // the object literal has exactly these
  const byNumber = new Map<Json, Word>(words.map((word) => [numbers[word], word]));
  return {
    read: (value, path) => words.find((word) => word === value) ?? refuse(invalid(path, "choice", { allowed: words.join(", ") })),
    pack: (word) => numbers[word],
    unpack: (json, path) => byNumber.get(json) ?? refuse(newer(path, "choice")),
  };
}

/** null, or a value of the kind. */
export function nullable<Value>(kind: Kind<Value>): Kind<Value | null> {
  return {
    read: (value, path) => (value === null ? null : kind.read(value, path)),
    pack: (value) => (value === null ? null : kind.pack(value)),
    unpack: (json, path) => (json === null ? null : kind.unpack(json, path)),
  };
}

function numberAt(value: unknown, path: string): number {
  return typeof value === "number" && !Number.isNaN(value) ? value : refuse(invalid(path, "type", { expected: "number" }));
}

function within(value: number, min: number, max: number, path: string): number {
  if (value < min) return refuse(invalid(path, "min", { min }));
  if (value > max) return refuse(invalid(path, "max", { max }));
  return value === 0 ? 0 : value;
}
