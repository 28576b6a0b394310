import { invalid, type ScenarioProblem } from "./problem";

/** The schema that is written today. */
export const SCHEMA_VERSION = 1;

/** Each takes a document of the version that it stands under to the next one. Never changed once released: old documents always open. */
const steps: Readonly<Record<number, (document: object) => object>> = {};

/** Brings a document of any known schema version to today's, its content not looked at. */
export function migrate(value: unknown): { readonly document: object } | { readonly problem: ScenarioProblem } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { problem: invalid("", "type", { expected: "Object" }) };
  const version = "schemaVersion" in value ? value.schemaVersion : undefined;
  if (version === undefined) return { problem: invalid("schemaVersion", "missing") };
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) return { problem: invalid("schemaVersion", "whole") };
  if (version > SCHEMA_VERSION) return { problem: { reason: "newer", path: "schemaVersion", detail: null, params: { version } } };
  let document: object = value;
  for (let from = version; from < SCHEMA_VERSION; from++) document = steps[from]?.(document) ?? document;
  return { document };
}
