import { booleanConfig, intConfig, stringConfig, type Configs } from "../../kafka/configs";
import { deliveryTimeoutMs } from "../../kafka/producerConfigs";
import type { SentBatch } from "../../kafka/records/madeBatch";
import type { TopicPartitionName } from "../../kafka/topicPartition";
import type { KeySource, RecordSource } from "../../apps/program";
import type { RecordText } from "./newRecord";
import { randomStream, type RandomStream } from "../../sim/random";
import { newConnections, type Connections } from "../connections";
import { topicMetadata, type TopicMetadata } from "../topicMetadata";
import { share } from "../../sim/share";

/** A Java producer (`KafkaProducer`) and the application that calls it, as plain data. */
export interface Producer {
  readonly kind: "producer";
  readonly clientId: string;
  topics: readonly string[];
  source: RecordSource;
  config: ProducerConfig;
  readonly random: RandomStream;
  metadata: TopicMetadata;
  readonly connections: Connections;
  /** Its application sends by another client, too: it runs though there is no topic. */
  hasOtherClients: boolean;
  /** Batches not yet in a request, oldest first, by partition (`RecordAccumulator`). */
  accumulator: Map<TopicPartitionName, ProducerBatch[]>;
  sticky: Map<string, StickyPartition>;
  /** Batches in requests without an answer, by request id. */
  inFlight: Map<number, { readonly nodeId: number; readonly batches: readonly ProducerBatch[] }>;
  /** What all batches not yet acknowledged hold of buffer.memory. */
  bufferedBytes: number;
  /** When its application sends next, virtual µs; Infinity while it stands still, or `send()` is blocked. */
  nextSendUs: number;
  /** The record that `send()` is blocked with, or null. */
  blocked: BlockedSend | null;
  /** No more sends: what is left is flushed, then the producer is gone. */
  closing: boolean;
  /** Records that its application has made so far. With one topic that is the count of sends. */
  made: number;
  /** Count of sends so far; the next record's number. */
  sent: number;
  acknowledged: number;
  failed: number;
  /** The last eight records' way to a partition, each in place of the one before it (`decisions.ts`), and how many there were. */
  decisions: PartitionDecisionMade[];
  decided: number;
}

/** One batch on its way (`ProducerBatch`). While it is open, records are added; `sealed` once it was drained into a request. */
export interface ProducerBatch {
  readonly topic: string;
  readonly partition: number;
  readonly createdUs: number;
  /** Whose records these are, but for those whose texts stand beside them. */
  readonly source: RecordSource;
  /** As those of a `MadeBatch`. */
  rows: number[];
  /** By index, the texts of records that the source does not make. */
  texts: Map<number, RecordText> | null;
  baseTimestampMs: number;
  maxTimestampMs: number;
  sizeInBytes: number;
  /** What it holds of buffer.memory until it is done. */
  readonly allocatedBytes: number;
  /** No more records fit, or it was drained. */
  closed: boolean;
  sealed: SentBatch | null;
  attempts: number;
  /** Not sent again before this virtual time in µs. */
  retryAtUs: number;
}

/** The partition that unkeyed records of a topic stick to, and the bytes it has taken (KIP-794, `BuiltInPartitioner.StickyPartitionInfo`). */
export interface StickyPartition {
  partition: number;
  bytes: number;
}

export function isProducer(actor: { readonly kind: string } | undefined): actor is Producer {
  return actor?.kind === "producer";
}

export interface BlockedSend {
  /** What the source was when it made the record. */
  readonly source: RecordSource;
  readonly keyNumber: number;
  readonly draw: number;
  /** Null where the source makes it. */
  readonly text: RecordText | null;
  /** Which of the topics comes next. */
  readonly topicIndex: number;
  /** What it must wait for, at most max.block.ms; null while it need not wait. */
  readonly waitsFor: "metadata" | "memory" | null;
}

export interface PartitionDecisionMade {
  topic: string;
  /** Whose key it is, and which; or its text, where the source does not make it. */
  keys: KeySource;
  keyNumber: number;
  text: string | null;
  partition: number;
  partitions: number;
  /** Signed murmur2 of a key, or null. */
  hash: number | null;
  /** Bytes that the sticky partition had taken, this record included; 0 for a keyed record. */
  stickyBytes: number;
}

/** The configs that the producer reads, parsed once. */
export interface ProducerConfig {
  readonly changed: Configs;
  readonly acks: number;
  readonly lingerMs: number;
  readonly batchSize: number;
  readonly bufferMemory: number;
  readonly maxBlockMs: number;
  readonly maxRequestSize: number;
  readonly maxInFlightRequestsPerConnection: number;
  readonly requestTimeoutMs: number;
  readonly deliveryTimeoutMs: number;
  readonly retries: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly metadataMaxAgeMs: number;
  readonly ignoreKeys: boolean;
  readonly adaptivePartitioning: boolean;
}

export function newProducer(clientId: string, topics: readonly string[], source: RecordSource, configs: Configs, seed: number, bootstrap: readonly number[] = [1]): Producer {
  return {
    kind: "producer",
    clientId,
    topics,
    source: share(source),
    config: producerConfig(configs),
    random: randomStream(seed, `producer ${clientId}`),
    metadata: topicMetadata(),
    connections: newConnections(bootstrap),
    hasOtherClients: false,
    accumulator: new Map(),
    sticky: new Map(),
    inFlight: new Map(),
    bufferedBytes: 0,
    nextSendUs: Infinity,
    blocked: null,
    closing: false,
    made: 0,
    sent: 0,
    acknowledged: 0,
    failed: 0,
    decisions: [],
    decided: 0,
  };
}

export function producerConfig(changed: Configs): ProducerConfig {
  const int = (name: string): number => intConfig("producer", changed, name);
  return share({
    changed,
    acks: parseAcks(stringConfig("producer", changed, "acks")),
    lingerMs: int("linger.ms"),
    batchSize: int("batch.size"),
    bufferMemory: int("buffer.memory"),
    maxBlockMs: int("max.block.ms"),
    maxRequestSize: int("max.request.size"),
    maxInFlightRequestsPerConnection: int("max.in.flight.requests.per.connection"),
    requestTimeoutMs: int("request.timeout.ms"),
    deliveryTimeoutMs: deliveryTimeoutMs(changed),
    retries: int("retries"),
    retryBackoffMs: int("retry.backoff.ms"),
    retryBackoffMaxMs: int("retry.backoff.max.ms"),
    metadataMaxAgeMs: int("metadata.max.age.ms"),
    ignoreKeys: booleanConfig("producer", changed, "partitioner.ignore.keys"),
    adaptivePartitioning: booleanConfig("producer", changed, "partitioner.adaptive.partitioning.enable"),
  });
}

function parseAcks(acks: string): number {
  return acks === "all" ? -1 : Number(acks);
}
