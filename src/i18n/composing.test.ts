import { describe, expect, it } from "vitest";
import { isComposing } from "./composing";

describe("a key in the middle of a composition", () => {
  it("is the keyboard's: in every browser, also for the key that ends it", () => {
    expect(isComposing({ isComposing: true, keyCode: 27 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 27 })).toBe(false);
  });
});
