import type { CoordinatorRecord, OffsetCommitValue } from "../../kafka/coordinatorRecords";
import type { TopicPartitionName } from "../../kafka/topicPartition";
import type { HandlerResult } from "../handlerResult";
import type { ClassicGroup } from "./classic/classicGroup";
import { share } from "../../sim/share";

/**
 * What a group coordinator knows about the groups of one `__consumer_offsets` log: groups by id, committed offsets by group and
 * partition. Plain data; only `replay` and `applySoft` change the maps.
 */
export interface GroupCoordinatorState {
  readonly groups: Map<string, ClassicGroup>;
  readonly offsets: Map<string, Map<TopicPartitionName, CommittedOffset>>;
}

export type CommittedOffset = OffsetCommitValue;

/** The broker configs that the coordinator reads, under Kafka's names. */
export interface GroupCoordinatorConfig {
  /** group.initial.rebalance.delay.ms */
  readonly groupInitialRebalanceDelayMs: number;
  /** group.min.session.timeout.ms */
  readonly groupMinSessionTimeoutMs: number;
  /** group.max.session.timeout.ms */
  readonly groupMaxSessionTimeoutMs: number;
  /** group.max.size: members of one group. */
  readonly groupMaxSize: number;
  /** offset.metadata.max.bytes */
  readonly offsetMetadataMaxBytes: number;
}

/** What a handler may see. It changes nothing here: what it decided is in its result. */
export interface GroupCoordinatorContext {
  readonly nowMs: number;
  readonly state: GroupCoordinatorState;
  readonly config: GroupCoordinatorConfig;
  /** A member id never given before: Kafka appends a random uuid to the client id (or to the group instance id). */
  newMemberId(prefix: string): string;
}

/** The new value of one group; null where it is gone. */
export interface GroupSoft {
  readonly groupId: string;
  readonly group: ClassicGroup | null;
}

export type GroupResult = HandlerResult<CoordinatorRecord, GroupSoft>;

export const EMPTY_RESULT: GroupResult = share({ records: [], soft: [], responses: [], timers: [] });

export function emptyGroupCoordinatorState(): GroupCoordinatorState {
  return { groups: new Map(), offsets: new Map() };
}
