import type { ClusterImage } from "../../core/picture/image";
import type { EntityKind } from "./entityKind";

let table: ReadonlyMap<string, EntityKind> = new Map();

/** Says which kinds of entities there are, in the order of the canvas: `src/entities/entityKinds.ts` is the page's list. */
export function fillKinds(kinds: readonly EntityKind[]): void {
  table = new Map(kinds.map((kind) => [kind.name, kind]));
}

/** All kinds, in the order in which records go from one to the next. */
export function allKinds(): readonly EntityKind[] {
  return [...table.values()];
}

export function kindNamed(name: string): EntityKind | undefined {
  return table.get(name);
}

/** The entities of a kind by their ids. */
export function entitiesOf(image: ClusterImage, { field }: Pick<EntityKind, "field">): ReadonlyMap<string, unknown> {
  // An entry names a field of entities, and those are Maps; an image from before the kind has none.
  return ((image as unknown as Record<string, unknown>)[field] as ReadonlyMap<string, unknown> | undefined) ?? new Map();
}
