import { booleanConfig, intConfig, stringConfig, type Configs } from "../../kafka/configs";
import { deliveryTimeoutMs } from "../../kafka/producerConfigs";
import type { RecordBatch } from "../../kafka/recordBatch";
import type { TopicPartitionName } from "../../kafka/topicPartition";
import type { RecordSource } from "../../apps/program";
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
  /** The last eight records' way to a partition, oldest first. */
  decisions: PartitionDecisionMade[];
}

/** One batch on its way (`ProducerBatch`). While it is open, records are added; `sealed` once it was drained into a request. */
export interface ProducerBatch {
  readonly topic: string;
  readonly partition: number;
  readonly createdUs: number;
  readonly keys: (string | null)[];
  readonly values: string[];
  readonly timestampsMs: number[];
  readonly sendNumbers: number[];
  sizeInBytes: number;
  /** What it holds of buffer.memory until it is done. */
  readonly allocatedBytes: number;
  /** No more records fit, or it was drained. */
  closed: boolean;
  sealed: RecordBatch | null;
  attempts: number;
  /** Not sent again before this virtual time in µs. */
  retryAtUs: number;
}

/** The partition that unkeyed records of a topic stick to, and the bytes it has taken (KIP-794, `BuiltInPartitioner.StickyPartitionInfo`). */
export interface StickyPartition {
  readonly partition: number;
  readonly bytes: number;
}

export function isProducer(actor: { readonly kind: string } | undefined): actor is Producer {
  return actor?.kind === "producer";
}

export interface BlockedSend {
  readonly key: string | null;
  readonly value: string;
  /** Which of the topics comes next. */
  readonly topicIndex: number;
  /** What it must wait for, at most max.block.ms; null while it need not wait. */
  readonly waitsFor: "metadata" | "memory" | null;
}

export interface PartitionDecisionMade {
  readonly topic: string;
  readonly key: string | null;
  readonly partition: number;
  readonly partitions: number;
  /** Signed murmur2 of a key, or null. */
  readonly hash: number | null;
  /** Bytes that the sticky partition had taken, this record included, or null for a keyed record. */
  readonly stickyBytes: number | null;
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
    source,
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
