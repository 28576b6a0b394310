import { describe, expect, it } from "vitest";
import { goldenJson1, packedText } from "../../../e2e/simulate/links/hostileLink";
import { randomShared } from "../../../e2e/simulate/links/randomShared";
import { nextBelow, randomStream, type RandomStream } from "../../core/sim/random";
import { decodeLink, encodeLink } from "../link";
import { orders } from "../presets/orders";
import golden1 from "../vectors/link-t1.json";
import texts from "../vectors/carrier-texts.json";
import { findCarried, readCarried, writeCarried } from "./carried";

/** What a link opens as, as one text. */
function opened(text: string): string {
  return JSON.stringify(decodeLink(text));
}

/** Links of both codecs; among those of codec t1 are two and three dashes in a row, and one that ends in an underscore. */
const links1 = dashedLinks1();
const links2 = Array.from({ length: 60 }, (_, seed) => encodeLink(seed < 30 ? { scenario: { ...orders, seed }, run: null } : randomShared(seed)));
const links = [...links1, ...links2];

describe("a link that real carriers have handed on", () => {
  const arrivals = texts.cases.filter(({ arrived }) => arrived !== "").map(({ link, arrived }) => ({ sent: texts.links[link]!, arrived }));
  const whole = arrivals.filter(({ sent, arrived }) => !isCut(sent, arrived));

  it("opens as what was sent, unless its end is missing", () => {
    expect(arrivals.length - whole.length).toBe(arrivals.filter(({ arrived }) => "problem" in decodeLink(arrived)).length);
    for (const { sent, arrived } of whole) {
      expect(decodeLink(sent)).toHaveProperty("shared");
      expect(opened(arrived), arrived).toBe(opened(sent));
    }
  });

  it("says that it was cut off where it was", () => {
    for (const { sent, arrived } of arrivals) if (isCut(sent, arrived)) expect(decodeLink(arrived)).toMatchObject({ problem: { reason: "cutOff" } });
  });

  it("opens in codec t2 as well", () => {
    for (const { sent, arrived } of whole) {
      for (const link of links2) expect(opened(distortedAs(sent, arrived, link)), arrived).toBe(opened(link));
    }
  });
});

describe("a link opens", () => {
  const distortions: readonly [what: string, distort: (link: string, random: RandomStream) => string][] = [
    ["as a whole address", (link) => `https://example.org/topiq/?embed#${link}`],
    ["as a whole address that is escaped", (link) => encodeURIComponent(`https://example.org/topiq/#${link}`)],
    ["with what stands behind it in a sentence", (link, random) => link + pick(random, ["를", ")", "**", ".", ",", "_", "~~", "`", "'", "</a>", "&utm_source=x", "?fbclid=abc", "%22", "\u2026", " and more words", "abc"])],
    ["wrapped and quoted by mail", (link, random) => inserted(link, random, ["\n", "\r\n> ", " ", "%0A", "%0D%0A", "%20", "%3E", "\t", "\u00a0"])],
    ["wrapped in quoted-printable", (link, random) => inserted(link, random, ["=\n", "=\r\n"])],
    ["with the backslashes of Markdown", (link) => link.replace(/[_.-]/g, "\\$&")],
    ["escaped twice, as an address inside an address", (link) => encodeURIComponent(encodeURIComponent(`https://example.org/topiq/#${link}`))],
    ["escaped in every character", (link) => `https://example.org/#${[...link].map((character) => `%${character.charCodeAt(0).toString(16)}`).join("")}`],
    ["with places to break at", (link, random) => inserted(link, random, ["\u200b", "%E2%80%8B", "\ufeff", "\u2060", "\u00ad"])],
    ["with its separator escaped", (link) => link.replace(/^t1:/, "t1%3A").replace(/^t2\./, "t2%2E")],
    ["with its separator escaped in small letters", (link) => link.replace(/^t1:/, "t1%3a").replace(/^t2\./, "t2%2e")],
    ["with all of it escaped", (link) => Array.from(link, (one) => `%${one.charCodeAt(0).toString(16)}`).join("").replace(/^%74%(3\d)%../, (_all, digit) => `t${String.fromCharCode(Number(`0x${digit}`))}${link[2]}`)],
    ["with en dashes", (link) => link.replaceAll("--", "\u2013")],
    ["with escaped en dashes", (link) => link.replaceAll("--", "%E2%80%93")],
    ["with em dashes", (link) => link.replaceAll("--", "\u2014")],
    ["with em dashes and places to break at", (link) => link.replaceAll("--", "\u2014\u200b")],
    ["with escaped em dashes and places to break at", (link) => link.replaceAll("--", "%E2%80%94%E2%80%8B")],
    ["with em dashes for three and en dashes for two", (link) => link.replaceAll("---", "\u2014").replaceAll("--", "\u2013")],
    ["without an underscore at its end", (link) => link.replace(/_$/, "")],
  ];

  it.each(distortions)("%s", (_what, distort) => {
    const random = randomStream(7, "distortions");
    for (const link of links) expect(opened(distort(link, random)), distort(link, random)).toBe(opened(link));
  });

  it("in codec t2 without its dots, and without what stands behind it", () => {
    expect(writeCarried("t2", "a--b---c-")).toBe("t2.a-.-b-.-.-c-0");
    expect(writeCarried("t2", "a_")).toBe("t2.a_0");
    expect(readCarried(findCarried("t2.a-.-b-.-.-c-0")!)).toEqual({ envelopes: ["a--b---c-0"], arrivedLength: 10 });
    for (const link of links2) expect(opened(`t2.${link.slice(3).replaceAll(".", "")}`)).toBe(opened(link));
  });
});

/** Whether more than the last character of what was sent is missing, and nothing else is wrong. */
function isCut(sent: string, arrived: string): boolean {
  const [whole, kept] = [sentEnvelope(sent), sentEnvelope(arrived)];
  return whole.startsWith(kept) && kept.length < whole.length - 1;
}

function sentEnvelope(text: string): string {
  const carried = findCarried(text);
  return (carried && readCarried(carried).envelopes[0]) ?? "";
}

/** A link of codec t2 after what one of codec t1 has gone through. */
function distortedAs(sent: string, arrived: string, link: string): string {
  return arrived.replace(sent.slice("t1:".length), () => link.slice("t2.".length)).replace(/^t1(:|%3A)/, (_all, separator) => (separator === ":" ? "t2." : "t2%2E"));
}

function dashedLinks1(): readonly string[] {
  const json = goldenJson1() as unknown as { [at: number]: unknown }[]; // a list of lists
  const [two, three]: [string[], string[]] = [[], []];
  for (let seed = 0; three.length === 0 || two.length < 20; seed++) {
    json[0]![1] = ["", ..."Orders and payments"].slice(seed % 19).join(`${seed}`); // the second field of the scenario is its name
    const link = packedText("t1", JSON.stringify(json));
    if (link.includes("--")) (link.includes("---") ? three : two).push(link);
  }
  return [golden1.fragment, ...two.slice(0, 20), ...three];
}

function inserted(link: string, random: RandomStream, pieces: readonly string[]): string {
  const width = 20 + nextBelow(random, 60);
  return link.replace(new RegExp(`(?<=^.{3,})[^]{${width}}`, "g"), (line) => line + pick(random, pieces));
}

function pick<Value>(random: RandomStream, values: readonly Value[]): Value {
  return values[nextBelow(random, values.length)] as Value; // there is at least one
}
