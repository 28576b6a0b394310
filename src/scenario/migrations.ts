import { objectAt } from "./kinds/collections";
import { invalid, newer, refuse } from "./problem";

/** The schema that is written today. */
export const SCHEMA_VERSION = 2;

/** Each takes a document of the version that it stands under to the next one. Never changed once released: old documents always open. */
const steps: Readonly<Record<number, (document: object) => object>> = {
  // The same fields; since version 2 those that have a default may be left out.
  1: (document) => ({ ...document, schemaVersion: 2 }),
};

/** Brings a document of any known schema version to today's, its content not looked at. Refuses what is none. */
export function migrate(value: unknown): object {
  const { schemaVersion: version } = objectAt(value, "");
  if (version === undefined) return refuse(invalid("schemaVersion", "missing"));
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) return refuse(invalid("schemaVersion", "whole"));
  if (version > SCHEMA_VERSION) return refuse(newer("schemaVersion", null, { version }));
  let document = value as object; // `objectAt` has looked
  for (let from = version; from < SCHEMA_VERSION; from++) document = steps[from]?.(document) ?? document;
  return document;
}
