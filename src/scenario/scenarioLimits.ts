/** Caps of what only the document holds; those of the simulated world are in `core/kafka/limits.ts`. */
export const scenarioLimits = Object.freeze({
  /** UTF-16 units. */
  maxTitleLength: 200,
  maxDescriptionLength: 2000,
  maxLabelLength: 100,
  /** Entries of `layout` and of `labels`; those of what was deleted may stay in them. */
  maxPlacedEntities: 500,
  /** Pixels of the graph from its origin, each way. */
  maxCoordinate: 1_000_000,
  maxConfigs: 100,
  maxValueSizeInBytes: 1_000_000,
  maxProcessingMs: 600_000,
  maxLatencyMs: 5000,
  maxStartMs: 600_000,
  minSpeed: 0.1,
  maxSpeed: 100,
  /** Bytes of a link's text once it is unpacked, so that a small link cannot fill the memory. */
  maxUnpackedLinkBytes: 16_000_000,
});
