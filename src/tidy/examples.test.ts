import { describe, expect, it } from "vitest";
import { banErrors, shapeErrors } from "./bans";
import { circleErrors, importErrors } from "./imports";
import { lockfileErrors, nameErrors, specErrors, topLevelErrors, traceErrors } from "./records";
import { folderErrors, lengthErrors } from "./sizes";
import { parseSource } from "./source";

/** The checkers: each bad example is caught, each good one passes. */

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
    ["src/store/a.ts", 'import { submit } from "../core/world/cluster";', "types of core"],
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
    ["src/core/world/a.ts", "const a = Object.freeze({});", "share()"],
    ["src/ui/a.ts", "let a: any;", "the type any"],
    ["src/ui/a.ts", "let a: Map<string, any[]>;", "the type any"],
    ["src/ui/a.ts", "// @ts-ignore", "the compiler silenced"],
    ["src/ui/a.ts", "// TODO", "work left undone"],
    ["src/ui/a.ts", "console.log(1);", "debugging"],
    ["src/ui/a.test.ts", 'it.only("a", () => {});', "left out"],
    ["e2e/a.spec.ts", 'test.describe.skip("a", () => {});', "left out"],
    ["e2e/a.spec.ts", "await page.waitForTimeout(5);", "sleeps"],
    ["src/core/watch/a.ts", 'if (actor?.kind === "broker") a();', "kind of an actor"],
    ["src/worker/a.ts", 'switch (actor.kind) {\n  case "admin":\n}', "kind of an actor"],
    ["src/worker/a.ts", "const a = brokerOf(cluster);", "there is no one broker"],
    ["e2e/a.ts", "send(BOOTSTRAP_NODE);", "there is no one broker"],
    ["src/core/picture/a.ts", "const a = broker.logs.get(name);", "looks into no broker"],
    ["src/core/watch/a.ts", "const a = broker.groupShards;", "looks into no broker"],
    ["src/panels/a.ts", 'const a = selected.kind === "topic";', 'asks for the kind "topic"'],
    ["src/canvas/a.ts", '\nif ("group" !== entity?.kind) a();', "src/canvas/a.ts:2"],
    ["src/actions/a.ts", 'const a = ({ kind }) => kind === "consumer";', "kind of an entity"],
    ["src/app/a.ts", 'switch (parse(name)!.kind) {\n  case "producer":\n}', "src/app/a.ts:2"],
    ["src/panels/a.ts", 'import { addTopic } from "../entities/a";', "imports entities/a"],
    ["src/ui/index.ts", 'export * from "./Button";', "only exports again"],
    ["src/ui/a.tsx", "const a = <b>Hello</b>;", 'literal text "Hello"'],
    ["src/ui/a.tsx", "const a = <b title='멈춤' />;", "literal text"],
    ["src/ui/dragHelpers.ts", "", '"helpers"'],
    ["src/utils/a.ts", "", '"utils"'],
  ])("%s: %s", (file, text, message) => expect(check(file, text).join("\n")).toContain(message));

  it("by length, and when the reason given for it is gone", () => {
    for (const [file, most] of [["src/ui/a.ts", 300], ["src/ui/a.test.ts", 400], ["src/ui/a.css", 400], ["src/i18n/en/a.ts", 400], ["e2e/a.ts", 400]] as const) {
      expect(lengthErrors(new Map([[file, most + 1]]), {})).toHaveLength(1);
      expect(lengthErrors(new Map([[file, most + 1]]), { [file]: "one table" })).toEqual([]);
      expect(lengthErrors(new Map([[file, most]]), { [file]: "one table" })).toHaveLength(1);
    }
  });

  it("by a folder that holds too much", () => {
    const files = Array.from({ length: 21 }, (_, at) => `src/ui/a${at}.ts`);
    expect(folderErrors(files)).toHaveLength(1);
    expect(folderErrors([...files.slice(1), "src/ui/b.test.ts", "src/ui/b.css", "src/ui/parts/b.ts"])).toEqual([]);
  });

  it("by what a tool has put down at the top level", () => {
    expect(topLevelErrors("some_package-1.0-py3-none-any.whl")).toEqual(["some_package-1.0-py3-none-any.whl does not belong at the top level"]);
    expect(["README.md", ".ci/run", "src/ui/a.ts"].flatMap(topLevelErrors)).toEqual([]);
  });

  it("by a circle, of types too, through whatever others", () => {
    const sources = [
      parseSource("src/ui/a.ts", 'import { b } from "./b";'),
      parseSource("src/ui/b.tsx", 'import type { C } from "../ui/c";'),
      parseSource("src/ui/c.ts", 'export type { A } from "./a";\nlet c;'),
    ];
    expect(circleErrors(sources)).toEqual(["a circle of imports: src/ui/a.ts > src/ui/b.tsx > src/ui/c.ts > src/ui/a.ts"]);
    expect(circleErrors(sources.slice(0, 2))).toEqual([]);
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
    ["src/core/world/a.ts", 'import { a } from "../broker/a";\n// Date, async and any in a comment\nconst b = "Math.random";'],
    ["src/core/broker/a.ts", "const a = 2 ** 31 + Math.floor(1) - Math.max(1, 2);"],
    ["src/store/a.ts", 'import type { Image } from "../core/picture/image";\nimport { caps } from "../core/kafka/limits";'],
    ["src/core/sim/a.test.ts", 'import { a } from "../world/a";\nconst b = await Promise.any([]);'],
    ["src/panels/a.tsx", 'import { t } from "../i18n/t";\nconst a = <b title={t("a")}>P{t("b")} + 1</b>;'],
    ["src/core/clients/producer/producer.ts", 'const a = actor.kind === "producer";'],
    ["src/panels/a.ts", 'const a = keys.kind === "range" || other.kind === one.kind || look === "topic";'],
    ["src/entities/topic/a.ts", 'import { a } from "../../canvas/a";\nconst b = selected.kind === "topic";'],
    ["src/main.tsx", 'import { App } from "./app/App";'],
  ])("%s", (file, text) => expect(check(file, text)).toEqual([]));
});
