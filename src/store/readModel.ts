import type { ClusterDelta, ClusterImage, EntitiesDelta } from "../core/picture/image";
import type { Deed, Patch } from "../core/picture/patch";

/** Merges a delta into an image, dumbly: each entity becomes what its patch says, and the ids say what is there and where. Unchanged parts keep their identity. */
export function applyDelta(image: ClusterImage, delta: ClusterDelta): ClusterImage {
  const next: Record<string, unknown> = { ...image };
  for (const [field, change] of Object.entries(delta)) {
    const current = next[field];
    next[field] = current instanceof Map ? mergeEntities(current, change as EntitiesDelta) : applyPatch(current, change as Patch); // by the type of a delta, the field's kind is the image's
  }
  return next as unknown as ClusterImage; // its fields are the image's, each replaced by one of its own type
}

type Entities = ReadonlyMap<string, unknown>;

function mergeEntities(current: Entities, { changed, ids }: EntitiesDelta): Entities {
  const merged = new Map(current);
  for (const [id, patch] of changed) merged.set(id, applyPatch(current.get(id), patch));
  return ids ? new Map(ids.map((id) => [id, merged.get(id)])) : merged;
}

/** What a value becomes by a patch that was made for it. */
function applyPatch(value: unknown, patch: Patch): unknown {
  if (typeof patch !== "object" || patch === null) return patch;
  if (isDeed(patch)) return done(value, patch);
  const next = { ...(value as Record<string, unknown>) }; // the patch was made for it
  for (const [field, change] of Object.entries(patch)) next[field] = applyPatch(next[field], change);
  return next;
}

function done(value: unknown, deed: Deed): unknown {
  if (deed[0] === "set") return deed[1];
  const list = value as readonly unknown[]; // the patch was made for it
  if (deed[0] === "keep") return [...deed[3], ...list.slice(deed[1], deed[2]), ...deed[4]];
  const next = [...list];
  for (const [at, change] of deed[1]) next[at] = applyPatch(next[at], change);
  return next;
}

function isDeed(patch: object): patch is Deed {
  return Array.isArray(patch);
}
