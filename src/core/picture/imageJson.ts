import type { ClusterImage } from "./image";

/** The read model as JSON has it: entities are fields by their names. Where their order counts, a `ClusterImage` keeps it. */
export type ClusterImageJson = {
  readonly [Field in keyof ClusterImage]: ClusterImage[Field] extends ReadonlyMap<string, infer Entity> ? Readonly<Record<string, Entity>> : ClusterImage[Field];
};

/** An image for scripts and for printing. Any name becomes a field of its own, `__proto__` too. */
export function imageJson(image: ClusterImage): ClusterImageJson {
  const fields = Object.entries(image).map(([field, value]: [string, unknown]) => [field, value instanceof Map ? Object.fromEntries(value) : value] as const);
  return Object.fromEntries(fields) as ClusterImageJson; // field by field what the type says
}
