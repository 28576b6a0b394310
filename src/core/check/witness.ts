import type { ClassicGroup } from "../broker/group/classic/classicGroup";
import type { PartitionLog } from "../broker/log/partitionLog";
import type { ProduceRequest } from "../kafka/api/produce";
import type { RecordBatch } from "../kafka/recordBatch";
import type { ActorId } from "../sim/message";

/** What the checks remember of one run; it never looks into the run's future and the run never looks at it. */
export interface Witness {
  nowUs: number;
  eventCount: number;
  readonly logs: Map<PartitionLog, LogMemory>;
  /** Topics that were deleted at some time: what clients knew of the old one may be wrong for a new one of that name. */
  readonly deletedTopics: Set<string>;
  readonly topicIds: Map<string, string>;
  /** The newest value of each group of the coordinator. */
  readonly groups: Map<string, ClassicGroup>;
  /** By actor: the newest membership. */
  readonly members: Map<ActorId, { readonly memberId: string; readonly generationId: number }>;
  /** Produce requests that were not yet answered. */
  readonly produceRequests: Map<number, ProduceRequest>;
  /** What producers were told: where each batch is. */
  readonly acknowledged: { readonly topicId: string; readonly topic: string; readonly partition: number; readonly offset: number; readonly batch: RecordBatch }[];
  /** Producers whose batches may have overtaken each other: one was tried again while a later one of its partition was under way. */
  readonly overtaken: Set<ActorId>;
  /** Answers may have been lost: what was stored may have been sent again. */
  hasFaults: boolean;
  /** Groups that may pass records over: some member started at the end of a partition (auto.offset.reset=latest). */
  readonly mayPassOver: Set<string>;
}

export interface LogMemory {
  batches: number;
  logStartOffset: number;
  highWatermark: number;
  logEndOffset: number;
  /** The newest send number of each producer. */
  readonly lastSends: Map<ActorId, number>;
}

export function newWitness(): Witness {
  return {
    nowUs: 0,
    eventCount: 0,
    logs: new Map(),
    deletedTopics: new Set(),
    topicIds: new Map(),
    groups: new Map(),
    members: new Map(),
    produceRequests: new Map(),
    acknowledged: [],
    overtaken: new Set(),
    hasFaults: false,
    mayPassOver: new Set(),
  };
}
