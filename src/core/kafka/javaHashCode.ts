/** Hash of a text over its UTF-16 units, signed 32 bits (`java.lang.String.hashCode`). */
export function javaHashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/**
 * Partition of `__consumer_offsets` (for a group id) or of `__transaction_state` (for a transactional id) whose leader coordinates the id
 * (`GroupCoordinatorService.partitionFor`). `Utils.abs` turns the smallest integer, which has no positive, into 0.
 */
export function coordinatorPartition(id: string, partitionCount: number): number {
  const hash = javaHashCode(id);
  return (hash === -0x8000_0000 ? 0 : Math.abs(hash)) % partitionCount;
}
