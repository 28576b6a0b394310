import type { ConfigValue } from "../kafka/configTable";
import type { TopicPartitionName } from "../kafka/topicPartition";
import type { DeliveryPromise } from "../watch/promise";
import type { ColumnImage, ExchangeImage, QueueImage, ReceiverImage, SentAs } from "./amqpImage";
import type { MessageImage } from "./messageImage";
import type { Patch } from "./patch";
import type { ConsumerSpec, DeliveryMode, GroupSpec, NetworkSpec, ProducerSpec, TopicState } from "../world/spec";

/**
 * The read model: everything the picture needs, and nothing that can be computed only by knowing Kafka. Plain data; entities by their
 * Kafka names, in Maps, because a Map takes any name and keeps the order in which things were made. A new subscriber, a reload and a seek
 * all get a whole image; after that, deltas replace whole changed entities.
 */
export interface ClusterImage {
  readonly clock: ClockImage;
  /** By node.id, as text. */
  readonly brokers: ReadonlyMap<string, BrokerImage>;
  /** By topic name, user topics first in order of creation, then internal ones. */
  readonly topics: ReadonlyMap<string, TopicImage>;
  /** In the topics' order, those of a topic by number. */
  readonly partitions: ReadonlyMap<TopicPartitionName, PartitionImage>;
  /** By client.id, in order of creation. */
  readonly producers: ReadonlyMap<string, ProducerImage>;
  /** By group.id, in order of creation. */
  readonly groups: ReadonlyMap<string, GroupImage>;
  /** By client.id, in order of creation. */
  readonly consumers: ReadonlyMap<string, ConsumerImage>;
  /** Of the RabbitMQ broker, by name, in order of creation; empty without one. */
  readonly exchanges: ReadonlyMap<string, ExchangeImage>;
  readonly queues: ReadonlyMap<string, QueueImage>;
  readonly receivers: ReadonlyMap<string, ReceiverImage>;
  /** The delivery check of groups and queues side by side, by `group/name` and `queue/name`, groups first; empty where there is no queue. */
  readonly columns: ReadonlyMap<string, ColumnImage>;
  /** Whether there is a RabbitMQ broker, and runs; null without one. */
  readonly isAmqpUp: boolean | null;
  /** Requests and responses in flight now, oldest first, without heartbeats and metadata; at most 200. None while a world plays whose motion is drawn. */
  readonly messages: readonly MessageImage[];
  /** Names that clients send to or subscribe to, and that no topic has. */
  readonly missingTopics: readonly string[];
  /** Topics that are to be deleted and that the cluster still has. */
  readonly goingTopics: readonly string[];
  /** One sentence about what is on the screen now. */
  readonly narration: Narration;
  /** Named caps that were reached, with the cap. */
  readonly limitsReached: readonly { readonly limit: string; readonly value: number }[];
  /** By `group/topic`, in the groups' order. */
  readonly audit: ReadonlyMap<string, AuditImage>;
}

export interface ClockImage {
  readonly timeUs: number;
  readonly eventCount: number;
  readonly mode: DeliveryMode;
  /** Those that there is a way to. */
  readonly modes: readonly DeliveryMode[];
  readonly network: NetworkSpec;
}

export interface BrokerImage {
  readonly nodeId: number;
  readonly actor: number;
  /** Changed configs only. */
  readonly configs: Readonly<Record<string, ConfigValue>>;
}

export interface TopicImage {
  readonly name: string;
  /** Small whole number naming this topic in motion frames; never reused in a run. */
  readonly index: number;
  readonly topicId: string;
  readonly internal: boolean;
  readonly partitions: number;
  /** How many were asked for: the brokers may not have made them all yet. */
  readonly askedPartitions: number;
  /** How what is wanted stands to what there is. */
  readonly state: TopicState;
  /** Records stored in all its partitions. */
  readonly recordCount: number;
  readonly sizeInBytes: number;
  readonly configs: Readonly<Record<string, ConfigValue>>;
}

export interface PartitionImage {
  readonly topic: string;
  /** Which of the topics of that name: its log is another one. */
  readonly topicId: string;
  readonly partition: number;
  readonly leader: number;
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly logEndOffset: number;
  readonly recordCount: number;
  /** The newest records, oldest first, at most 24; none of an internal topic. */
  readonly tail: readonly RecordImage[];
  /** One track per group that reads or has read this partition, in the groups' order. */
  readonly tracks: readonly TrackImage[];
}

export interface RecordImage {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly timestampMs: number;
  /** 0 to 7 by key, in the order keys first appeared in the run; -1 without a key. */
  readonly colour: number;
  /** Who sent it, where the same was sent to other places, too: by that it is found there. */
  readonly sent?: SentAs;
}

/** A record that a consumer has fetched; its value stands in the tail of its partition. */
export interface HeldRecordImage extends Pick<RecordImage, "offset" | "key" | "colour"> {
  readonly topic: string;
  readonly partition: number;
}

export interface TrackImage {
  readonly groupId: string;
  /** Next offset this group will process; its badge sits here. -1 while nobody has resolved a position yet. */
  readonly nextOffset: number;
  /** Committed offset in __consumer_offsets; -1 when there is none. */
  readonly committedOffset: number;
  /** Records that it has not processed: end of the partition minus `nextOffset` (or 0 when unknown). */
  readonly waiting: number;
  /** Kafka's LAG, as its tools print it: end of the partition minus the committed offset; null ("-") where nothing is committed. */
  readonly lag: number | null;
  /** client.id of the member that owns the partition now. */
  readonly owner: string | null;
}

export interface ProducerImage {
  readonly spec: ProducerSpec;
  readonly actor: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly failed: number;
  /** Records waiting in the accumulator, not yet in a request. */
  readonly buffered: number;
  readonly requestsInFlight: number;
  /** The most recent records' way to their partition, newest first, at most 8: the "why this partition" card. */
  readonly decisions: readonly PartitionDecision[];
  /** Why it does not get on; null when it does. */
  readonly why: Narration | null;
}

/** How the partitioner chose: by the hash of a key, or, without a key or with partitioner.ignore.keys, by sticking to a partition. */
export type PartitionDecision = HashedDecision | StickyDecision;

interface DecisionOn {
  readonly topic: string;
  readonly key: string | null;
  readonly colour: number;
  readonly partition: number;
  readonly partitions: number;
}

export interface HashedDecision extends DecisionOn {
  /** Signed murmur2 of the key's bytes. */
  readonly hash: number;
  /** The same made positive. */
  readonly positive: number;
}

export interface StickyDecision extends DecisionOn {
  readonly hash: null;
  /** Bytes the partition has taken so far. */
  readonly stickyBytes: number;
  /** After so many bytes it may switch. */
  readonly batchSizeInBytes: number;
}

export interface GroupImage {
  readonly spec: GroupSpec;
  /** 0 is A, 1 is B ... by order of creation among the groups that exist. */
  readonly letter: number;
  /** Kafka's group state: Empty, PreparingRebalance, CompletingRebalance, Stable, Dead. */
  readonly state: string;
  readonly generationId: number;
  /** Assignor in use, or null before the first generation. */
  readonly protocolName: string | null;
  /** client.id of the group's leader, which computes the assignment. */
  readonly leader: string | null;
  /** client.ids of the consumers placed in this group, in order of creation; a consumer may not have joined yet. */
  readonly consumers: readonly string[];
  /** Records of its topics that it has not processed. */
  readonly waiting: number;
  /** The sum of its partitions' lags; null while nothing is committed. */
  readonly lag: number | null;
  /** False until it is known of some partition where it goes on: nobody can say yet what waits for it, and `waiting` is 0. */
  readonly isPositioned: boolean;
  /** Distinct records processed for this group, by identity. */
  readonly processed: number;
  readonly rebalances: number;
  /** What its settings promise, and those of who writes to its topics; null while nobody is in it. */
  readonly promise: DeliveryPromise | null;
  /** Partition of __consumer_offsets that holds this group's records. */
  readonly coordinatorPartition: number;
}

/** "closed": its application has ended with an exception. "crashed": it is gone, and its group does not know it yet. */
export type ConsumerPhase = "starting" | "joining" | "syncing" | "active" | "idle" | "leaving" | "rebalancing" | "closed" | "crashed";

/** A record in work; times are virtual µs. */
export interface WorkImage extends HeldRecordImage {
  readonly startUs: number;
  readonly endUs: number;
}

export interface ConsumerImage {
  readonly spec: ConsumerSpec;
  readonly actor: number;
  readonly phase: ConsumerPhase;
  readonly memberId: string;
  /** Owned partitions with the position of each: offset of the next record to fetch. */
  readonly assignment: readonly { readonly topic: string; readonly partition: number; readonly position: number }[];
  /** The record being processed. */
  readonly inWork: WorkImage | null;
  /** Those that the other workers of its pool process, at most 12; `pooledCount` has them all. */
  readonly pooled: readonly WorkImage[];
  readonly pooledCount: number;
  /** Fetched and waiting, in processing order; at most 12, `waitingCount` has them all. */
  readonly waiting: readonly HeldRecordImage[];
  readonly waitingCount: number;
  /** Records processed since this consumer joined the group it is in. */
  readonly processed: number;
  readonly lastCommitUs: number | null;
  /** Why it is idle or waits, for the card; null when it just works. */
  readonly why: Narration | null;
  /** Of a crashed one: since when its group has heard nothing of it, and when it gives it up, virtual µs. */
  readonly silence: { readonly sinceUs: number; readonly untilUs: number } | null;
}

/** A sentence's key and its figures; i18n has the words. */
export interface Narration {
  readonly id: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface AuditImage {
  readonly groupId: string;
  readonly topic: string;
  /** Records whose producer was told that they are stored, that this group is to get. */
  readonly acknowledged: number;
  /** Stored for this group, but the producer does not know it yet. acknowledged + unconfirmed = processed + setAside + waiting + lost. */
  readonly unconfirmed: number;
  /** Stored records processed at least once. */
  readonly processed: number;
  /** Not processed, but sent on to a retry or dead-letter topic. */
  readonly setAside: number;
  readonly waiting: number;
  /** Behind the group's position once more, though processed already: not committed when their consumer went. These and `waiting` are the lag. */
  readonly again: number;
  /** Passed over by this group's position, never processed. */
  readonly lost: number;
  /** Records processed more than once. */
  readonly twice: number;
  /** Records processed after a later record of the same key from the same producer. */
  readonly outOfOrder: number;
  /** Records stored before this group's first position: not owed to it (auto.offset.reset=latest). */
  readonly beforeStart: number;
}

/** The whole run's line, up to the furthest moment reached, also after seeking back. */
export interface TimelineImage {
  readonly startUs: number;
  readonly endUs: number;
  readonly markers: readonly Marker[];
  readonly lag: LagSeries;
}

export interface Marker {
  readonly timeUs: number;
  readonly narration: Narration;
  readonly severity: "info" | "bad";
}

export interface LagSeries {
  readonly timesUs: readonly number[];
  /** By group.id, the same length as `timesUs`; null while the group did not exist. */
  readonly groups: ReadonlyMap<string, readonly (number | null)[]>;
}

/** What differs between two images: what became of the entities of a field, or of any other field. */
export type ClusterDelta = {
  readonly [Field in keyof ClusterImage]?: ClusterImage[Field] extends ReadonlyMap<string, unknown> ? EntitiesDelta : Patch;
};

export interface EntitiesDelta {
  /** What became of the new and the changed ones, by id. */
  readonly changed: ReadonlyMap<string, Patch>;
  /** All ids in their order, if one came, went, or changed its place; those that are not named are gone. */
  readonly ids?: readonly string[];
}
