import { booleanConfig, intConfig, listConfig, stringConfig, type Configs } from "../../kafka/configs";
import type { BatchPage, StoredRecord } from "../../kafka/records/batchPage";
import type { RecordBatch } from "../../kafka/records/recordBatch";
import type { TopicPartition, TopicPartitionName } from "../../kafka/topicPartition";
import { targetsOf, type Outcome } from "../../apps/attempt";
import type { Processing } from "../../apps/program";
import { randomStream, type RandomStream } from "../../sim/random";
import { newConnections, type Connections } from "../connections";
import { topicMetadata, type TopicMetadata } from "../topicMetadata";
import type { AssignorName, LastAssignment } from "./assignor/assignor";
import { share } from "../../sim/share";

/**
 * A Java consumer with the classic group protocol (`KafkaConsumer`, `ConsumerCoordinator`, `Fetcher`) and the application around it:
 * `while (true) { records = poll(); for (record of records) process(record); }`. Plain data.
 */
export interface Consumer {
  readonly kind: "consumer";
  readonly clientId: string;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly config: ConsumerConfig;
  processing: Processing;
  metadata: TopicMetadata;
  readonly connections: Connections;
  /** Node of the group coordinator, once found. */
  coordinator: number | null;
  member: Membership;
  /** The next poll joins the group (again). */
  needsRejoin: boolean;
  /** The step of `poll()` or `close()` that waits for an answer, with the request's id; null while nothing is waited for. */
  waiting: { readonly step: BlockingStep; readonly requestId: number } | null;
  /** Owned partitions; those last served come last. */
  partitions: Map<TopicPartitionName, OwnedPartition>;
  /** Fetched, not yet returned by `poll()`, oldest first (`CompletedFetch`). */
  completedFetches: RecordRange[];
  /** Returned by `poll()`, not yet processed, in order. */
  polled: RecordRange[];
  /** Records in work: one, the first of `polled`, or where a pool works on them as many as it has workers. */
  jobs: Job[];
  /** Batches of what it sends on, by the request that they are in. */
  forwards: Map<number, { readonly topic: string; readonly partition: number; readonly batch: RecordBatch }>;
  /** Says which attempts fail. */
  readonly chance: RandomStream;
  /** Records that it has sent on; the next one's number. */
  sentOn: number;
  /** A commit that is waited for could not be sent, or was lost: it is sent as soon as there is a coordinator. */
  owesCommit: boolean;
  lastAutoCommitUs: number;
  lastCommitUs: number | null;
  /** Records processed since it joined its group. */
  processed: number;
  /** What happens once what was polled is processed. */
  closing: "close" | "restart" | null;
  /** Its process has ended in the middle of something. */
  hasCrashed: boolean;
  /** Kafka's exception that ended the application, or null. */
  fatalException: string | null;
}

export function isConsumer(actor: { readonly kind: string } | undefined): actor is Consumer {
  return actor?.kind === "consumer";
}

/** One record in work. Frozen. */
export interface Job {
  /** Which of the workers has it; 0 without a pool. */
  readonly worker: number;
  readonly topic: string;
  readonly partition: number;
  readonly record: StoredRecord;
  /** How often it was tried before. */
  readonly attempt: number;
  /** Virtual µs; a handler that stalls never comes to its end. */
  readonly startUs: number;
  readonly endUs: number;
  readonly outcome: Outcome;
  /** It is being sent on to a topic, by this request, or as soon as that can be. */
  readonly sending: { readonly topic: string; readonly requestId: number | null; readonly isGivenUp: boolean; readonly sinceUs: number } | null;
}

export interface Membership {
  memberId: string;
  generationId: number;
  protocolName: string | null;
  isLeader: boolean;
  state: "unjoined" | "preparing" | "joining" | "syncing" | "stable";
  /** Partition counts of its topics that the leader's assignment was computed from; a change asks for a new one. */
  assignedFrom: readonly number[] | null;
  lastAssignment: LastAssignment | null;
  /** The JoinGroup, the SyncGroup, or the commit before them that is under way. `poll()` goes on meanwhile with what is owned (KIP-429). */
  requestId: number | null;
  /** What the leader assigned, until the next `poll()` takes it over. */
  assigned: readonly TopicPartition[] | null;
  /** Until when the commit before joining is tried again where it fails, and when next; null while it need not be. Virtual µs. */
  preparingUntilUs: number;
  commitAgainUs: number | null;
}

export type BlockingStep = "findCoordinator" | "commit" | "fetchOffsets" | "leave" | "backoff";

export interface OwnedPartition {
  readonly topic: string;
  readonly partition: number;
  /** Offset that the next `poll()` returns first; null until it is known. */
  position: number | null;
  /** A ListOffsets for auto.offset.reset is under way. */
  resetting: boolean;
  /** Offset of the next record to process. */
  nextToProcess: number | null;
  highWatermark: number;
}

/** Records of a partition that follow each other: slots `next` up to, not including, `end` of a page. */
export interface RecordRange {
  readonly topic: string;
  readonly partition: number;
  readonly page: BatchPage;
  next: number;
  end: number;
}

/** The configs that the consumer reads, parsed once. */
export interface ConsumerConfig {
  readonly changed: Configs;
  readonly assignors: readonly AssignorName[];
  readonly autoOffsetReset: string;
  readonly enableAutoCommit: boolean;
  readonly autoCommitIntervalMs: number;
  readonly maxPollRecords: number;
  readonly maxPollIntervalMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly fetchMinBytes: number;
  readonly fetchMaxWaitMs: number;
  readonly fetchMaxBytes: number;
  readonly maxPartitionFetchBytes: number;
  readonly isolationLevel: number;
  readonly metadataMaxAgeMs: number;
  readonly retryBackoffMs: number;
  readonly requestTimeoutMs: number;
}

export function newConsumer(clientId: string, groupId: string, topics: readonly string[], configs: Configs, processing: Processing, bootstrap: readonly number[] = [1], seed = 0): Consumer {
  return {
    kind: "consumer",
    clientId,
    groupId,
    topics,
    config: consumerConfig(configs),
    processing,
    metadata: topicMetadata(),
    connections: newConnections(bootstrap),
    coordinator: null,
    member: {
      memberId: "",
      generationId: -1,
      protocolName: null,
      isLeader: false,
      state: "unjoined",
      assignedFrom: null,
      lastAssignment: null,
      requestId: null,
      assigned: null,
      preparingUntilUs: 0,
      commitAgainUs: null,
    },
    needsRejoin: true,
    waiting: null,
    partitions: new Map(),
    completedFetches: [],
    polled: [],
    jobs: [],
    forwards: new Map(),
    chance: randomStream(seed, `processing ${clientId}`),
    sentOn: 0,
    owesCommit: false,
    lastAutoCommitUs: 0,
    lastCommitUs: null,
    processed: 0,
    closing: null,
    hasCrashed: false,
    fatalException: null,
  };
}

function consumerConfig(changed: Configs): ConsumerConfig {
  const int = (name: string): number => intConfig("consumer", changed, name);
  return share({
    changed,
    assignors: listConfig("consumer", changed, "partition.assignment.strategy") as readonly AssignorName[], // validated against the choices
    autoOffsetReset: stringConfig("consumer", changed, "auto.offset.reset"),
    enableAutoCommit: booleanConfig("consumer", changed, "enable.auto.commit"),
    autoCommitIntervalMs: int("auto.commit.interval.ms"),
    maxPollRecords: int("max.poll.records"),
    maxPollIntervalMs: int("max.poll.interval.ms"),
    sessionTimeoutMs: int("session.timeout.ms"),
    heartbeatIntervalMs: int("heartbeat.interval.ms"),
    fetchMinBytes: int("fetch.min.bytes"),
    fetchMaxWaitMs: int("fetch.max.wait.ms"),
    fetchMaxBytes: int("fetch.max.bytes"),
    maxPartitionFetchBytes: int("max.partition.fetch.bytes"),
    isolationLevel: stringConfig("consumer", changed, "isolation.level") === "read_committed" ? 1 : 0,
    metadataMaxAgeMs: int("metadata.max.age.ms"),
    retryBackoffMs: int("retry.backoff.ms"),
    requestTimeoutMs: int("request.timeout.ms"),
  });
}

/** The application is busy with a record within its loop, so that it does not poll. */
export function isBusy({ jobs, processing }: Consumer): boolean {
  return jobs.length > 0 && !processing.workers;
}

/** A handler of its loop does not return. */
export function isStalled(consumer: Consumer): boolean {
  return isBusy(consumer) && consumer.jobs[0]?.outcome === "stall";
}

/** What it needs to know where it lies: what it reads, and what its application sends on to. */
export function topicsOf({ topics, processing }: Consumer): readonly string[] {
  const targets = targetsOf(processing);
  return targets.length === 0 ? topics : [...new Set([...topics, ...targets])];
}

/** Records that it holds: returned by `poll()` and fetched ahead, those in work included. */
export function recordsHeld(consumer: Consumer): number {
  let count = consumer.processing.workers ? consumer.jobs.length : 0;
  for (const range of consumer.polled) count += range.end - range.next;
  for (const range of consumer.completedFetches) count += range.end - range.next;
  return count;
}
