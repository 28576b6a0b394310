import { describe, expect, it } from "vitest";
import { problemText } from "../../../actions/problems";
import { narrationMessages as narration } from "../../../i18n/en/narration";
import { panelMessages as panels } from "../../../i18n/en/panels";
import { narrationMessages as narrationKo } from "../../../i18n/ko/narration";
import { panelMessages as panelsKo } from "../../../i18n/ko/panels";

/** The places that are filled, each once: a language may use a figure twice. */
function places(text = ""): string {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort().join();
}

function differences(english: Readonly<Record<string, string>>, korean: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(english).filter((key) => places(english[key]) !== places(korean[key]));
}

describe("the words", () => {
  it("tell the same figures in both languages", () => {
    expect(differences(narration, narrationKo)).toEqual([]);
    expect(differences(panels, panelsKo)).toEqual([]);
  });

  it("pair their bold marks", () => {
    const texts: readonly string[] = [narration, panels, narrationKo, panelsKo].flatMap((messages) => Object.values(messages));
    expect(texts.filter((text) => text.split("**").length % 2 === 0)).toEqual([]);
  });
});

describe("problemText", () => {
  it("says what is allowed, and names the field and the cap in words", () => {
    expect(problemText({ reason: "valueInvalid", params: { name: "rate", value: -1, min: 0, max: 9 } })).toBe("Possible for Rate: 0 to 9.");
    expect(problemText({ reason: "limitReached", params: { limit: "maxGroups", value: 16 } })).toBe(
      "A limit of this playground is reached: groups, at most 16.",
    );
  });

  it("says which rule a config breaks, and which other config that rule is about", () => {
    const heartbeat = { name: "heartbeat.interval.ms", rule: "max", allowed: "44999", because: "session.timeout.ms" };
    expect(problemText({ reason: "configInvalid", params: heartbeat })).toBe("heartbeat.interval.ms must be at most 44999. That follows from session.timeout.ms.");
    expect(problemText({ reason: "configInvalid", params: { name: "acks", rule: "choice", allowed: "all, 1, 0" } })).toBe("Possible for acks: all, 1, 0.");
  });

  it("says the plain reason where there is no more to say", () => {
    expect(problemText({ reason: "unknownTopic", params: { name: "orders" } })).toBe("There is no topic orders.");
  });
});
