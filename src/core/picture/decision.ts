import { hashKey, partitionForHash } from "../clients/producer/partitioner";
import { toPositive } from "../kafka/murmur2";
import { partitionCount } from "../watch/actual";
import { keyColour } from "../watch/keys";
import type { Cluster } from "../world/cluster";
import type { HashedDecision } from "./image";

/** Where the partitioner puts a key of a topic as it is now: what a producer would decide, whether or not one has lately. */
export function keyedDecision({ watch: { actual, keys } }: Cluster, topic: string, key: string): HashedDecision | null {
  const partitions = partitionCount(actual, topic);
  if (partitions === 0) return null;
  const hash = hashKey(key);
  return { topic, key, colour: keyColour(keys, key), partition: partitionForHash(hash, partitions), partitions, hash, positive: toPositive(hash) };
}
