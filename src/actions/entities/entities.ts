import type { EntityName, LocalizedText } from "../../scenario/scenario";
import type { Selection, TopiqState } from "../../store/topiqStore";
import type { Entity } from "./entityKind";
import { kindNamed } from "./kindTable";

/** The inverse of `entityName`, or null if it names nothing. */
export function parseEntity(name: EntityName): Entity | null {
  const colon = name.indexOf(":");
  const kind = name.slice(0, colon);
  return kindNamed(kind) ? { kind, id: name.slice(colon + 1) } : null;
}

export function entityName(kind: string, id: string): EntityName {
  return `${kind}:${id}`;
}

/** The entity that a selected thing is, or is a part of. */
export function selectedEntity({ kind, id }: Selection): Entity {
  return { kind, id };
}

/** Selected whole entities: what delete and connect work on. A selected part is none. */
export function wholeSelection(state: TopiqState): readonly Entity[] {
  return state.selection.filter(({ part }) => part === undefined).map(selectedEntity);
}

/** The ids of those of one kind. */
export function idsOfKind(entities: readonly Entity[], name: string): readonly string[] {
  return entities.filter(({ kind }) => kind === name).map(({ id }) => id);
}

/** The name people see: its label in the page's language, or else Kafka's own name. */
export function displayName(state: TopiqState, kind: string, id: string): string {
  const label = state.scenario?.labels[entityName(kind, id)];
  return label === undefined ? id : inLanguage(label, state.view.language);
}

export function inLanguage(text: LocalizedText, language: "en" | "ko"): string {
  return typeof text === "string" ? text : text[language];
}
