import type { ClassicGroup } from "../broker/group/classic/classicGroup";
import type { PartitionLog } from "../broker/log/partitionLog";
import type { Consumer } from "../clients/consumer/consumer";
import type { FetchRequest } from "../kafka/api/fetch";
import type { OffsetCommitRequest } from "../kafka/api/offsets";
import type { ProduceRequest } from "../kafka/api/produce";
import type { SentBatch } from "../kafka/records/madeBatch";
import type { ActorId } from "../sim/message";

/** What the checks remember of one run; it never looks into the run's future and the run never looks at it. */
export interface Witness {
  nowUs: number;
  eventCount: number;
  /** Events since the clock last moved. */
  atOnce: number;
  readonly logs: Map<PartitionLog, LogMemory>;
  /** Topics that were deleted at some time: what clients knew of the old one may be wrong for a new one of that name. */
  readonly deletedTopics: Set<string>;
  readonly topicIds: Map<string, string>;
  /** The newest value of each group of the coordinator. */
  readonly groups: Map<string, ClassicGroup>;
  /** By actor: the newest membership. */
  readonly members: Map<ActorId, { readonly memberId: string; readonly generationId: number }>;
  /** When the last heartbeat of each member in the current generation came. */
  readonly heardUs: Map<string, number>;
  /** Requests that were handled and not yet answered, by id. `refusal` says why a commit may not be taken. */
  readonly requests: Map<number, { readonly request: ProduceRequest | FetchRequest | OffsetCommitRequest; readonly refusal?: string | null }>;
  /** All batches of producers that were ever stored (`sameBatch.ts`). */
  readonly stored: Set<string>;
  /** What producers were told: where each batch is. */
  readonly acknowledged: { readonly topicId: string; readonly topic: string; readonly partition: number; readonly offset: number; readonly batch: SentBatch }[];
  /** Producers whose batches may have overtaken each other: one was tried again while a later one of its partition was under way. */
  readonly overtaken: Set<ActorId>;
  /** Answers may have been lost: what was stored may have been sent again. */
  hasFaults: boolean;
  /** Groups with a member whose settings allow to pass records over, or to process them twice; and the program of each that was looked at. */
  readonly mayPassOver: Set<string>;
  readonly mayRepeat: Set<string>;
  /** Groups with a pool that commits each record as it comes. */
  readonly mayCommitAhead: Set<string>;
  readonly programs: Map<ActorId, Pick<Consumer, "groupId" | "processing" | "config">>;
  /** By consumer of a queue: the newest delivery, and by priority the newest place that was sent for the first time. */
  readonly sent: Map<number, { readonly tag: number; readonly places: readonly number[] }>;
  /** Which places of which queues were sent to somebody. */
  readonly sentPlaces: Set<string>;
  /** Queues that may lose messages, because something was asked for that does. */
  readonly excused: Set<string>;
  readonly queueIds: Map<string, number>;
}

export interface LogMemory {
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
    atOnce: 0,
    logs: new Map(),
    deletedTopics: new Set(),
    topicIds: new Map(),
    groups: new Map(),
    members: new Map(),
    heardUs: new Map(),
    requests: new Map(),
    stored: new Set(),
    acknowledged: [],
    overtaken: new Set(),
    hasFaults: false,
    mayPassOver: new Set(),
    mayRepeat: new Set(),
    mayCommitAhead: new Set(),
    programs: new Map(),
    sent: new Map(),
    sentPlaces: new Set(),
    excused: new Set(),
    queueIds: new Map(),
  };
}
