import { isUserTopicName } from "../../../core/kafka/names";
import type { MessageKey, Params } from "../../../i18n/t";

/** A field's text as a value, or what is allowed instead. */
export type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: FieldProblem };

export interface FieldProblem {
  readonly key: MessageKey;
  readonly params: Params;
}

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** A number in the range; both ends are allowed. Digits only, with a point where the range is not of whole numbers. */
export function parseNumber(text: string, range: NumberRange): Parsed<number> {
  const trimmed = text.trim();
  const pattern = range.whole ? /^-?\d+$/ : /^-?(\d+(\.\d*)?|\.\d+)$/;
  const value = Number(trimmed);
  if (pattern.test(trimmed) && value >= range.min && value <= range.max) return { ok: true, value };
  const key = range.whole ? "settings.problem.wholeRange" : "settings.problem.range";
  return { ok: false, problem: { key, params: { min: range.min, max: range.max } } };
}

/** Keys separated by commas or lines; blanks around a key are no part of it. A key that stands twice is drawn twice as often. */
export function parseKeyList(text: string, maxKeys: number): Parsed<readonly string[]> {
  const keys = listed(text);
  if (keys.length >= 1 && keys.length <= maxKeys) return { ok: true, value: keys };
  return { ok: false, problem: { key: "settings.problem.keyCount", params: { max: maxKeys } } };
}

/** The last number of a range of keys that begins at `from`. */
export function parseRangeEnd(text: string, from: number, maxKeys: number): Parsed<number> {
  return parseNumber(text, { min: from, max: from + maxKeys - 1, whole: true });
}

/** Names separated in the same way, each once; there may be none. */
export function parseNames(text: string, most: number): Parsed<readonly string[]> {
  const names = [...new Set(listed(text))];
  if (names.length <= most) return { ok: true, value: names };
  return { ok: false, problem: { key: "settings.problem.nameCount", params: { max: most } } };
}

/** The same, of topics that a person may have. */
export function parseTopicNames(text: string, most: number): Parsed<readonly string[]> {
  const wrong = listed(text).find((name) => !isUserTopicName(name));
  return wrong === undefined ? parseNames(text, most) : { ok: false, problem: { key: "problem.nameInvalid", params: { name: wrong } } };
}

function listed(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
