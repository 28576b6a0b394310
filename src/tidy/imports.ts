import { posix } from "node:path";
import { isRule, isTest, type Source } from "./source";

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
  "core/world": { values: ["core"], packages: [] },
  "core/history": { values: ["core"], packages: [] },
  "core/picture": { values: ["core"], packages: [] },
  "core/watch": { values: ["core"], packages: [] },
  "core/check": { values: ["core"], packages: [] },
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
  entities: { values: ["store", "actions", "canvas", "panels", "ui", "i18n", ...kafkaData], types: pageTypes },
  app: { values: [""] },
  "main.tsx": { values: [""] },
};

const isWithin = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => folder === "" || path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`));

/** Imports that the table does not allow. */
export function importErrors({ file, imports }: Source): string[] {
  if (!file.startsWith("src/") || isTest(file) || isRule(file) || file.endsWith(".d.ts")) return [];
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

/** Files that import each other, directly or through others; types count, for a reader follows them as well. */
export function circleErrors(sources: readonly Pick<Source, "file" | "imports">[]): string[] {
  const files = new Set(sources.map(({ file }) => file));
  const targets = new Map(
    sources.map(({ file, imports }) => {
      const own = imports.filter(({ specifier }) => specifier.startsWith(".")).map(({ specifier }) => posix.join(posix.dirname(file), specifier));
      return [file, own.flatMap((path) => [path, `${path}.ts`, `${path}.tsx`].filter((candidate) => files.has(candidate)))] as const;
    }),
  );
  const errors: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) errors.push(`a circle of imports: ${[...way.slice(at), file].join(" > ")}`);
    if (at >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...way, file]);
    done.add(file);
  };
  for (const { file } of sources) walk(file, []);
  return errors;
}
