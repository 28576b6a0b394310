import { beforeAll, describe, expect, it } from "vitest";
import { problemText } from "./problems";
import { loadWords } from "../i18n/t";

beforeAll(() => loadWords("panels", "problems"));

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
