import { murmur2, toPositive } from "../../kafka/murmur2";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { encodeUtf8 } from "../../kafka/utf8";
import { nextBelow } from "../../sim/random";
import { allBatchesFull } from "./accumulator";
import type { Producer, StickyPartition } from "./producer";

/** Signed murmur2 of the key's UTF-8 bytes. */
export function hashKey(key: string): number {
  return murmur2(encodeUtf8(key));
}

/** Partition of a keyed record: over all partitions, available or not (PAR-1, `BuiltInPartitioner.partitionForKey`). */
export function partitionForHash(hash: number, partitions: number): number {
  return toPositive(hash) % partitions;
}

/** The sticky partition of a topic, chosen at random the first time. */
export function stickyPartition(producer: Producer, topic: string, partitions: number): StickyPartition {
  const sticky = producer.sticky.get(topic);
  if (sticky && sticky.partition < partitions) return sticky;
  return switchSticky(producer, topic, partitions);
}

/** Leaves the sticky partition for a random one; it may be the same again, as in Kafka. */
function switchSticky(producer: Producer, topic: string, partitions: number): StickyPartition {
  const next = { partition: randomPartition(producer, topic, partitions), bytes: 0 };
  producer.sticky.set(topic, next);
  return next;
}

/**
 * Adds appended bytes, and switches once batch.size was reached and no batch is open, at the latest at twice batch.size (PAR-2,
 * `BuiltInPartitioner.updatePartitionInfo`). Returns what is sticky then: another one where it switched.
 */
export function updateSticky(producer: Producer, topic: string, partitions: number, sticky: StickyPartition, appendedBytes: number): StickyPartition {
  sticky.bytes += appendedBytes;
  const batchSize = Math.max(1, producer.config.batchSize);
  if (sticky.bytes < batchSize) return sticky;
  const maySwitch = sticky.bytes >= batchSize * 2 || allBatchesFull(producer, formatTopicPartition(topic, sticky.partition));
  return maySwitch ? switchSticky(producer, topic, partitions) : sticky;
}

/**
 * With adaptive partitioning a partition whose queue is shorter is more likely: its weight is the longest queue + 1 - its own, unless
 * all are equal (PAR-3, `BuiltInPartitioner.updatePartitionLoadStats`).
 */
function randomPartition(producer: Producer, topic: string, partitions: number): number {
  const { accumulator, config, random } = producer;
  if (!config.adaptivePartitioning || partitions < 2 || accumulator.size === 0) return nextBelow(random, partitions);
  let longest = 0;
  let shortest = Infinity;
  let queued = 0;
  for (let partition = 0; partition < partitions; partition++) {
    const length = lengthOf(accumulator, topic, partition);
    if (length > longest) longest = length;
    if (length < shortest) shortest = length;
    queued += length;
  }
  if (shortest === longest) return nextBelow(random, partitions);
  let ticket = nextBelow(random, (longest + 1) * partitions - queued);
  let partition = -1;
  do ticket -= longest + 1 - lengthOf(accumulator, topic, ++partition);
  while (ticket >= 0);
  return partition;
}

function lengthOf(accumulator: Producer["accumulator"], topic: string, partition: number): number {
  return accumulator.get(formatTopicPartition(topic, partition))?.length ?? 0;
}
