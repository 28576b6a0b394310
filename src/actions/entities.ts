import type { EntityName, LocalizedText } from "../scenario/scenario";
import type { Selection, TopiqState } from "../store/topiqStore";

export type EntityKind = "producer" | "topic" | "group" | "consumer";

export interface Entity {
  readonly kind: EntityKind;
  readonly id: string;
}

const kinds: readonly string[] = ["producer", "topic", "group", "consumer"] satisfies EntityKind[];

/** The inverse of `entityName`, or null if it names nothing. */
export function parseEntity(name: EntityName): Entity | null {
  const colon = name.indexOf(":");
  const kind = name.slice(0, colon);
  // The kind is one of the list, which is of that type.
  return kinds.includes(kind) ? { kind: kind as EntityKind, id: name.slice(colon + 1) } : null;
}

export function entityName(kind: EntityKind, id: string): EntityName {
  return `${kind}:${id}`;
}

/** The entity that a selected thing is, or is a part of. */
export function selectedEntity(selection: Selection): Entity {
  return selection.kind === "partition" || selection.kind === "record" ? { kind: "topic", id: selection.topic } : { kind: selection.kind, id: selection.id };
}

/** Selected whole entities: what delete and connect work on. A selected partition or record is none. */
export function wholeSelection(state: TopiqState): readonly Entity[] {
  return state.selection.flatMap((selection) => (selection.kind === "partition" || selection.kind === "record" ? [] : [{ kind: selection.kind, id: selection.id }]));
}

/** The name people see: its label in the page's language, or else Kafka's own name. */
export function displayName(state: TopiqState, kind: EntityKind, id: string): string {
  const label = state.scenario?.labels[entityName(kind, id)];
  return label === undefined ? id : inLanguage(label, state.view.language);
}

export function inLanguage(text: LocalizedText, language: "en" | "ko"): string {
  return typeof text === "string" ? text : text[language];
}
