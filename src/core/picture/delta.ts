import type { ClusterDelta, ClusterImage, EntitiesDelta } from "./image";

/** What changed from one image to the next: whole entities, and all ids where that is not enough. `applyDelta` of the store takes it in. */
export function diffImages(from: ClusterImage, to: ClusterImage): ClusterDelta {
  const delta: Record<string, unknown> = {};
  for (const field of Object.keys(to) as (keyof ClusterImage)[]) { // an image has exactly the fields of its type
    const [before, now] = [from[field], to[field]];
    const change = before instanceof Map && now instanceof Map ? diffEntities(before, now) : isSame(before, now) ? null : now;
    if (change !== null) delta[field] = change;
  }
  return delta as ClusterDelta; // built field by field from an image
}

type Entities = ReadonlyMap<string, unknown>;

function diffEntities(from: Entities, to: Entities): EntitiesDelta<unknown> | null {
  const changed = new Map<string, unknown>();
  for (const [id, entity] of to) if (!isSame(from.get(id), entity)) changed.set(id, entity);
  const ids = [...to.keys()];
  if (isSame([...from.keys()], ids)) return changed.size > 0 ? { changed } : null;
  return { changed, ids };
}

/** Deep equality of plain data. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  const fields = Object.keys(one);
  if (fields.length !== Object.keys(other).length) return false;
  return fields.every((field) => Object.hasOwn(other, field) && isSame((one as Record<string, unknown>)[field], (other as Record<string, unknown>)[field]));
}
