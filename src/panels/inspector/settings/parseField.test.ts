import { describe, expect, it } from "vitest";
import { parseKeyList, parseNames, parseNumber, parseRangeEnd, parseTopicNames } from "./parseField";

const whole = { min: 1, max: 64, whole: true };

describe("parseNumber", () => {
  it("takes both ends of the range", () => {
    expect(parseNumber(" 1 ", whole)).toEqual({ ok: true, value: 1 });
    expect(parseNumber("64", whole)).toEqual({ ok: true, value: 64 });
    expect(parseNumber("0.5", { min: 0, max: 10, whole: false })).toEqual({ ok: true, value: 0.5 });
  });

  it.each(["0", "65", "", "1.5", "four", "1e1", "0x10", "Infinity"])("refuses %j and says what is allowed", (text) => {
    expect(parseNumber(text, whole)).toEqual({ ok: false, problem: { key: "settings.problem.wholeRange", params: { min: 1, max: 64 } } });
  });

  it("refuses a lone point", () => {
    expect(parseNumber(".", { min: 0, max: 10, whole: false }).ok).toBe(false);
  });
});

describe("parseKeyList", () => {
  it("splits at commas and lines", () => {
    expect(parseKeyList("a, b\n c ,,", 10)).toEqual({ ok: true, value: ["a", "b", "c"] });
  });

  it("refuses none and too many", () => {
    const problem = { key: "settings.problem.keyCount", params: { max: 2 } };
    expect(parseKeyList(" , ", 2)).toEqual({ ok: false, problem });
    expect(parseKeyList("a,b,c", 2)).toEqual({ ok: false, problem });
  });
});

describe("parseNames", () => {
  it("takes each once, or none", () => {
    expect(parseNames("retry, dead\nretry", 2)).toEqual({ ok: true, value: ["retry", "dead"] });
    expect(parseNames(" , ", 2)).toEqual({ ok: true, value: [] });
  });

  it("refuses too many", () => {
    expect(parseNames("a,b,c", 2)).toEqual({ ok: false, problem: { key: "settings.problem.nameCount", params: { max: 2 } } });
  });
});

describe("parseTopicNames", () => {
  it("names the first that no topic can have", () => {
    expect(parseTopicNames("retry, dead", 2)).toEqual({ ok: true, value: ["retry", "dead"] });
    expect(parseTopicNames("retry, a b, ..", 8)).toEqual({ ok: false, problem: { key: "problem.nameInvalid", params: { name: "a b" } } });
  });
});

describe("parseRangeEnd", () => {
  it("is at least the beginning, and bounded by the number of keys", () => {
    expect(parseRangeEnd("5", 5, 10)).toEqual({ ok: true, value: 5 });
    expect(parseRangeEnd("14", 5, 10)).toEqual({ ok: true, value: 14 });
    expect(parseRangeEnd("15", 5, 10).ok).toBe(false);
    expect(parseRangeEnd("4", 5, 10).ok).toBe(false);
  });
});
