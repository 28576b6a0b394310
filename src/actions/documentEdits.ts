import type { EntityName, LocalizedText, Scenario } from "../scenario/scenario";
import { useTopiq } from "../store/topiqStore";
import { send } from "./simulation";

/** A change of the document: what is not named stays, null takes an entry out. The simulation never hears of it. */
export interface DocumentPatch {
  readonly name?: LocalizedText;
  readonly layout?: Readonly<Record<EntityName, { readonly x: number; readonly y: number } | null>>;
  readonly labels?: Readonly<Record<EntityName, LocalizedText | null>>;
}

/** Changes the open document and saves it. Returns the patch that takes the change back. */
export function applyDocumentPatch(patch: DocumentPatch): DocumentPatch {
  const { scenario } = useTopiq.getState();
  if (!scenario) return {};
  const next = patched(scenario, patch);
  useTopiq.setState({ scenario: next });
  const { name, description, layout, labels } = next;
  send({ type: "saveDocument", document: { name, description, layout, labels } });
  return inversePatch(scenario, patch);
}

function patched(scenario: Scenario, patch: DocumentPatch): Scenario {
  return {
    ...scenario,
    name: patch.name ?? scenario.name,
    layout: mergeEntries(scenario.layout, patch.layout),
    labels: mergeEntries(scenario.labels, patch.labels),
  };
}

function inversePatch(before: Scenario, patch: DocumentPatch): DocumentPatch {
  return {
    ...(patch.name !== undefined && { name: before.name }),
    ...(patch.layout && { layout: formerEntries(before.layout, patch.layout) }),
    ...(patch.labels && { labels: formerEntries(before.labels, patch.labels) }),
  };
}

function mergeEntries<Value>(current: Readonly<Record<string, Value>>, change: Readonly<Record<string, Value | null>> = {}): Readonly<Record<string, Value>> {
  const merged = new Map(Object.entries(current));
  for (const [key, value] of Object.entries(change)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function formerEntries<Value>(before: Readonly<Record<string, Value>>, change: Readonly<Record<string, unknown>>): Readonly<Record<string, Value | null>> {
  return Object.fromEntries(Object.keys(change).map((key) => [key, before[key] ?? null]));
}
