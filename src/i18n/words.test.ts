import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { dialogMessages } from "./en/dialogs";
import { en } from "./en/messages";
import { panelMessages } from "./en/panels";
import { problemMessages } from "./en/problems";
import { queueMessages } from "./en/queues";
import { dialogMessages as koDialogs } from "./ko/dialogs";
import { ko } from "./ko/messages";
import { panelMessages as koPanels } from "./ko/panels";
import { problemMessages as koProblems } from "./ko/problems";
import { queueMessages as koQueues } from "./ko/queues";
import { loadLanguage, loadWords, t, tDynamic } from "./t";

const src = dirname(dirname(fileURLToPath(import.meta.url)));
const words = { first: en, panels: panelMessages, dialogs: dialogMessages, problems: problemMessages, queues: queueMessages };
const surfaceOf = new Map(Object.entries(words).flatMap(([surface, messages]) => Object.keys(messages).map((key) => [key, surface] as const)));

/** The file and all that it imports statically, without what is there as types only. */
function loadedWith(file: string, files = new Set<string>()): ReadonlySet<string> {
  if (files.has(file)) return files;
  files.add(file);
  for (const [, names = "", path = ""] of readFileSync(file, "utf8").matchAll(/^(import [^"]*from |import )"(\.[^"]*)";$/gm)) {
    const found = [".ts", ".tsx"].map((ending) => join(dirname(file), path + ending)).find((name) => existsSync(name));
    if (found && !names.startsWith("import type")) loadedWith(found, files);
  }
  return files;
}

/** The surfaces whose words these files name, each with the files that do. Half of a name is one of all that begin so. */
function named(files: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of files) {
    if (file.includes("i18n")) continue;
    for (const [, key = "", half] of readFileSync(file, "utf8").matchAll(/["`]((?:\w+\.)+\w*)(["`]|\$\{)/g)) {
      const surfaces = half === "${" ? [...surfaceOf].filter(([name]) => name.startsWith(key)).map(([, surface]) => surface) : [surfaceOf.get(key)];
      for (const surface of surfaces) if (surface) found.set(surface, (found.get(surface) ?? new Set()).add(file.slice(src.length + 1)));
    }
  }
  return found;
}

describe("each surface has its words with it", () => {
  // What these say is loaded before: `tell` in problems.ts, `surface` in troubles.ts, and what a marker or a button of RabbitMQ says with its kinds.
  const tells = new Set(["actions/problems.ts", "actions/actions.ts", "actions/verbs.ts", "app/bars/SceneBar.tsx", "panels/timeline/markerText.ts", "app/start/receive.ts", "entities/exchange/exchange.ts", "entities/group/group.ts", "entities/queue/queue.ts", "entities/topic/topic.ts"]);

  const surfaces = ["Dialogs.tsx", "EditorApp.tsx", "banners/troubles.ts"].flatMap((file) =>
    Array.from(readFileSync(join(src, "app", file), "utf8").matchAll(/[sS]urface\(\[(.*?)\], async \(\) => \(await import\("(.*?)"\)/g), ([, has = "", path = ""]) => ({
      part: join("app", dirname(file), `${path}.tsx`),
      has: has.match(/\w+/g) ?? [],
    })),
  );
  // How a kind of entity is told comes with an `entitySurface`; what is a problem of it is said in the inspector.
  const amqp = /^(?:exchange|queue|receiver)\b/;
  const panels = readdirSync(join(src, "entities"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("Panel.tsx"));
  const told = panels.map((file) => ({ part: join("entities", file), has: ["panels", "problems", ...(amqp.test(file) ? ["queues"] : [])] }));
  const later = { part: join("entities", "queueKinds.ts"), has: ["queues"] };
  const firstPicture = ["main.tsx", "app/draw.tsx", "app/EditorApp.tsx", "app/EmbedApp.tsx"].map((part) => ({ part, has: [] }));

  it.each([...firstPicture, ...surfaces, ...told, later])("$part", ({ part, has }: { readonly part: string; readonly has: readonly string[] }) => {
    const missing = [...named(loadedWith(join(src, part)))].flatMap(([surface, files]) => {
      const silent = [...files].filter((file) => !tells.has(file));
      return surface === "first" || has.includes(surface) || silent.length === 0 ? [] : [`${surface}: ${silent.join()}`];
    });
    expect(missing).toEqual([]);
  });

  it("and every key is in one of them", () => {
    expect(surfaceOf.size).toBe(Object.values(words).reduce((sum, messages) => sum + Object.keys(messages).length, 0));
  });
});

/** The places that are filled, each once: a language may use a figure twice. */
function places(text = ""): string {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort().join();
}

describe("the words", () => {
  const english: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(words));
  const korean: Readonly<Record<string, string>> = { ...ko, ...koPanels, ...koDialogs, ...koProblems, ...koQueues };

  it("tell the same figures in both languages", () => {
    expect(Object.keys(english).filter((key) => places(english[key]) !== places(korean[key]))).toEqual([]);
  });

  it("pair their bold marks", () => {
    expect([...Object.values(english), ...Object.values(korean)].filter((text) => text.split("**").length % 2 === 0)).toEqual([]);
  });
});

describe("words are loaded", () => {
  it("with their surface, and with a language those of all that are drawn", async () => {
    expect(tDynamic("share.title")).toBe("share.title");
    await loadWords("dialogs");
    expect([t("share.title"), t("action.undo")]).toEqual(["Share", "Undo"]);
    await loadLanguage("ko");
    expect([t("share.title"), t("action.undo")]).toEqual(["공유", "실행 취소"]);
  });

  it("for a surface that comes while the language changes", async () => {
    await loadLanguage("en");
    await Promise.all([loadLanguage("ko"), loadWords("panels")]);
    expect(t("inspector.tab.records")).toBe(koPanels["inspector.tab.records"]);
    await Promise.all([loadWords("problems"), loadLanguage("en")]);
    expect(t("problem.invalid", { name: "x" })).toBe("This is not possible as it was given: x.");
  });
});
