import type { ApiRequest, ApiResponse } from "../kafka/api/api";
import type { Configs } from "../kafka/configs";
import { formatTopicPartition, type TopicPartitionName } from "../kafka/topicPartition";
import type { SentBatch } from "../kafka/records/madeBatch";
import { randomStream, type RandomStream } from "../sim/random";
import type { ActorId } from "../sim/message";
import type { Timer } from "../sim/timer";
import type { Shard } from "./coordinators/shard";
import type { BrokerFact } from "./facts";
import type { GroupCoordinatorState } from "./group/coordinatorState";
import type { RequestId } from "./handlerResult";
import { appendAsLeader, partitionLog, type PartitionLog } from "./log/partitionLog";
import { metadataImage, type MetadataImage } from "./metadata/metadataImage";
import { emptyPurgatory, type Purgatory } from "./purgatory";
import { CLUSTER_METADATA_TOPIC } from "../kafka/names";

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
  /** The group coordinators that it is, by partition of `__consumer_offsets`. */
  groupShards: Map<number, Shard<GroupCoordinatorState>>;
  /** Requests not yet answered. */
  requests: Map<RequestId, { readonly from: ActorId; readonly connection: number }>;
  purgatory: Purgatory;
  /** Partitions whose log has changed in this event: at its end whoever waits for them is looked at. */
  changed: Set<TopicPartitionName>;
}

export function isBroker(actor: { readonly kind: string } | undefined): actor is Broker {
  return actor?.kind === "broker";
}

/** What a broker may do to the world around it. */
export interface BrokerContext {
  readonly nowUs: number;
  readonly respond: (to: RequestId, response: ApiResponse) => void;
  readonly setTimer: (timer: Timer, atUs: number) => void;
  readonly cancelTimer: (timer: Timer) => void;
  /** Tells those who watch from outside. */
  readonly tell: (fact: BrokerFact) => void;
}

/** One API: reads the request and acts through its result, the log, or the parked requests. */
export type ApiHandler<Request extends ApiRequest> = (broker: Broker, context: BrokerContext, request: Request, requestId: RequestId) => void;

export function newBroker(nodeId: number, configs: Configs, seed: number): Broker {
  return {
    kind: "broker",
    nodeId,
    configs,
    random: randomStream(seed, `broker ${nodeId}`),
    logs: new Map([[formatTopicPartition(CLUSTER_METADATA_TOPIC, 0), partitionLog(CLUSTER_METADATA_TOPIC, 0)]]),
    logBytes: 0,
    metadata: metadataImage(),
    groupShards: new Map(),
    requests: new Map(),
    purgatory: emptyPurgatory(),
    changed: new Set(),
  };
}

/** Puts a batch at the end of one of the logs that the broker leads, with the broker's time in ms where the topic wants that; returns its first offset. */
export function appendToLog(broker: Broker, context: Pick<BrokerContext, "tell">, log: PartitionLog, batch: SentBatch, appendTimeMs: number | null = null): number {
  const baseOffset = log.logEndOffset;
  const page = appendAsLeader(log, batch, appendTimeMs);
  broker.logBytes += batch.sizeInBytes;
  context.tell({ type: "stored", log, page });
  broker.changed.add(formatTopicPartition(log.topic, log.partition));
  return baseOffset;
}

/** Takes a log away, with all that it holds. */
export function deleteLog(broker: Broker, context: Pick<BrokerContext, "tell">, name: TopicPartitionName): void {
  const log = broker.logs.get(name);
  if (!log) return;
  broker.logBytes -= log.sizeInBytes;
  broker.logs.delete(name);
  broker.changed.add(name);
  context.tell({ type: "deleted", log });
}
