import { describe, expect, it } from "vitest";
import { hostileLink } from "../../e2e/simulate/links/hostileLink";
import { outcomeOf, type Outcome } from "../../e2e/simulate/links/tryLinks";

describe("hostile links", () => {
  it("are refused in words, or open as something valid that can be shared again", () => {
    const outcomes = new Set<Outcome>();
    for (let seed = 1; seed <= 2000; seed++) {
      const { kind, text } = hostileLink(seed);
      try {
        outcomes.add(outcomeOf(text));
      } catch (error) {
        throw new Error(`a link of kind ${kind}, seed ${seed}`, { cause: error });
      }
    }
    expect([...outcomes].sort()).toEqual(["accepted", "corrupt", "cutOff", "invalid", "newer", "notALink"]);
  });
});
