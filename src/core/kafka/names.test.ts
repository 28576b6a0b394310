import { describe, expect, it } from "vitest";
import { isLegibleName } from "./names";

describe("the name of a group or a client", () => {
  it.each(["billing", "청구 그룹 🚚", "__proto__", "constructor", "42", " a", "a\u200bb", "👩‍💻", "\ud83d"])("CMD-7 may be %j", (name) => {
    expect(isLegibleName(name)).toBe(true);
  });

  it.each(["", " ", "\u3000", "\u200b", "\u200b\ufeff \u2060", "\u3164", "a\u0007", "a\n", "\u007f", "a\u202eb", "\u2066a\u2069"])("CMD-7 is not %j", (name) => {
    expect(isLegibleName(name)).toBe(false);
  });
});
