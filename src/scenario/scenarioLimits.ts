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
  /** UTF-16 units of a config's name and of its value. */
  maxConfigLength: 1000,
  maxLatencyMs: 5000,
  maxStartMs: 600_000,
  minSpeed: 0.1,
  maxSpeed: 100,
  /** What a run may ask for before it shows anything: two virtual days, and the events of a busy one. */
  maxRunTimeUs: 172_800_000_000,
  maxRunEvents: 100_000_000,
  /** Bytes of a link's text once it is unpacked, so that a small link can fill neither memory nor time. */
  maxUnpackedLinkBytes: 1_000_000,
  /** UTF-16 units of a document given as JSON text; twice what a link holds. */
  maxDocumentLength: 2_000_000,
  /** Lists and objects in each other. A command of a run's journal in a link, the deepest there is, has 10. */
  maxJsonDepth: 32,
  /** Lists and objects of a JSON text, and its fields, which take twice as long. The longest journal there is has 80,000 lists in a link. */
  maxJsonParts: 100_000,
});
