import type { Configs } from "../kafka/configs";
import { formatTopicPartition, type TopicPartitionName } from "../kafka/topicPartition";
import type { RecordBatch } from "../kafka/recordBatch";
import type { ApiRequest, ApiResponse } from "../kafka/api";
import { randomStream, type RandomStream } from "../sim/random";
import type { ActorId } from "../sim/message";
import { emptyGroupCoordinatorState, type GroupCoordinatorState } from "./group/coordinatorState";
import type { RequestId } from "./handlerResult";
import type { ParkedFetch } from "./api/fetch";
import { appendAsLeader, partitionLog, type PartitionLog } from "./log/partitionLog";
import { metadataImage, type MetadataImage } from "./metadata/metadataImage";

/** A broker as plain data. Its logs are its durable state; all else is folded from them or may be lost. */
export interface Broker {
  readonly kind: "broker";
  readonly nodeId: number;
  readonly configs: Configs;
  readonly random: RandomStream;
  logs: Map<TopicPartitionName, PartitionLog>;
  /** Bytes of all batches in all its logs. */
  logBytes: number;
  metadata: MetadataImage;
  coordinator: GroupCoordinatorState;
  /** Requests not yet answered. */
  requests: Map<RequestId, { readonly from: ActorId; readonly connection: number }>;
  parkedFetches: Map<RequestId, ParkedFetch>;
  /** Which parked fetches wait for a partition. */
  fetchesByPartition: Map<TopicPartitionName, Set<RequestId>>;
}

/** What a broker may do to the world around it. */
export interface BrokerContext {
  readonly nowUs: number;
  readonly respond: (to: RequestId, response: ApiResponse) => void;
  readonly setTimer: (name: string, atUs: number) => void;
  readonly cancelTimer: (name: string) => void;
  /** Tells the watchers outside the cluster that a producer's batch was stored. */
  readonly stored: (topic: string, partition: number, batch: RecordBatch) => void;
  /** Tells them that a partition goes, with all that its log holds. */
  readonly deleted: (log: PartitionLog) => void;
}

/** One API: reads the request and acts through its result, the log, or the parked requests. */
export type ApiHandler<Request extends ApiRequest> = (broker: Broker, context: BrokerContext, request: Request, requestId: RequestId) => void;

export const CLUSTER_METADATA_TOPIC = "__cluster_metadata";
export const CONSUMER_OFFSETS_TOPIC = "__consumer_offsets";

export function newBroker(nodeId: number, configs: Configs, seed: number): Broker {
  return {
    kind: "broker",
    nodeId,
    configs,
    random: randomStream(seed, `broker ${nodeId}`),
    logs: new Map([[formatTopicPartition(CLUSTER_METADATA_TOPIC, 0), partitionLog(CLUSTER_METADATA_TOPIC, 0)]]),
    logBytes: 0,
    metadata: metadataImage(),
    coordinator: emptyGroupCoordinatorState(),
    requests: new Map(),
    parkedFetches: new Map(),
    fetchesByPartition: new Map(),
  };
}

/** Puts a batch at the end of one of the broker's logs; returns it as it is stored. */
export function appendToLog(broker: Broker, log: PartitionLog, batch: RecordBatch): RecordBatch {
  const stored = appendAsLeader(log, batch);
  broker.logBytes += stored.sizeInBytes;
  return stored;
}

/** Takes a log away, with all that it holds. */
export function deleteLog(broker: Broker, name: TopicPartitionName): void {
  broker.logBytes -= broker.logs.get(name)?.sizeInBytes ?? 0;
  broker.logs.delete(name);
}

export function nowMs(context: { readonly nowUs: number }): number {
  return Math.floor(context.nowUs / 1000);
}
