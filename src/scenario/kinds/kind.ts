/** What JSON of a link can hold. */
export type Json = null | boolean | number | string | readonly Json[];

/**
 * A kind of value in the document: what is allowed, and how it stands in a link. Records, commands and documents are made of kinds, and
 * each is said once: its fields, their numbers in links, their defaults and their limits.
 */
export interface Kind<Value> {
  /** The value, checked and made anew, its fields in one order. Refuses everything else; `path` says where it stands. */
  read(value: unknown, path: string): Value;
  pack(value: Value): Json;
  /** What `read` takes, of no type yet. Refuses JSON that `pack` would not make, and says "newer" of numbers that it does not know. */
  unpack(json: Json, path: string): unknown;
}
