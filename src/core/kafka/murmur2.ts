const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** Hash of a key's bytes, signed 32 bits (`org.apache.kafka.common.utils.Utils.murmur2`). Other clients hash otherwise (librdkafka: CRC-32). */
export function murmur2(bytes: Uint8Array): number {
  // The casts say what the compiler cannot know: every index here is below `bytes.length`.
  const length = bytes.length;
  const tail = length & ~3;
  let hash = SEED ^ length;
  for (let at = 0; at < tail; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    const mixed = Math.imul(word, MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(mixed ^ (mixed >>> 24), MULTIPLIER);
  }
  const left = length - tail;
  if (left > 2) hash ^= (bytes[tail + 2] as number) << 16;
  if (left > 1) hash ^= (bytes[tail + 1] as number) << 8;
  if (left > 0) hash = Math.imul(hash ^ (bytes[tail] as number), MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** Clears the sign bit, which is not the absolute value (`Utils.toPositive`). A key's partition is this modulo the number of partitions. */
export function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}
