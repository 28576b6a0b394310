import { TAIL_RECORDS } from "../core/kafka/limits";
import type { ClusterDelta, ClusterImage, EntitiesDelta, PartitionChange, PartitionImage } from "../core/picture/image";

/** Merges a delta into an image, dumbly: whole entities replace entities of the same id, and the ids say what is there and where. Unchanged parts keep their identity. */
export function applyDelta(image: ClusterImage, delta: ClusterDelta): ClusterImage {
  const next: Record<string, unknown> = { ...image };
  for (const [field, change] of Object.entries(delta)) {
    const current = next[field];
    next[field] = current instanceof Map ? mergeEntities(current, change as EntitiesDelta<unknown>) : change; // by the type of a delta, the field's kind is the image's
  }
  return next as unknown as ClusterImage; // its fields are the image's, each replaced by one of its own type
}

type Entities = ReadonlyMap<string, unknown>;

function mergeEntities(current: Entities, { changed, ids }: EntitiesDelta<unknown>): Entities {
  const merged = new Map(current);
  for (const [id, entity] of changed) merged.set(id, isGrown(entity) ? grownTail(current.get(id) as PartitionImage, entity) : entity);
  return ids ? new Map(ids.map((id) => [id, merged.get(id)])) : merged;
}

/** Only partitions are told of by what was appended. */
function isGrown(entity: unknown): entity is PartitionChange {
  return typeof entity === "object" && entity !== null && "appended" in entity;
}

function grownTail({ tail }: PartitionImage, { appended, ...rest }: PartitionChange): PartitionImage {
  return { ...rest, tail: appended.length === 0 ? tail : [...tail, ...appended].slice(-TAIL_RECORDS) };
}
