import { digest } from "../sim/digest";
import type { ClusterImage } from "./image";
import type { ClusterImageJson } from "./imageJson";

/**
 * A fingerprint of a picture, 16 hexadecimal digits: two runs show the same exactly when it is equal, in Node and in every browser. The
 * order of fields and of entities does not count, so that an image and its JSON have the same digest.
 */
export function imageDigest(image: ClusterImage | ClusterImageJson): string {
  return digest(sorted(image));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return (value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : Object.entries(value)) // entities are by name
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([field, entry]) => [field, sorted(entry)]);
}
