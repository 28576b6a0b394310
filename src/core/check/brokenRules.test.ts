import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brokenText } from "../../../e2e/simulate/brokenRules/brokenRule";
import { brokenRules } from "../../../e2e/simulate/brokenRules/brokenRules";
import { catchRule } from "../../../e2e/simulate/brokenRules/catchRule";
import { parseCommandLine } from "../../../e2e/simulate/commandLine";

const top = new URL("../../../", import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, top), "utf8");

describe("SIM-14 random worlds notice a broken rule, without the tests of that rule", () => {
  it.each(brokenRules.map((broken) => [`${broken.rule}: ${broken.words}`, broken] as const))("%s: it is a rule, and what breaks it stands in its file once", (_name, broken) => {
    expect(textOf("src/core/SPEC.md")).toContain(`\n- ${broken.rule} `);
    expect(brokenText(broken, textOf(broken.file))).not.toBe(textOf(broken.file));
  });

  it("what does not stand there, or stands there twice, breaks nothing", () => {
    const broken = { rule: "LOG-1", words: "", file: "a.ts", find: "one", put: "two" };
    expect(brokenText(broken, "exactly one")).toBe("exactly two");
    expect(() => brokenText(broken, "two")).toThrow("does not hold what is to be replaced");
    expect(() => brokenText(broken, "one and one")).toThrow("holds what is to be replaced 2 times");
  });

  // `npm run simulate -- --mutations` tries them all.
  it.each([
    ["LOG-3", "gave the batch from"],
    ["MET-2", "was told to end at"],
    ["CON-3", "but processed only below"],
    ["CON-8", "and so does"],
  ])("%s", async (rule, words) => {
    const broken = brokenRules.find((candidate) => candidate.rule === rule);
    if (!broken) throw new Error(`nothing breaks ${rule}`);
    expect((await catchRule(broken))?.sentence).toContain(words);
  });

  it("the command line takes one of them, or all", () => {
    expect(parseCommandLine(["--mutations"])).toEqual({ kind: "mutations", only: null });
    expect(parseCommandLine(["--mutations", "--only", "LOG-3"])).toEqual({ kind: "mutations", only: "LOG-3" });
    expect(parseCommandLine(["--seeds", "1", "--only", "LOG-3"])).toEqual({ problem: "--only goes with --mutations." });
    expect(parseCommandLine(["--mutations", "--seeds", "1"])).toHaveProperty("problem");
    expect(parseCommandLine(["--mutations", "--from", "1"])).toHaveProperty("problem");
  });
});
