import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { goldenJson1, packedText } from "../../e2e/simulate/links/hostileLink";
import { randomShared } from "../../e2e/simulate/links/randomShared";
import { outcomeOf } from "../../e2e/simulate/links/tryLinks";
import { clusterLimits } from "../core/kafka/limits";
import { nextBelow, randomStream } from "../core/sim/random";
import type { Json } from "./kinds/kind";
import { decodeLink, encodeLink, type LinkProblem } from "./link";
import { dictionary2 } from "./packing/dictionary2";
import { dictionary1 } from "./packing/t1/dictionary1";
import { presets } from "./presets/presets";
import { orders } from "./presets/orders";
import type { Scenario, SharedScenario } from "./scenario";
import { shared as sharedKind } from "./scenarioKinds";
import { parseScenario } from "./schema";
import { largeScenario } from "./testScenario";
import golden1 from "./vectors/link-t1.json";
import golden2 from "./vectors/link-t2.json";

function reasonOf(fragment: string): LinkProblem["reason"] | "no problem" {
  const decoded = decodeLink(fragment);
  return "problem" in decoded ? decoded.problem.reason : "no problem";
}

/** The link of a document that the schema may refuse. */
function linkOf(changed: object): string {
  return encodeLink({ scenario: { ...orders, ...changed } as Scenario, run: null });
}

/** The link of codec t2 of any JSON. */
function packed2(json: unknown): string {
  return packedText("t2", JSON.stringify(json));
}

const large = { scenario: largeScenario(), run: null };

describe("a link", () => {
  it.each(presets)("of the preset $id opens as exactly that", async ({ load }) => {
    const shared = { scenario: await load(), run: null };
    const decoded = decodeLink(encodeLink(shared));
    expect(decoded).toEqual({ shared });
    expect(JSON.stringify(decoded)).toBe(JSON.stringify({ shared }));
  });

  it("of any scenario and run opens as exactly that", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const shared = randomShared(seed);
      expect(parseScenario(shared.scenario), `seed ${seed}`).toEqual({ scenario: shared.scenario });
      const decoded = decodeLink(encodeLink(shared));
      expect(decoded, `seed ${seed}`).toEqual({ shared });
      expect(JSON.stringify(decoded)).toBe(JSON.stringify({ shared }));
    }
  });

  it("needs nothing but letters, digits, dots, dashes and underscores, has no two dashes in a row, and ends in a letter or a digit", () => {
    for (let seed = 1; seed <= 2000; seed++) {
      const shared = seed <= 100 ? randomShared(seed) : { scenario: { ...orders, seed }, run: null };
      const link = encodeLink(shared);
      expect(link).toMatch(/^t2\.(?:[\w.]|-(?!-))*[A-Za-z0-9]$/);
      expect(JSON.stringify(decodeLink(link)), link).toBe(JSON.stringify({ shared }));
    }
  });

  it("of 5 producers, 3 topics, 4 groups and 12 consumers, all placed, has at most 1,000 characters", () => {
    const link = encodeLink(large);
    expect(decodeLink(link)).toEqual({ shared: large });
    expect(link.length).toBeLessThanOrEqual(1000);
  });

  it("of codec t1 opens for ever, as a document of today", () => {
    const { scenario, run } = golden1.shared;
    expect(decodeLink(golden1.fragment)).toEqual({ shared: { scenario: { ...scenario, schemaVersion: 2 }, run } });
  });

  it("of codec t2 opens for ever", () => {
    for (const { fragment, shared } of golden2) expect(decodeLink(fragment)).toEqual({ shared });
  });

  it.each([
    ["t1", dictionary1, "1fa83212eb1c7d6cb3423e18723723f7b208a9c82c62037676fb0a7afdbf2d85"],
    ["t2", dictionary2, "9cd33fdc8d5e951b64aea257cb55d245afa1b53f12ace89cac64b3a775ea0201"],
  ])("of codec %s keeps its dictionary for ever", (_codec, dictionary, digest) => {
    expect(createHash("sha256").update(dictionary).digest("hex")).toBe(digest);
  });
});

describe("a link that is damaged says so", () => {
  const links = [golden1.fragment, encodeLink({ scenario: orders, run: null }), encodeLink(large), ...golden2.map(({ fragment }) => fragment)];

  it("cut off, wherever", () => {
    for (const link of links) {
      expect(reasonOf("")).toBe("notALink");
      // One underscore at the end is found again, and what stands behind a link is not missed.
      const least = link.length - (link.endsWith("_0") ? 2 : /_$|-0$/.test(link) ? 1 : 0);
      for (let length = 1; length < least; length++) expect(reasonOf(link.slice(0, length)), `${length} of ${link.length}`).toBe("cutOff");
    }
    expect(decodeLink(golden1.fragment.slice(0, -2))).toEqual({ problem: { reason: "cutOff", params: { missing: 2 } } });
  });

  it("corrupt, whichever character is another", () => {
    const random = randomStream(1, "flips");
    for (const link of links) {
      // An underscore at the end is put back where it is missing.
      for (let at = 3; at < link.length - (link.endsWith("_0") ? 2 : 1); at++) {
        const others = `${ALPHABET}%. é한>\u200b`.replace(link[at] as string, "");
        for (const other of [link[at] === "A" ? "B" : "A", others[nextBelow(random, others.length)]]) {
          expect(reasonOf(link.slice(0, at) + other + link.slice(at + 1)), `${other} at ${at} of ${link}`).toBe("corrupt");
        }
      }
    }
  });

  it("corrupt, when characters are left out or change places", () => {
    for (const link of links.filter((one) => !one.slice(3).includes("."))) {
      for (let at = 3; at + 2 < link.length; at++) {
        expect(["corrupt", "cutOff"], `without ${at}`).toContain(reasonOf(link.slice(0, at) + link.slice(at + 1)));
        const swapped = link.slice(0, at) + link[at + 1] + link[at] + link.slice(at + 2);
        if (swapped !== link) expect(reasonOf(swapped), `swapped at ${at}`).toBe("corrupt");
      }
    }
  });

  it("and never throws on noise", () => {
    const random = randomStream(2, "noise");
    for (let round = 0; round < 2000; round++) {
      const noise = Array.from({ length: nextBelow(random, 80) }, () => ALPHABET[nextBelow(random, 64)]).join("");
      expect(["cutOff", "corrupt"]).toContain(reasonOf(`${round % 2 === 0 ? "t1:" : "t2."}${noise}`));
    }
  });
});

describe("a link that does not open for another reason", () => {
  it.each(["section-2", "T1:AAAA", "preset:orders", "한글", ":", "t:AAAA", "v2.0", "https://example.org/", "#"])("%s is none", (fragment) => expect(reasonOf(fragment)).toBe("notALink"));
  it("of a codec that there never was is damaged", () => expect(decodeLink("t0.AAAA")).toEqual({ problem: { reason: "corrupt", params: {} } }));
  it("is of a codec to come", () => expect(decodeLink("t3.AAAA")).toEqual({ problem: { reason: "newer", params: { codec: "t3" } } }));
  it("is of a schema to come", () => {
    expect(decodeLink(linkOf({ schemaVersion: 3 }))).toEqual({ problem: { reason: "newer", params: { path: "schemaVersion", version: 3 } } });
  });
  it("holds what is not allowed", () => {
    expect(decodeLink(linkOf({ seed: -1 }))).toEqual({ problem: { reason: "invalid", params: { path: "seed", detail: "min", min: 0 } } });
    const run = { engineVersion: 1, timeUs: 5, eventCount: 1, journal: [{ timeUs: 6, eventCount: 1, command: { type: "deliverAs", mode: "queue" } }] } as const;
    expect(decodeLink(encodeLink({ scenario: orders, run }))).toEqual({ problem: { reason: "invalid", params: { path: "journal.1", detail: "order" } } });
  });
  it("asks for a run that would never end", () => {
    const run = { engineVersion: 1, timeUs: 5, eventCount: 9e15, journal: [] };
    expect(decodeLink(encodeLink({ scenario: orders, run }))).toEqual({ problem: { reason: "invalid", params: { path: "eventCount", detail: "max", max: 100_000_000 } } });
    expect(decodeLink(encodeLink({ scenario: orders, run: { ...run, eventCount: 1, timeUs: 9e15 } }))).toMatchObject({ problem: { params: { path: "timeUs", detail: "max" } } });
  });
  it.each([
    ["no list", {}, ""],
    ["a number", 5, ""],
    ["a field without a value", [1], ""],
    ["nothing", [], "schemaVersion"],
    ["numbers that do not rise", [2, null, 1, [1, 2]], ""],
    ["a number twice", [1, [1, 2], 1, [1, 2]], ""],
    ["a number that is a text", [1, [1, 2, "4", 7]], "scenario"],
    ["a name without a value", [1, [1, 2, 14, ["topic:t"]]], "scenario.layout"],
    ["a name twice", [1, [1, 2, 14, ["topic:t", [1, 0, 2, 0], "topic:t", [1, 1, 2, 1]]]], "scenario.layout"],
    ["a variant without a number", [1, [1, 2, 8, [[1, "p", 3, [2, [null]]]]]], "scenario.producers.0.source.keys"],
    ["a text for a number", [1, [1, 2, 4, "7"]], "seed"],
    ["no name", [1, [1, 2, 7, [[2, 4]]]], "topics.0.name"],
    ["too many entries", [1, [1, 2, 7, Array.from({ length: clusterLimits.maxTopics + 1 }, () => 0)]], "scenario.topics"],
  ])("has another form than its codec: %s", (_what, json, path) => {
    expect(decodeLink(packed2(json))).toMatchObject({ problem: { reason: "invalid", params: { path } } });
  });
  it.each([null, 5, "[]", [], [[], 0], [[], 0, 0], [[2], 0], { scenario: 1 }])("has another form than codec t1: %j", (json) => {
    expect(decodeLink(packedText("t1", JSON.stringify(json)))).toMatchObject({ problem: { reason: "invalid", params: { detail: "type" } } });
  });
  it("is no JSON", () => expect(decodeLink(packedText("t2", "[1,"))).toEqual({ problem: { reason: "invalid", params: { path: "", detail: "type", expected: "Array" } } }));
  it("is small, and would become large", () => {
    const link = linkOf({ description: "a".repeat(900_000) });
    expect(link.length).toBeLessThan(5000);
    expect(decodeLink(link)).toEqual({ problem: { reason: "invalid", params: { path: "description", detail: "tooMany", max: 2000 } } });
    expect(() => linkOf({ description: "a".repeat(1_000_000) })).toThrow(RangeError);
  });
  it("holds lists in lists in lists", () => {
    expect(decodeLink(packedText("t2", "[".repeat(500_000)))).toEqual({ problem: { reason: "invalid", params: { path: "", detail: "tooDeep", max: 32 } } });
    expect(decodeLink(packed2([1, [1, 2, 2, "[".repeat(50), 3, '\\"['.repeat(50)]]))).toHaveProperty("shared");
  });
  it("is too long", () => expect(decodeLink(`t1:${"A".repeat(200_001)}`)).toMatchObject({ problem: { reason: "invalid", params: { path: "", detail: "tooMany", max: 200_000 } } }));
  it("has a journal that is too long", () => {
    const commands = (count: number): Json[] => Array.from({ length: count }, () => [3, [15, 1, 1]]);
    const withRun = (count: number): string => packed2([1, [1, 2], 2, [1, 1, 2, 0, 3, 0, 4, commands(count)]]);
    expect(decodeLink(withRun(10_000))).toHaveProperty("shared");
    expect(decodeLink(withRun(10_001))).toEqual({ problem: { reason: "invalid", params: { path: "run.journal", detail: "tooMany", max: 10_000 } } });
  });
});

describe("a link of a newer page of the same codec says so", () => {
  it.each<[what: string, json: Json, path: string]>([
    ["another thing beside scenario and run", [1, [1, 2], 3, []], "3"],
    ["a field of a scenario", [1, [1, 2, 99, 1]], "scenario.99"],
    ["a field of a topic", [1, [1, 2, 7, [[1, "orders", 9, 1]]]], "scenario.topics.0.9"],
    ["a kind of keys", [1, [1, 2, 8, [[1, "p", 3, [2, [9, 1, "x"]]]]]], "scenario.producers.0.source.keys.9"],
    ["a verb", [1, [1, 2, 13, 99]], "scenario.verb"],
    ["a command", [1, [1, 2], 2, [1, 1, 2, 0, 3, 0, 4, [[3, [99, 1, "x"]]]]], "run.journal.0.command.99"],
    ["a field of a command", [1, [1, 2], 2, [1, 1, 2, 0, 3, 0, 4, [[3, [15, 1, 1, 2, 1]]]]], "run.journal.0.command.2"],
    ["a language", [1, [1, 2, 2, [1, "a", 2, "b", 3, "c"]]], "scenario.name.3"],
  ])("%s", (_what, json, path) => expect(decodeLink(packed2(json))).toMatchObject({ problem: { reason: "newer", params: { path } } }));
});

describe("what a link leaves out", () => {
  it("is what has its default", () => {
    const parsed = parseScenario({ schemaVersion: 2, topics: [{ name: "orders" }], consumers: [], groups: [{ groupId: "g", topics: ["orders"] }] });
    if ("problem" in parsed) throw new Error(JSON.stringify(parsed.problem));
    expect(sharedKind.pack({ scenario: parsed.scenario, run: null })).toEqual([1, [1, 2, 7, [[1, "orders"]], 9, [[1, "g", 2, ["orders"]]]]]);
  });

  it("was written out in codec t1, and is the same", () => {
    const opened = decodeLink(packedText("t1", JSON.stringify(goldenJson1())));
    const again = "shared" in opened && decodeLink(encodeLink(opened.shared as SharedScenario)); // it was looked at
    expect(JSON.stringify(again)).toBe(JSON.stringify(opened));
    expect(outcomeOf(golden1.fragment)).toBe("accepted");
  });
});

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
