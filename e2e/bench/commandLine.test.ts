import { describe, expect, it } from "vitest";
import { parseCommandLine, usageOf } from "./commandLine";

const known = ["engine", "worker", "memory"];

describe("the bench's command line", () => {
  it("measures everything, alone, when nothing is said", () => {
    expect(parseCommandLine([], known)).toEqual({ parts: known, against: null, help: false });
  });

  it("takes parts and a commit, the parts in the order of the table", () => {
    expect(parseCommandLine(["--against", "c3d55aa", "--part", "memory", "--part=engine"], known)).toEqual({ parts: ["engine", "memory"], against: "c3d55aa", help: false });
  });

  it.each([
    [["--part", "engines"], "There is no part engines: engine, worker, memory."],
    [["--only", "engine"], "Unknown option '--only'"],
    [["engine"], "Unexpected argument 'engine'"],
    [["--against"], "Option '--against <value>' argument missing"],
    [["--against="], "--against wants a commit"],
    [["--against=--part"], "--against wants a commit"],
  ])("refuses %j in one sentence", (argv, problem) => {
    const parsed = parseCommandLine(argv, known);
    expect(parsed).toHaveProperty("problem", expect.stringContaining(problem));
    expect(parsed).not.toHaveProperty("problem", expect.stringContaining("\n"));
  });

  it("names every part in its usage", () => {
    expect(usageOf(known)).toContain(known.join(", "));
  });
});
