import { clusterLimits } from "../../../src/core/kafka/limits";
import { nextBelow, randomStream, type RandomStream } from "../../../src/core/sim/random";
import type { Json } from "../../../src/scenario/kinds/kind";
import { encodeLink } from "../../../src/scenario/link";
import { dictionary2 } from "../../../src/scenario/packing/dictionary2";
import { envelopeOf, openEnvelope, sealEnvelope } from "../../../src/scenario/packing/envelope";
import { dictionary1 } from "../../../src/scenario/packing/t1/dictionary1";
import { shared } from "../../../src/scenario/scenarioKinds";
import golden from "../../../src/scenario/vectors/link-t1.json" with { type: "json" };
import { pick } from "./oddValues";
import { randomShared } from "./randomShared";

export interface HostileLink {
  readonly kind: string;
  readonly text: string;
}

/** A link that somebody or something has made to do harm: the same seed, the same link. */
export function hostileLink(seed: number): HostileLink {
  const random = randomStream(seed, "hostile link");
  // Bombs take long to make, so they are rare.
  if (nextBelow(random, 100) === 0) return { kind: "bomb", text: bomb(random) };
  const kind = pick(random, Object.keys(makers) as (keyof typeof makers)[]); // the object literal has exactly these
  return { kind, text: makers[kind](random) };
}

/** A JSON text rightly packed, whatever it says. */
export function packedText(codec: "t1" | "t2", text: string): string {
  return codec === "t1" ? `t1:${sealEnvelope(text, dictionary1)}` : `t2.${sealEnvelope(text, dictionary2)}`;
}

/** What the link of codec t1 that opens for ever holds, every shape among it. */
export function goldenJson1(): Json {
  const opened = openEnvelope(golden.fragment.slice("t1:".length), golden.fragment.length, dictionary1);
  if ("problem" in opened) throw new Error("the link of codec t1 does not open");
  return JSON.parse(opened.text) as Json; // a packed link
}

const makers = {
  flipped: (random: RandomStream) => times(1 + nextBelow(random, 3), honest(random), (link) => splice(random, link, 1, character(random))),
  cut: (random: RandomStream) => {
    const link = honest(random);
    const from = nextBelow(random, link.length);
    return nextBelow(random, 2) === 0 ? link.slice(0, from) : link.slice(0, from) + link.slice(from + 1 + nextBelow(random, 9));
  },
  inserted: (random: RandomStream) => times(1 + nextBelow(random, 3), honest(random), (link) => splice(random, link, 0, character(random))),
  joined: (random: RandomStream) => {
    const [one, other] = [honest(random), honest(random)];
    return one.slice(0, nextBelow(random, one.length)) + other.slice(nextBelow(random, other.length));
  },
  garbage: (random: RandomStream) => {
    const packed = Uint8Array.from({ length: nextBelow(random, 300) }, () => nextBelow(random, 256));
    return pick(random, ["t1:", "t2."]) + envelopeOf(packed, nextBelow(random, pick(random, [10, 1000, 1_000_001, 0xff_ffff])));
  },
  garbageText: (random: RandomStream) => packedText(pick(random, codecs), Array.from({ length: nextBelow(random, 60) }, () => pick(random, jsonBits)).join("")),
  mutated1: (random: RandomStream) => packedText("t1", JSON.stringify(mutated(random, goldenJson1()))),
  mutated2: (random: RandomStream) => packedText("t2", JSON.stringify(mutated(random, shared.pack(randomShared(nextBelow(random, 1000)))))),
  percents: (random: RandomStream) => {
    const link = splice(random, honest(random), 0, pick(random, ["%", "%2", "%E3%80", "%ff%fe", "%00", "%E2%80%8B"]));
    return Array.from(link, (one) => (nextBelow(random, 9) === 0 ? `%${one.charCodeAt(0).toString(16).padStart(2, "0")}` : one)).join("");
  },
  dashes: (random: RandomStream) => times(1 + nextBelow(random, 5), honest(random), (link) => splice(random, link, nextBelow(random, 2), pick(random, ["\u2013", "\u2014", "\u2014\u200b", "--", "-.-", "---", "%E2%80%94"]))),
} satisfies Record<string, (random: RandomStream) => string>;

const codecs = ["t1", "t2"] as const;
const jsonBits = ["[", "]", ",", "0", "1", "2", "null", "true", '"', '"a"', "\\u0000", "{", "}", ":", "1e999", "-0", " ", "\u2028", "[1,[1,2"];
const strangers: readonly unknown[] = [null, true, 0, -1, 1, 2, 0.5, 99, 1e308, -0, 2 ** 53, "", "__proto__", "constructor", "\u200b", "x".repeat(3000), [], [[]], [1], [1, 2], {}, JSON.parse('{"__proto__":1}'), { toString: null }, [0, "a"], [99, []]];

function honest(random: RandomStream): string {
  return nextBelow(random, 8) === 0 ? golden.fragment : encodeLink(randomShared(nextBelow(random, 1000)));
}

function times(count: number, text: string, change: (text: string) => string): string {
  return Array.from({ length: count }).reduce<string>((changed) => change(changed), text);
}

function splice(random: RandomStream, text: string, removed: number, added: string): string {
  const at = nextBelow(random, text.length + 1);
  return text.slice(0, at) + added + text.slice(at + removed);
}

function character(random: RandomStream): string {
  return pick(random, [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:#%> \n한\u200b\u2014"]);
}

/** The same JSON with a few of its places changed: replaced, doubled, left out, put in a list, or put elsewhere. */
function mutated(random: RandomStream, json: Json): unknown {
  const copy = structuredClone(json) as unknown[]; // packed links are lists
  for (let count = nextBelow(random, 3); count >= 0; count--) {
    const lists = listsIn(copy);
    const list = pick(random, lists);
    const at = nextBelow(random, list.length + 1);
    const stranger = structuredClone(pick(random, [...strangers, pick(random, lists), list[nextBelow(random, list.length + 1)]]));
    const change = nextBelow(random, 4);
    if (change === 0) list.splice(at, 1);
    else if (change === 1) list.splice(at, 0, stranger);
    else list[at] = change === 2 ? stranger : [list[at]];
  }
  return copy;
}

function listsIn(json: unknown): unknown[][] {
  return Array.isArray(json) ? [json, ...json.flatMap(listsIn)] : [];
}

function bomb(random: RandomStream): string {
  const size = pick(random, [20_000, 300_000, 990_000]);
  const filled = (piece: string, before = "", after = ""): string => before + piece.repeat(Math.floor((size - before.length - after.length) / piece.length)) + after;
  const keys = (): string => `{${Array.from({ length: Math.floor(size / 12) }, (_, at) => `"k${at}":0`).join(",")}}`;
  const commands = Math.min(Math.floor(size / 40), clusterLimits.maxJournalCommands + pick(random, [-1, 0, 1]));
  const journal = `[1,[1,2],2,[1,1,2,0,3,0,4,[${Array.from({ length: commands }, () => pick(random, ["[3,[15,1,1]]", "[1,5,3,[12,1,\"c\"]]"])).join(",")}]]]`;
  const depth = 1 + nextBelow(random, 31);
  return packedText(
    pick(random, codecs),
    pick(random, [
      () => filled("["),
      () => `[${filled("[],")}0]`,
      () => `[${filled(`${"[".repeat(depth)}${"]".repeat(depth)},`)}0]`,
      () => `[${filled("0,")}0]`,
      () => `[${filled("1.5e-7,")}0]`,
      () => `["${filled("a")}"]`,
      () => `["${filled("\\u0041")}"]`,
      () => `[1,[1,2,2,"${"한".repeat(size / 4)}"]]`,
      () => `${filled('{"a":')}0`,
      () => `[${filled('{"a":0},')}0]`,
      keys,
      () => `[1,[1,2,14,[${filled('"topic:t",[1,0,2,0],')}"topic:u",[1,0,2,0]]]]`,
      () => `[1,[1,2,8,[[1,"p",3,[2,[2,1,[${filled('"k",')}"k"]]]]]]]`,
      () => filled(" ", "", "[]"),
      () => journal,
    ])(),
  );
}
