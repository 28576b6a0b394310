import { digest } from "../sim/digest";
import type { Cluster } from "./cluster";

/**
 * A fingerprint of a whole world. Whoever holds some records of a log holds pages of it, which may be older copies with less behind those
 * records: of these it counts which offsets they are.
 */
export function worldDigest(cluster: Cluster): string {
  return digest(cluster, (value) => ("page" in value ? { ...value, page: (value.page as { readonly firstOffset: number }).firstOffset } : value)); // a page of a log
}
