import { readdirSync, readFileSync } from "node:fs";
import { posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseSync, Visitor } from "vite";

/**
 * The house rules that a program can check: who may import whom, what is banned where, names, lengths, and rules with tests.
 * Every checker takes its files as arguments, so that the examples at the end can show it catching what it is for.
 */

interface FolderRule {
  /** Our folders and modules that may be imported; the folder itself always may. `""` is everything. */
  readonly values: readonly string[];
  /** Those of which only types may be imported, besides. */
  readonly types?: readonly string[];
  /** npm packages that may be imported. Left out: any. */
  readonly packages?: readonly string[];
}

/** Kafka's words as data, which the page may read: names, defaults, ranges, caps. */
const kafkaData = ["core/kafka/configs", "core/kafka/limits", "core/kafka/names", "core/kafka/topicPartition"];
const pageTypes = ["core", "bridge", "scenario"];

/** The import table of README.md. */
const importTable: Readonly<Record<string, FolderRule>> = {
  "core/kafka": { values: [], packages: [] },
  "core/sim": { values: [], packages: [] },
  "core/apps": { values: ["core/sim"], packages: [] },
  "core/broker": { values: ["core/kafka", "core/sim"], packages: [] },
  "core/clients": { values: ["core/kafka", "core/sim", "core/apps"], packages: [] },
  "core/queue": { values: ["core/sim", "core/apps"], packages: [] },
  "core/cluster": { values: ["core"], packages: [] },
  scenario: { values: kafkaData, types: ["core"], packages: ["fflate"] },
  storage: { values: kafkaData, types: ["core"], packages: ["idb"] },
  bridge: { values: [], types: ["core", "scenario"], packages: [] },
  worker: { values: ["core", "scenario", "storage", "bridge"], packages: [] },
  tokens: { values: ["bridge"], packages: [] },
  store: { values: ["bridge", "scenario", ...kafkaData], types: ["core"] },
  ui: { values: [] },
  i18n: { values: [] },
  actions: { values: ["store", "scenario", "i18n", ...kafkaData], types: pageTypes },
  canvas: { values: ["store", "actions", "ui", "i18n", ...kafkaData, "tokens/tokenWorker"], types: pageTypes },
  panels: { values: ["store", "actions", "ui", "i18n", ...kafkaData], types: pageTypes },
  app: { values: [""] },
  "main.tsx": { values: [""] },
};

interface Ban {
  readonly name: string;
  readonly where: (file: string) => boolean;
  readonly find: RegExp;
  readonly within: "code" | "comments";
}

const isTest = (file: string): boolean => /\.(?:test|spec)\.tsx?$/.test(file);
const isCore = (file: string): boolean => file.startsWith("src/core/") && !isTest(file);
const isShipped = (file: string): boolean => file.startsWith("src/") && !isTest(file);
const isOurs = (): boolean => true;

const bans: readonly Ban[] = [
  {
    name: "chance comes from the seed, and these functions differ between machines",
    where: isCore,
    find: /\bMath\s*\.\s*(?:random|a?(?:cos|sin|tan)h?|atan2|cbrt|expm?1?|hypot|log(?:10|1p|2)?|pow)\b/g,
    within: "code",
  },
  { name: "a power with a fraction differs between machines", where: isCore, find: /\*\*(?!=?\s*\d+(?![\d.]))/g, within: "code" },
  { name: "time comes from the context", where: isCore, find: /\bDate\b/g, within: "code" },
  { name: "order must not depend on a locale", where: isCore, find: /\bIntl\b|\blocaleCompare\b|\btoLocale\w+/g, within: "code" },
  { name: "the core is synchronous", where: isCore, find: /\b(?:async|await|Promise)\b/g, within: "code" },
  { name: "the type any", where: isOurs, find: /(?:[:<>|&,]|\b(?:as|of|extends))\s*\bany\b(?!\s*\()|\bany\s*\[\]/g, within: "code" },
  { name: "left over from debugging", where: isShipped, find: /\bconsole\s*\.\s*(?:log|debug)\b|\bdebugger\b/g, within: "code" },
  {
    name: "a test that is left out",
    where: isTest,
    find: /\b(?:it|test|describe)(?:\.\w+)*\.(?:only|skip|todo|fixme)\b/g,
    within: "code",
  },
  { name: "a test that sleeps", where: isTest, find: /\bwaitForTimeout\b/g, within: "code" },
  { name: "the compiler silenced", where: isOurs, find: /@ts-(?:ignore|nocheck)\b/g, within: "comments" },
  { name: "work left undone", where: isOurs, find: /\b(?:TODO|FIXME|XXX)\b/g, within: "comments" },
];

const bannedWords = new Set(["util", "utils", "helper", "helpers", "manager", "managers"]);

const lengthLimit = 400;
/** Files that are one idea and longer than the limit, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {};

/** Paths of somebody's machine, and hosts that packages were downloaded from. */
const machineTraces = /\/(?:work|farm|tmp|root)\/|\/(?:home|Users)\/\w+\/|\bregistry\.[a-z\d-]+\.[a-z]+/g;

// ---- Checkers. A file is named by its path from the top folder, with slashes.

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

interface Source {
  readonly file: string;
  readonly imports: readonly Import[];
  /** The text with comments and the contents of strings, patterns and JSX text blanked, so that only code is found. */
  readonly code: string;
  readonly comments: string;
  /** Words that a user would read, written into a component. */
  readonly literalTexts: readonly { readonly text: string; readonly line: number }[];
  readonly onlyReexports: boolean;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function parseSource(file: string, text: string): Source {
  const { program, module, comments, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
  const imports: Import[] = [];
  const literalTexts: { text: string; line: number }[] = [];
  const quiet: Span[] = [];
  const addImport = (specifier: string, typeOnly: boolean, start: number): void => {
    imports.push({ specifier: specifier.replace(/\?.*$/, ""), typeOnly, line: lineOf(start) });
  };
  const addText = (words: string, start: number): void => {
    if (/[a-z]{2}|\p{Lo}/iu.test(words) && !/^\s*(?:topi|q|topiq)\s*$/i.test(words)) literalTexts.push({ text: words.trim(), line: lineOf(start) });
  };

  for (const { moduleRequest, entries, start } of module.staticImports) {
    addImport(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType), start);
  }
  for (const { entries, start } of module.staticExports) {
    const from = entries[0]?.moduleRequest;
    if (from) addImport(from.value, entries.every((entry) => entry.isType), start);
  }
  new Visitor({
    ImportExpression({ source, start }) {
      addImport(source.type === "Literal" ? String(source.value) : "a computed address", false, start);
    },
    TSImportType({ source, start }) {
      addImport(source.value, true, start);
    },
    // new URL("./worker.ts", import.meta.url): how a worker's or a picture's file is named.
    NewExpression({ callee, arguments: [address, base], start }) {
      const isUrl = callee.type === "Identifier" && callee.name === "URL" && base?.type === "MemberExpression";
      if (isUrl && base.object.type === "MetaProperty" && address?.type === "Literal") addImport(String(address.value), false, start);
    },
    Literal(node) {
      if (typeof node.value === "string" || "regex" in node) quiet.push(node);
    },
    TemplateElement: (node) => void quiet.push(node),
    JSXText(node) {
      quiet.push(node);
      addText(node.value, node.start);
    },
    JSXAttribute({ name, value }) {
      const isRead = name.type === "JSXIdentifier" && ["alt", "aria-label", "label", "placeholder", "title"].includes(name.name);
      if (isRead && value?.type === "Literal" && typeof value.value === "string") addText(value.value, value.start);
    },
  }).visit(program);

  const statements = program.body;
  const reexports = statements.filter(
    (node) => node.type === "ExportAllDeclaration" || (node.type === "ExportNamedDeclaration" && node.source !== null),
  );
  const importStatements = statements.filter((node) => node.type === "ImportDeclaration");
  return {
    file,
    imports,
    code: blank(text, [...comments, ...quiet]),
    comments: comments.map((comment) => comment.value).join("\n"),
    literalTexts,
    onlyReexports: reexports.length > 0 && reexports.length + importStatements.length === statements.length,
  };
}

function blank(text: string, spans: readonly Span[]): string {
  let code = "";
  let at = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue;
    code += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, " ");
    at = end;
  }
  return code + text.slice(at);
}

const isWithin = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => folder === "" || path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`));

function importErrors({ file, imports }: Source): string[] {
  if (!file.startsWith("src/") || isTest(file) || file.endsWith(".d.ts")) return [];
  const path = file.slice("src/".length);
  const folder = Object.keys(importTable).find((name) => isWithin(path, [name]));
  const rule = folder === undefined ? undefined : importTable[folder];
  if (!folder || !rule) return [`${file}: this folder is not in the import table of src/README.md and tidy.test.ts`];
  return imports.flatMap(({ specifier, typeOnly, line }) => {
    const isOwn = specifier.startsWith(".");
    const target = isOwn ? posix.join(posix.dirname(path), specifier) : specifier;
    const allowed = isOwn
      ? !target.startsWith("..") && (isWithin(target, [folder, ...rule.values]) || (typeOnly && isWithin(target, rule.types ?? [])))
      : rule.packages === undefined || isWithin(target, rule.packages);
    return allowed ? [] : [`${file}:${line} imports ${typeOnly ? "types of " : ""}${target}, but ${folder} may import only ${describeRule(rule)}`];
  });
}

function describeRule({ values, types = [], packages }: FolderRule): string {
  const parts = [...values.map((value) => value || "everything"), ...types.map((type) => `types of ${type}`), ...(packages ?? ["any package"])];
  return parts.length > 0 ? `itself, ${parts.join(", ")}` : "itself";
}

function banErrors({ file, code, comments }: Source): string[] {
  return bans
    .filter(({ where }) => where(file))
    .flatMap(({ name, find, within }) => {
      const text = within === "code" ? code : comments;
      return Array.from(text.matchAll(find), (match) => {
        const place = within === "code" ? `${file}:${text.slice(0, match.index).split("\n").length}` : file;
        return `${place} has "${match[0].trim()}": ${name}`;
      });
    });
}

function shapeErrors({ file, onlyReexports, literalTexts }: Source): string[] {
  const texts = isShipped(file) ? literalTexts : [];
  return [
    ...(onlyReexports ? [`${file} only exports again what others export: import from where it is`] : []),
    ...texts.map(({ text, line }) => `${file}:${line} has the literal text "${text}": it belongs into i18n, in every language`),
  ];
}

function nameErrors(file: string): string[] {
  const words = file.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z\d]+/);
  const banned = words.find((word) => bannedWords.has(word));
  return banned ? [`${file} is named "${banned}": say what it does`] : [];
}

function lengthErrors(lengths: ReadonlyMap<string, number>, allowed: Readonly<Record<string, string>>): string[] {
  return [
    ...Array.from(lengths)
      .filter(([file, lines]) => lines > lengthLimit && !allowed[file])
      .map(([file, lines]) => `${file} has ${lines} lines, over ${lengthLimit}: is it one idea? Cut it, or give the reason in longFiles`),
    ...Object.keys(allowed)
      .filter((file) => (lengths.get(file) ?? 0) <= lengthLimit)
      .map((file) => `${file} is in longFiles, but is not long any more`),
  ];
}

/** Every rule is named by a test, and no test names a rule that does not exist. */
function specErrors(spec: string, tests: ReadonlyMap<string, string>): string[] {
  const rules = Array.from(spec.matchAll(/^\W*((?!KIP)[A-Z]{2,}-\d+)\b/gm), (match) => match[1] ?? "");
  const families = new Set(rules.map((rule) => rule.split("-")[0]));
  const named = new Map<string, string>();
  for (const [file, text] of tests) {
    for (const [id, family] of text.matchAll(/\b([A-Z]{2,})-\d+\b/g)) if (families.has(family)) named.set(id, file);
  }
  return [
    ...(rules.length === 0 ? ["SPEC.md has no rules"] : []),
    ...rules.filter((rule, index) => rules.indexOf(rule) !== index).map((rule) => `SPEC.md gives ${rule} twice`),
    ...rules.filter((rule) => !named.has(rule)).map((rule) => `no test names ${rule} of SPEC.md`),
    ...Array.from(named).filter(([id]) => !rules.includes(id)).map(([id, file]) => `${file} names ${id}, which SPEC.md does not have`),
  ];
}

function traceErrors(file: string, text: string): string[] {
  return Array.from(text.matchAll(machineTraces), (match) => `${file} has "${match[0]}", which means something on one machine only`);
}

/** npm leaves out what the lockfile's author could not install, and records where packages came from, unless told not to. */
function lockfileErrors(text: string): string[] {
  const packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }> = JSON.parse(text).packages;
  return Object.entries(packages).flatMap(([path, { resolved, optionalDependencies = {} }]) => [
    ...(resolved ? [`package-lock.json has a download address for ${path}`] : []),
    ...Object.keys(optionalDependencies)
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `package-lock.json lacks ${name}, so that npm ci fails`),
  ]);
}

// ---- The project itself.

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
  it("holds nothing that is banned", () => expect(sources.flatMap(banErrors)).toEqual([]));
  it("has no file of re-exports and no literal text", () => expect(sources.flatMap(shapeErrors)).toEqual([]));
  it("has names that say something", () => expect(Array.from(texts.keys()).flatMap(nameErrors)).toEqual([]));
  it("has short files", () => {
    const lengths = Array.from(texts).filter(([file]) => /^(?:src|e2e|\.ci)\/.*\.(?:tsx?|css|mjs)$/.test(file));
    expect(lengthErrors(new Map(lengths.map(([file, text]) => [file, text.split("\n").length - 1])), longFiles)).toEqual([]);
  });
  it("tests every rule of SPEC.md", () => {
    expect(specErrors(texts.get("src/core/SPEC.md") ?? "", new Map(codeFiles.filter(([file]) => isTest(file))))).toEqual([]);
  });
  it("holds no trace of a machine", () => expect(Array.from(texts).flatMap(([file, text]) => traceErrors(file, text))).toEqual([]));
  it("has a lockfile for every system", () => expect(lockfileErrors(texts.get("package-lock.json") ?? "{}")).toEqual([]));
});

// ---- The checkers: each bad example is caught, each good one passes.

const check = (file: string, text: string): string[] => {
  const source = parseSource(file, text);
  return [...importErrors(source), ...banErrors(source), ...shapeErrors(source), ...nameErrors(file)];
};

describe("a file that breaks a rule is caught", () => {
  it.each([
    ["src/core/kafka/a.ts", 'import { now } from "../sim/clock";', "core/kafka may import only itself"],
    ["src/core/clients/a.ts", 'import type { Log } from "../broker/log/log";', "imports types of core/broker/log/log"],
    ["src/core/queue/a.ts", 'export { hash } from "../kafka/murmur2";\nlet a;', "imports core/kafka/murmur2"],
    ["src/core/sim/a.ts", 'import { produce } from "valibot";', "imports valibot"],
    ["src/store/a.ts", 'import { submit } from "../core/cluster/cluster";', "types of core"],
    ["src/scenario/a.ts", 'import "../storage/a";', "imports storage/a"],
    ["src/worker/a.ts", 'import { useState } from "react";', "imports react"],
    ["src/panels/a.ts", 'const later = () => import("../canvas/a");', "imports canvas/a"],
    ["src/panels/a.ts", 'let a: import("../canvas/a").A;', "imports types of canvas/a"],
    ["src/canvas/a.ts", 'new Worker(new URL("../tokens/a.ts", import.meta.url));', "imports tokens/a.ts"],
    ["src/app/a.ts", 'import { serve } from "../../e2e/a";', "imports ../e2e/a"],
    ["src/stores/a.ts", "", "not in the import table"],
    ["src/core/sim/a.ts", "const a = Math.log2(8);", 'src/core/sim/a.ts:1 has "Math.log2"'],
    ["src/core/sim/a.ts", "const a = 2 ** 0.5;", "a power with a fraction"],
    ["src/core/sim/a.ts", "\nconst a = Date.now();", "src/core/sim/a.ts:2"],
    ["src/core/sim/a.ts", "names.sort((a, b) => a.localeCompare(b));", "locale"],
    ["src/core/sim/a.ts", "async function a() {}", "synchronous"],
    ["src/ui/a.ts", "let a: any;", "the type any"],
    ["src/ui/a.ts", "let a: Map<string, any[]>;", "the type any"],
    ["src/ui/a.ts", "// @ts-ignore", "the compiler silenced"],
    ["src/ui/a.ts", "// TODO", "work left undone"],
    ["src/ui/a.ts", "console.log(1);", "debugging"],
    ["src/ui/a.test.ts", 'it.only("a", () => {});', "left out"],
    ["e2e/a.spec.ts", 'test.describe.skip("a", () => {});', "left out"],
    ["e2e/a.spec.ts", "await page.waitForTimeout(5);", "sleeps"],
    ["src/ui/index.ts", 'export * from "./Button";', "only exports again"],
    ["src/ui/a.tsx", "const a = <b>Hello</b>;", 'literal text "Hello"'],
    ["src/ui/a.tsx", "const a = <b title='멈춤' />;", "literal text"],
    ["src/ui/dragHelpers.ts", "", '"helpers"'],
    ["src/utils/a.ts", "", '"utils"'],
  ])("%s: %s", (file, text, message) => expect(check(file, text).join("\n")).toContain(message));

  it("by length, and when the reason given for it is gone", () => {
    expect(lengthErrors(new Map([["a.ts", 401]]), {})).toHaveLength(1);
    expect(lengthErrors(new Map([["a.ts", 401]]), { "a.ts": "one table" })).toEqual([]);
    expect(lengthErrors(new Map([["a.ts", 400]]), { "a.ts": "one table" })).toHaveLength(1);
  });

  it("by rules without a test and tests without a rule", () => {
    const spec = "- **EX-1** A rule. (KIP-1)\n- EX-2 Another.\n- EX-2 Again.\n";
    expect(specErrors(spec, new Map([["a.test.ts", 'it("EX-1, EX-3: UTF-8", () => {});']]))).toEqual([
      "SPEC.md gives EX-2 twice",
      "no test names EX-2 of SPEC.md",
      "no test names EX-2 of SPEC.md",
      "a.test.ts names EX-3, which SPEC.md does not have",
    ]);
    expect(specErrors("", new Map())).toEqual(["SPEC.md has no rules"]);
  });

  it("by a trace of a machine", () => {
    for (const trace of [["", "tmp", "a"].join("/"), ["", "home", "ada", "a"].join("/"), ["registry", "example", "com"].join(".")]) {
      expect(traceErrors("a.md", `see ${trace}`)).toHaveLength(1);
    }
  });

  it("by an incomplete lockfile", () => {
    const packages = { "node_modules/a": { resolved: "somewhere", optionalDependencies: { b: "1" } } };
    expect(lockfileErrors(JSON.stringify({ packages }))).toHaveLength(2);
  });
});

describe("a file that keeps the rules passes", () => {
  it.each([
    ["src/core/cluster/a.ts", 'import { a } from "../broker/a";\n// Date, async and any in a comment\nconst b = "Math.random";'],
    ["src/core/broker/a.ts", "const a = 2 ** 31 + Math.floor(1) - Math.max(1, 2);"],
    ["src/store/a.ts", 'import type { Image } from "../core/cluster/image";\nimport { caps } from "../core/kafka/limits";'],
    ["src/core/sim/a.test.ts", 'import { a } from "../cluster/a";\nconst b = await Promise.any([]);'],
    ["src/panels/a.tsx", 'import { t } from "../i18n/t";\nconst a = <b title={t("a")}>P{t("b")} + 1</b>;'],
    ["src/main.tsx", 'import { App } from "./app/App";'],
  ])("%s", (file, text) => expect(check(file, text)).toEqual([]));
});
