import { digest } from "../sim/digest";
import type { ClusterImage } from "./image";

/**
 * A fingerprint of a picture, 16 hexadecimal digits: two runs show the same exactly when it is equal, in Node and in every browser. The
 * order of fields does not count, because a picture that was merged from deltas has them in another order.
 */
export function imageDigest(image: ClusterImage): string {
  return digest(sorted(image));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([field, entry]) => [field, sorted(entry)]);
}
