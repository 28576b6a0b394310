import type { ClusterDelta, ClusterImage } from "./image";

const ENTITY_FIELDS = ["brokers", "topics", "partitions", "producers", "groups", "consumers", "audit"] as const;
const VALUE_FIELDS = ["clock", "messages", "narration", "limitsReached"] as const;

/** What changed from one image to the next: whole entities by id, null for those that are gone. */
export function diffImages(from: ClusterImage, to: ClusterImage): ClusterDelta {
  const delta: Record<string, unknown> = {};
  for (const field of ENTITY_FIELDS) {
    const changes = diffEntities(from[field], to[field]);
    if (changes) delta[field] = changes;
  }
  for (const field of VALUE_FIELDS) if (!isSame(from[field], to[field])) delta[field] = to[field];
  return delta as ClusterDelta; // built field by field from an image
}

type Entities = Readonly<Record<string, unknown>>;

function diffEntities(from: Entities, to: Entities): Record<string, unknown> | null {
  const changes: Record<string, unknown> = {};
  let hasChanged = false;
  for (const id of Object.keys(to)) {
    if (Object.hasOwn(from, id) && isSame(from[id], to[id])) continue;
    changes[id] = to[id];
    hasChanged = true;
  }
  for (const id of Object.keys(from)) {
    if (Object.hasOwn(to, id)) continue;
    changes[id] = null;
    hasChanged = true;
  }
  return hasChanged ? changes : null;
}

/** Deep equality of plain data. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  const fields = Object.keys(one);
  if (fields.length !== Object.keys(other).length) return false;
  return fields.every((field) => isSame((one as Record<string, unknown>)[field], (other as Record<string, unknown>)[field]));
}
