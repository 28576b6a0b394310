/** FNV-1a over the bytes, unsigned 32 bits; going on from `before`, the checksum of what came first. */
export function checksum(bytes: Uint8Array, before = 0x811c9dc5): number {
  let hash = before;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
