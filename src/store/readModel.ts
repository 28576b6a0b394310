import type { ClusterDelta, ClusterImage } from "../core/cluster/image";

/** Merges a delta into an image, dumbly: whole entities replace entities of the same id, null removes one. Unchanged parts keep their identity. */
export function applyDelta(image: ClusterImage, delta: ClusterDelta): ClusterImage {
  const next: Record<string, unknown> = { ...image };
  for (const [field, change] of Object.entries(delta)) {
    next[field] = entityFields.has(field) ? mergeEntities(next[field] as Entities, change as Entities) : change;
  }
  return next as unknown as ClusterImage;
}

type Entities = Readonly<Record<string, unknown>>;

const entityFields: ReadonlySet<string> = new Set(["brokers", "topics", "partitions", "producers", "groups", "consumers", "audit"] satisfies (keyof ClusterImage)[]);

function mergeEntities(current: Entities, change: Entities): Entities {
  const merged: Record<string, unknown> = { ...current };
  for (const [id, entity] of Object.entries(change)) {
    if (entity === null) delete merged[id];
    else merged[id] = entity;
  }
  return merged;
}
