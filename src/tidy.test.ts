import { readdirSync, readFileSync } from "node:fs";
import { posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { banErrors, shapeErrors } from "./tidy/bans";
import { circleErrors, importErrors } from "./tidy/imports";
import { lockfileErrors, nameErrors, specErrors, topLevelErrors, traceErrors } from "./tidy/records";
import { folderErrors, lengthErrors, longFiles } from "./tidy/sizes";
import { isShipped, isTest, parseSource } from "./tidy/source";

/**
 * The house rules that a program can check: who may import whom, what is banned where, names, lengths, and rules with tests.
 * Every checker takes its files as arguments, so that `tidy/examples.test.ts` can show it catching what it is for.
 */

const top = fileURLToPath(new URL("..", import.meta.url));
const notOurs = new Set([".git", ...readFileSync(`${top}.gitignore`, "utf8").split("\n")]);

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = posix.join(folder.split(sep).join("/"), entry.name);
    return entry.isDirectory() ? filesUnder(path) : [relative(top, path).split(sep).join("/")];
  });
}

const texts = new Map(
  filesUnder(top)
    .filter((file) => !/\.(?:png|woff2?|ico|zip|gz)$/.test(file))
    .map((file) => [file, readFileSync(`${top}${file}`, "utf8")]),
);
const codeFiles = Array.from(texts).filter(([file]) => /^(?:src|e2e)\/.*\.tsx?$/.test(file));
const sources = codeFiles.map(([file, text]) => parseSource(file, text));

describe("the project", () => {
  it("imports only what the table allows", () => expect(sources.flatMap(importErrors)).toEqual([]));
  it("has no circle of imports", () => expect(circleErrors(sources.filter(({ file }) => isShipped(file)))).toEqual([]));
  it("holds nothing that is banned", () => expect(sources.flatMap(banErrors)).toEqual([]));
  it("has no file of re-exports and no literal text", () => expect(sources.flatMap(shapeErrors)).toEqual([]));
  it("has names that say something", () => expect(Array.from(texts.keys()).flatMap(nameErrors)).toEqual([]));
  it("has nothing at its top level that does not belong there", () => expect(Array.from(texts.keys()).flatMap(topLevelErrors)).toEqual([]));
  it("has short files", () => {
    const lengths = Array.from(texts).filter(([file]) => /^(?:src|e2e|\.ci)\/.*\.(?:tsx?|css|mjs)$/.test(file));
    expect(lengthErrors(new Map(lengths.map(([file, text]) => [file, text.split("\n").length - 1])), longFiles)).toEqual([]);
  });
  it("has folders that can be looked over", () => expect(folderErrors(Array.from(texts.keys()))).toEqual([]));
  it("tests every rule of SPEC.md", () => {
    expect(specErrors(texts.get("src/core/SPEC.md") ?? "", new Map(codeFiles.filter(([file]) => isTest(file))))).toEqual([]);
  });
  it("holds no trace of a machine", () => expect(Array.from(texts).flatMap(([file, text]) => traceErrors(file, text))).toEqual([]));
  it("has a lockfile for every system", () => expect(lockfileErrors(texts.get("package-lock.json") ?? "{}")).toEqual([]));
});
