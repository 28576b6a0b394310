import { isShared } from "./share";

/**
 * A deep copy of plain data in which everything that is shared stays so. So a checkpoint copies
 * only what can still change. Knows objects, arrays, Maps, Sets, and typed arrays; there are no other things in a cluster.
 */
export function clone<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isShared(value)) return value;
  if (Array.isArray(value)) {
    const length = value.length;
    const copied = new Array<unknown>(length);
    for (let index = 0; index < length; index++) copied[index] = copy(value[index]);
    return copied;
  }
  if (value instanceof Map) {
    const copied = new Map<unknown, unknown>();
    for (const [key, entry] of value) copied.set(key, copy(entry));
    return copied;
  }
  if (value instanceof Set) return new Set(value);
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  const copied: Record<string, unknown> = {};
  for (const field of Object.keys(value)) copied[field] = copy((value as Record<string, unknown>)[field]);
  return copied;
}
