export type ConfigScope = "producer" | "consumer" | "topic" | "broker";

/** null stands for Kafka's null, and where values are set, for the default. A list is one string, its entries separated by commas. */
export type ConfigValue = string | number | boolean | null;

export interface ConfigDefinition {
  readonly name: string;
  readonly scope: ConfigScope;
  /** A long holds whole numbers up to 2^53 - 1, and that largest one stands for Java's `Long.MAX_VALUE`. */
  readonly type: "int" | "long" | "boolean" | "choice" | "list" | "string";
  readonly defaultValue: ConfigValue;
  readonly min?: number;
  readonly max?: number;
  /** What a choice, or each entry of a list, may be. */
  readonly choices?: readonly string[];
  /** Other spellings of a choice or of a list's entry, such as class names, each with the one that it stands for. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly unit?: "ms" | "bytes" | "records" | "none";
  /** Taken and kept, but of no effect here: what it is for is not simulated. */
  readonly isIdle?: true;
}

type Unit = NonNullable<ConfigDefinition["unit"]>;
type Row = Omit<ConfigDefinition, "scope">;

/** Java's `Integer.MAX_VALUE`. */
const INT_MAX = 0x7fff_ffff;

/** Every config that can be set here, in the order of display, with the defaults and ranges of Kafka 4.x (its `ConfigDef`s; KIP-1030). */
export const configTable: Readonly<Record<ConfigScope, readonly ConfigDefinition[]>> = Object.freeze({
  // org.apache.kafka.clients.producer.ProducerConfig
  producer: rows("producer", [
    choice("acks", "all", ["all", "1", "0"], { "-1": "all" }),
    long("linger.ms", 5, "ms", 0),
    int("batch.size", 16384, "bytes", 0),
    idle(choice("compression.type", "none", ["none", "gzip", "snappy", "lz4", "zstd"])),
    idle(boolean("enable.idempotence", true)),
    int("max.in.flight.requests.per.connection", 5, "none", 1),
    int("retries", INT_MAX, "none", 0),
    long("retry.backoff.ms", 100, "ms", 0),
    long("retry.backoff.max.ms", 1000, "ms", 0),
    int("request.timeout.ms", 30_000, "ms", 0),
    int("delivery.timeout.ms", 120_000, "ms", 0),
    long("max.block.ms", 60_000, "ms", 0),
    long("buffer.memory", 33_554_432, "bytes", 0),
    int("max.request.size", 1_048_576, "bytes", 0),
    // Kafka takes any class; without one, the built-in partitioner of KIP-794 is at work.
    { name: "partitioner.class", type: "choice", defaultValue: null, choices: [], unit: "none" },
    boolean("partitioner.ignore.keys", false),
    boolean("partitioner.adaptive.partitioning.enable", true),
    long("metadata.max.age.ms", 300_000, "ms", 0),
  ]),
  // org.apache.kafka.clients.consumer.ConsumerConfig
  consumer: rows("consumer", [
    idle(choice("group.protocol", "classic", ["classic", "consumer"])),
    // Kafka wants class names; these are the names by which those assignors go in JoinGroup.
    list("partition.assignment.strategy", "range,cooperative-sticky", ["range", "roundrobin", "sticky", "cooperative-sticky"], {
      "org.apache.kafka.clients.consumer.RangeAssignor": "range",
      "org.apache.kafka.clients.consumer.RoundRobinAssignor": "roundrobin",
      "org.apache.kafka.clients.consumer.StickyAssignor": "sticky",
      "org.apache.kafka.clients.consumer.CooperativeStickyAssignor": "cooperative-sticky",
    }),
    choice("auto.offset.reset", "latest", ["latest", "earliest", "none"]),
    boolean("enable.auto.commit", true),
    int("auto.commit.interval.ms", 5000, "ms", 0),
    int("max.poll.records", 500, "records", 1),
    int("max.poll.interval.ms", 300_000, "ms", 1),
    // Kafka bounds neither of these two; below 1 ms they have no meaning, so that is refused here.
    int("session.timeout.ms", 45_000, "ms", 1),
    int("heartbeat.interval.ms", 3000, "ms", 1),
    int("fetch.min.bytes", 1, "bytes", 0),
    int("fetch.max.wait.ms", 500, "ms", 0),
    int("fetch.max.bytes", 52_428_800, "bytes", 0),
    int("max.partition.fetch.bytes", 1_048_576, "bytes", 0),
    idle(choice("isolation.level", "read_uncommitted", ["read_uncommitted", "read_committed"])),
    idle(boolean("allow.auto.create.topics", true)),
    int("request.timeout.ms", 30_000, "ms", 0),
    long("retry.backoff.ms", 100, "ms", 0),
    idle(long("retry.backoff.max.ms", 1000, "ms", 0)),
    long("metadata.max.age.ms", 300_000, "ms", 0),
  ]),
  // org.apache.kafka.storage.internals.log.LogConfig
  topic: rows("topic", [
    idle(list("cleanup.policy", "delete", ["delete", "compact"])),
    idle(long("retention.ms", 604_800_000, "ms", -1)),
    // Kafka takes any negative number for "no limit"; -1 is the one that it documents.
    idle(long("retention.bytes", -1, "bytes", -1)),
    idle(int("segment.bytes", 1_073_741_824, "bytes", 1_048_576)),
    idle(long("segment.ms", 604_800_000, "ms", 1)),
    int("max.message.bytes", 1_048_588, "bytes", 0),
    idle(choice("compression.type", "producer", ["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"])),
    idle(int("min.insync.replicas", 1, "none", 1)),
    choice("message.timestamp.type", "CreateTime", ["CreateTime", "LogAppendTime"]),
    long("message.timestamp.before.max.ms", Number.MAX_SAFE_INTEGER, "ms", 0),
    long("message.timestamp.after.max.ms", 3_600_000, "ms", 0),
  ]),
  // LogConfig.SERVER_CONFIG_DEF, ReplicationConfigs, ServerConfigs, GroupCoordinatorConfig
  broker: rows("broker", [
    idle(boolean("auto.create.topics.enable", true)),
    int("num.partitions", 1, "none", 1),
    int("default.replication.factor", 1, "none", 1),
    idle(int("message.max.bytes", 1_048_588, "bytes", 0)),
    int("fetch.max.bytes", 57_671_680, "bytes", 1024),
    idle(long("log.retention.check.interval.ms", 300_000, "ms", 1)),
    int("offsets.topic.num.partitions", 50, "none", 1),
    int("offsets.topic.replication.factor", 3, "none", 1, 32_767),
    int("offset.metadata.max.bytes", 4096, "bytes", 0),
    idle(int("offsets.commit.timeout.ms", 5000, "ms", 1)),
    idle(int("offsets.retention.minutes", 10_080, "none", 1)),
    idle(long("offsets.retention.check.interval.ms", 600_000, "ms", 1)),
    // Kafka bounds none of these three; a negative time has no meaning, so that is refused here.
    int("group.initial.rebalance.delay.ms", 3000, "ms", 0),
    int("group.min.session.timeout.ms", 6000, "ms", 0),
    int("group.max.session.timeout.ms", 1_800_000, "ms", 0),
    int("group.max.size", INT_MAX, "none", 1),
  ]),
});

function rows(scope: ConfigScope, unscoped: readonly Row[]): readonly ConfigDefinition[] {
  return Object.freeze(unscoped.map((row) => Object.freeze({ ...row, scope })));
}

function idle(row: Row): Row {
  return { ...row, isIdle: true };
}

function int(name: string, defaultValue: number, unit: Unit, min: number, max = INT_MAX): Row {
  return { name, type: "int", defaultValue, min, max, unit };
}

function long(name: string, defaultValue: number, unit: Unit, min: number): Row {
  return { name, type: "long", defaultValue, min, max: Number.MAX_SAFE_INTEGER, unit };
}

function boolean(name: string, defaultValue: boolean): Row {
  return { name, type: "boolean", defaultValue, unit: "none" };
}

function choice(name: string, defaultValue: string, choices: readonly string[], aliases?: Readonly<Record<string, string>>): Row {
  return { name, type: "choice", defaultValue, choices, ...(aliases && { aliases }), unit: "none" };
}

function list(name: string, defaultValue: string, choices: readonly string[], aliases?: Readonly<Record<string, string>>): Row {
  return { name, type: "list", defaultValue, choices, ...(aliases && { aliases }), unit: "none" };
}
