import type { ClusterDelta, ClusterImage, EntitiesDelta } from "./image";
import { isAlike } from "./isAlike";
import { patchOf, type Patch } from "./patch";

/**
 * What changed from one image to the next: of entities what became of each, and all ids where that is not enough. An entity that is the
 * very same object has not changed, and is not looked into. `applyDelta` of the store takes it in.
 */
export function diffImages(from: ClusterImage, to: ClusterImage): ClusterDelta {
  const delta: Record<string, unknown> = {};
  for (const field of Object.keys(to) as (keyof ClusterImage)[]) { // an image has exactly the fields of its type
    const [before, now] = [from[field], to[field]];
    const change = before instanceof Map && now instanceof Map ? diffEntities(before, now) : patchOf(before, now);
    if (change !== undefined) delta[field] = change;
  }
  return delta as ClusterDelta; // built field by field from an image
}

type Entities = ReadonlyMap<string, unknown>;

function diffEntities(from: Entities, to: Entities): EntitiesDelta | undefined {
  if (from === to) return undefined;
  const changed = new Map<string, Patch>();
  for (const [id, entity] of to) {
    if (from.get(id) === entity) continue;
    const patch = patchOf(from.get(id), entity);
    if (patch !== undefined) changed.set(id, patch);
  }
  const ids = [...to.keys()];
  if (isAlike([...from.keys()], ids)) return changed.size > 0 ? { changed } : undefined;
  return { changed, ids };
}
