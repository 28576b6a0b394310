import { nextBelow, nextUint32, type RandomStream } from "../../../src/core/sim/random";

/** Values of the oddest kinds, from a stream of chance. */

export function pick<Value>(random: RandomStream, values: readonly Value[]): Value {
  return values[nextBelow(random, values.length)] as Value; // there is at least one
}

export function many<Value>(random: RandomStream, most: number, make: (at: number) => Value): Value[] {
  return Array.from({ length: nextBelow(random, most + 1) }, (_, at) => make(at));
}

export function distinct<Value>(values: readonly Value[], nameOf: (value: Value) => string): Value[] {
  return [...new Map(values.map((value) => [nameOf(value), value])).values()];
}

/** Often a fraction with all its digits. */
export function number(random: RandomStream, below: number): number {
  return nextBelow(random, 2) === 0 ? nextBelow(random, below) : (nextUint32(random) / 0x1_0000_0000) * below;
}

/** A few odd words, a lone half of a surrogate pair and what JSON, HTML and addresses care about among them. */
export function text(random: RandomStream): string {
  return many(random, 5, () => pick(random, oddWords)).join("");
}

const oddWords = ["주문 ", "결제", "a", '"', "\\", "<b>", "&#", "🚚", "\ud83d", "é", "e\u0301", "\u2028", "%2F", "__proto__", "한글\u200b", "]", "0"];
