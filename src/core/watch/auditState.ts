import type { TopicPartitionName } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { pagedBytes, type PagedBytes } from "../sim/pagedList";

/**
 * The delivery check: watches from outside the cluster, and knows each record by its identity (producer actor, send number), never by
 * its offset alone. Always, per group and topic: acknowledged + unconfirmed = processed + waiting + lost.
 */
export interface Audit {
  /** By producer: a byte for each send, STORED, ACKNOWLEDGED and FORGOTTEN. */
  sends: Map<ActorId, PagedBytes>;
  partitions: Map<TopicPartitionName, StoredCounts>;
  groups: Map<string, GroupAudit>;
}

export interface StoredCounts {
  /** Different records. */
  stored: number;
  /** Those of them whose producer has been told so. */
  acknowledged: number;
  /** Further copies of them, which a producer sent again because it did not know. */
  copies: number;
}

export interface GroupAudit {
  /** By producer: a byte for each send, times processed, ASIDE, LOST and BEFORE. */
  sends: Map<ActorId, PagedBytes>;
  topics: Map<string, TopicAudit>;
  partitions: Map<TopicPartitionName, GroupPosition>;
  /** Where it had a position in a topic that was deleted: it may take that along into another topic of that name. */
  older: Set<TopicPartitionName>;
  /** Highest send number processed, by topic, producer and number of the key. */
  lastOfKey: Map<string, Map<ActorId, number[]>>;
}

export interface TopicAudit {
  processed: number;
  /** Sent on to a retry or dead-letter topic instead. */
  setAside: number;
  lost: number;
  twice: number;
  outOfOrder: number;
  /** Stored below the group's first position, so not owed to it; and how many of these are acknowledged. */
  beforeStart: number;
  beforeStartAcknowledged: number;
  /** How many partitions the topic had when the group took up its first position in it. */
  partitionsAtStart: number;
}

export interface GroupPosition {
  /** Lowest position the group ever took up here. */
  start: number;
  /** Next offset to process. */
  next: number;
  /** Below here every record was either processed or counted as lost. */
  settled: number;
}

export const STORED = 1;

export const ACKNOWLEDGED = 2;

/** Went with its topic; a new topic of that name knows nothing of it. */
export const FORGOTTEN = 4;

/** Sent to a retry or dead-letter topic, and not processed. */
export const ASIDE = 32;

/** Passed over, and not processed since. */
export const LOST = 64;

/** Stored only below where the group began. */
export const BEFORE = 128;

export const TIMES = 31;

export function audit(): Audit {
  return { sends: new Map(), partitions: new Map(), groups: new Map() };
}

export function sendsOf(sends: Map<ActorId, PagedBytes>, producer: ActorId): PagedBytes {
  let bytes = sends.get(producer);
  if (!bytes) sends.set(producer, (bytes = pagedBytes()));
  return bytes;
}

export function storedCounts(state: Audit, name: TopicPartitionName): StoredCounts {
  let counts = state.partitions.get(name);
  if (!counts) state.partitions.set(name, (counts = { stored: 0, acknowledged: 0, copies: 0 }));
  return counts;
}

export function groupAudit(state: Audit, groupId: string): GroupAudit {
  let group = state.groups.get(groupId);
  if (!group) state.groups.set(groupId, (group = { sends: new Map(), topics: new Map(), partitions: new Map(), older: new Set(), lastOfKey: new Map() }));
  return group;
}

export function topicAudit(group: GroupAudit, topic: string): TopicAudit {
  let counts = group.topics.get(topic);
  if (!counts) group.topics.set(topic, (counts = { processed: 0, setAside: 0, lost: 0, twice: 0, outOfOrder: 0, beforeStart: 0, beforeStartAcknowledged: 0, partitionsAtStart: 0 }));
  return counts;
}
