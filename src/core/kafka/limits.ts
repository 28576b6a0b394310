const KIB = 1024;
const MIB = 1024 * KIB;

/** Everything that has a cap. What reaches one is told so; nothing is cut silently. */
export const clusterLimits = Object.freeze({
  /** Topics of one scenario, internal ones not counted. */
  maxTopics: 50,
  maxPartitionsPerTopic: 200,
  maxProducers: 24,
  maxGroups: 16,
  /** Consumers of all groups together. */
  maxConsumers: 100,
  /** Exchanges and queues of the RabbitMQ broker, and who receives from all queues together. */
  maxExchanges: 12,
  maxQueues: 24,
  maxReceivers: 64,
  maxBindingsPerQueue: 12,
  /** Priorities of one queue; RabbitMQ takes up to 255. */
  maxQueuePriority: 10,
  /** Exchanges and queues that one producer's application publishes to. */
  maxTargets: 12,
  /** Different keys that one producer's record source may draw from. */
  maxKeysPerProducer: 1000,
  /** UTF-16 units in the name of a topic, group, producer or consumer. Kafka itself allows topics 249. */
  maxNameLength: 100,
  /** Encoded batches of all partition logs together; at the cap producing stops, since nothing moves to cold storage yet. */
  maxLogBytesInMemory: 192 * MIB,
  maxRecordsPerSecondPerProducer: 100_000,
  /** Bytes that a record source fills a value up to. */
  maxValueSizeInBytes: 1_000_000,
  /** Virtual ms that an application takes for one record. */
  maxProcessingMs: 600_000,
  /** Workers of one program's pool. */
  maxWorkers: 64,
  /** Keys, and numbers of sends, that a handler fails with. */
  maxPoison: 100,
  /** Attempts in place that a program makes after the first. */
  maxRetries: 100,
  /** Retry topics of one program, the dead-letter topic included. */
  maxRetryTopics: 8,
  /** Events that the simulation may run for one display frame, so that no scenario can freeze the tab. */
  maxEventsPerFrame: 50_000,
  /** Checkpoints of one run; beyond it every second of the older ones goes, and rewinding far back re-runs a little more. */
  maxCheckpoints: 64,
  /** Marks on the timeline. */
  maxMarkers: 500,
  /** Commands of one run's journal. */
  maxJournalCommands: 10_000,
  /** Characters of a shared link's fragment that is still opened. */
  maxLinkCharacters: 200_000,
});
