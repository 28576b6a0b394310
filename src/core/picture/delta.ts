import { TAIL_RECORDS } from "../kafka/limits";
import type { ClusterDelta, ClusterImage, EntitiesDelta, PartitionChange, PartitionImage } from "./image";
import { isAlike } from "./isAlike";

/**
 * What changed from one image to the next: whole entities, of partitions only the records that came, and all ids where that is not enough.
 * An entity that is the very same object has not changed; nothing is looked into. `applyDelta` of the store takes it in.
 */
export function diffImages(from: ClusterImage, to: ClusterImage): ClusterDelta {
  const delta: Record<string, unknown> = {};
  for (const field of Object.keys(to) as (keyof ClusterImage)[]) { // an image has exactly the fields of its type
    const [before, now] = [from[field], to[field]];
    const change = before instanceof Map && now instanceof Map ? diffEntities(before, now, field === "partitions" ? changeOfPartition : whole) : isAlike(before, now) ? null : now;
    if (change !== null) delta[field] = change;
  }
  return delta as ClusterDelta; // built field by field from an image
}

type Entities = ReadonlyMap<string, unknown>;

function diffEntities(from: Entities, to: Entities, changeOf: (before: unknown, now: unknown) => unknown): EntitiesDelta<unknown> | null {
  if (from === to) return null;
  const changed = new Map<string, unknown>();
  for (const [id, entity] of to) if (from.get(id) !== entity) changed.set(id, changeOf(from.get(id), entity));
  const ids = [...to.keys()];
  if (isAlike([...from.keys()], ids)) return changed.size > 0 ? { changed } : null;
  return { changed, ids };
}

function whole(_before: unknown, now: unknown): unknown {
  return now;
}

/** Of a log that has only grown, the records that came. */
function changeOfPartition(before: unknown, now: unknown): PartitionImage | PartitionChange {
  const [old, image] = [before as PartitionImage | undefined, now as PartitionImage]; // of that field
  const last = old?.tail.at(-1)?.offset;
  if (!old || last === undefined || old.topicId !== image.topicId) return image;
  const appended = image.tail.filter(({ offset }) => offset > last);
  const kept = image.tail.length - appended.length;
  if (kept !== Math.min(old.tail.length, TAIL_RECORDS - appended.length) || (kept > 0 && image.tail[0] !== old.tail.at(-kept))) return image;
  const { tail: _, ...rest } = image;
  return { ...rest, appended };
}
