import { ByteReader, ByteWriter } from "./bytes";
import type { TopicPartition } from "./topicPartition";

/** Partitions of one topic, as Kafka's embedded consumer protocol groups them. */
export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** What a member tells the group's leader about itself (`ConsumerProtocolSubscription.json`), inside `JoinGroupRequest.protocols`. */
export interface ConsumerProtocolSubscription {
  readonly version: number;
  readonly topics: readonly string[];
  /** The assignor's own bytes, or null. */
  readonly userData: Uint8Array | null;
  /** Version 1 and later (KIP-429); empty before. */
  readonly ownedPartitions: readonly TopicPartitions[];
  /** The generation in which the partitions were owned, or -1. Version 2 and later (KIP-792). */
  readonly generationId: number;
  /** Version 3 and later (KIP-881). */
  readonly rackId: string | null;
}

/** What the leader tells one member (`ConsumerProtocolAssignment.json`), inside `SyncGroupRequest.assignments`. */
export interface ConsumerProtocolAssignment {
  readonly version: number;
  readonly assignedPartitions: readonly TopicPartitions[];
  readonly userData: Uint8Array | null;
}

/** The newest version, which the Java client always writes. */
export const CONSUMER_PROTOCOL_VERSION = 3;

/** Topics and owned partitions are written sorted (`ConsumerProtocol.serializeSubscription`), fields newer than `version` are left out. */
export function encodeConsumerProtocolSubscription(subscription: ConsumerProtocolSubscription): Uint8Array {
  const version = supportedVersion(subscription.version);
  const writer = new ByteWriter();
  writer.int16(version);
  const topics = subscription.topics.toSorted();
  writer.int32(topics.length);
  for (const topic of topics) writer.string(topic);
  writer.nullableBytes(subscription.userData);
  if (version >= 1) writeTopicPartitions(writer, subscription.ownedPartitions.map(sortPartitions).toSorted(compareTopics));
  if (version >= 2) writer.int32(subscription.generationId);
  if (version >= 3) writer.nullableString(subscription.rackId);
  return writer.finish();
}

/** A version above 3 is read as 3, since versions only append fields. Throws a RangeError for a negative version or cut-off bytes. */
export function decodeConsumerProtocolSubscription(bytes: Uint8Array): ConsumerProtocolSubscription {
  const reader = new ByteReader(bytes);
  const version = supportedVersion(reader.int16());
  return {
    version,
    topics: readArray(reader, () => reader.string()),
    userData: reader.nullableBytes(),
    ownedPartitions: version >= 1 ? readTopicPartitions(reader) : [],
    generationId: version >= 2 ? reader.int32() : -1,
    rackId: version >= 3 ? reader.nullableString() : null,
  };
}

/** The assigned partitions are written in the order given. */
export function encodeConsumerProtocolAssignment(assignment: ConsumerProtocolAssignment): Uint8Array {
  const writer = new ByteWriter();
  writer.int16(supportedVersion(assignment.version));
  writeTopicPartitions(writer, assignment.assignedPartitions);
  writer.nullableBytes(assignment.userData);
  return writer.finish();
}

/** Versions and errors as in `decodeConsumerProtocolSubscription`. */
export function decodeConsumerProtocolAssignment(bytes: Uint8Array): ConsumerProtocolAssignment {
  const reader = new ByteReader(bytes);
  const version = supportedVersion(reader.int16());
  return { version, assignedPartitions: readTopicPartitions(reader), userData: reader.nullableBytes() };
}

/** Kafka's `ARRAY<topic STRING, partitions ARRAY<INT32>>`, which the sticky assignor's user data shares with the consumer protocol. */
export function writeTopicPartitions(writer: ByteWriter, groups: readonly TopicPartitions[]): void {
  writer.int32(groups.length);
  for (const { topic, partitions } of groups) {
    writer.string(topic);
    writer.int32(partitions.length);
    for (const partition of partitions) writer.int32(partition);
  }
}

/** The inverse of `writeTopicPartitions`. Throws a RangeError where the bytes end too soon or a length is negative. */
export function readTopicPartitions(reader: ByteReader): TopicPartitions[] {
  return readArray(reader, () => ({ topic: reader.string(), partitions: readArray(reader, () => reader.int32()) }));
}

/** Groups by topic, in the order in which the topics first occur. */
export function groupByTopic(partitions: readonly TopicPartition[]): TopicPartitions[] {
  const groups = new Map<string, number[]>();
  for (const { topic, partition } of partitions) {
    const group = groups.get(topic);
    if (group === undefined) groups.set(topic, [partition]);
    else group.push(partition);
  }
  return [...groups].map(([topic, numbers]) => ({ topic, partitions: numbers }));
}

/** The inverse of `groupByTopic`. */
export function listTopicPartitions(groups: readonly TopicPartitions[]): TopicPartition[] {
  return groups.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}

function supportedVersion(version: number): number {
  if (version < 0) throw new RangeError(`consumer protocol version ${version} is not supported`);
  return Math.min(version, CONSUMER_PROTOCOL_VERSION);
}

function readArray<Item>(reader: ByteReader, readItem: () => Item): Item[] {
  const length = reader.int32();
  if (length < 0) throw new RangeError(`an array has the length ${length}`);
  const items: Item[] = [];
  for (let index = 0; index < length; index++) items.push(readItem());
  return items;
}

function sortPartitions({ topic, partitions }: TopicPartitions): TopicPartitions {
  return { topic, partitions: partitions.toSorted((first, second) => first - second) };
}

function compareTopics(first: TopicPartitions, second: TopicPartitions): number {
  return first.topic < second.topic ? -1 : first.topic > second.topic ? 1 : 0;
}
