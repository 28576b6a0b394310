import type { LogPlace } from "../broker/facts";
import { batchIndexAt, type PartitionLog } from "../broker/log/partitionLog";
import type { ClientFact, RecordDone } from "../clients/facts";
import { recordOffset, type RecordBatch } from "../kafka/recordBatch";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { itemAt, byteAt, setByte } from "../sim/pagedList";
import { leaderLog, partitionCount, type Actual } from "./actual";
import { type Audit, type GroupAudit, type TopicAudit, STORED, ACKNOWLEDGED, FORGOTTEN, ASIDE, LOST, BEFORE, TIMES, sendsOf, storedCounts, groupAudit, topicAudit } from "./auditState";
import { numberKey, type KeyNumbers } from "./keys";

type Done = Omit<RecordDone<string>, "type">;

type Positioned = Extract<ClientFact, { type: "positioned" }>;

/** The leader stored a producer's batch. */
export function onStored(state: Audit, { topic, partition }: LogPlace, batch: RecordBatch): void {
  const { origin } = batch.columns;
  if (!origin) return;
  const sends = sendsOf(state.sends, origin.producerActor);
  const counts = storedCounts(state, formatTopicPartition(topic, partition));
  for (const send of origin.sendNumbers) {
    const flags = byteAt(sends, send);
    if (flags & FORGOTTEN) forgetSend(state, origin.producerActor, send);
    else if (flags & STORED) {
      counts.copies++;
      for (const group of state.groups.values()) notBeforeStart(state, group, topic, origin.producerActor, send);
      continue;
    }
    setByte(sends, send, (flags | STORED) & ~FORGOTTEN);
    counts.stored++;
    if (flags & ACKNOWLEDGED) counts.acknowledged++;
  }
}

/** A record whose topic was deleted is stored again, in one that was made under the same name: whatever became of it before counts no more. */
function forgetSend(state: Audit, producer: ActorId, send: number): void {
  for (const group of state.groups.values()) setByte(sendsOf(group.sends, producer), send, 0);
}

/** A producer was told that a batch is stored. */
export function onAcknowledged(state: Audit, topic: string, partition: number, batch: RecordBatch): void {
  const { origin } = batch.columns;
  if (!origin) return;
  const sends = sendsOf(state.sends, origin.producerActor);
  const name = formatTopicPartition(topic, partition);
  const counts = storedCounts(state, name);
  origin.sendNumbers.forEach((send) => {
    const flags = byteAt(sends, send);
    if (flags & (ACKNOWLEDGED | FORGOTTEN)) return;
    setByte(sends, send, flags | ACKNOWLEDGED);
    if (!(flags & STORED)) return;
    counts.acknowledged++;
    for (const group of state.groups.values()) {
      if (byteAt(sendsOf(group.sends, origin.producerActor), send) & BEFORE) topicAudit(group, topic).beforeStartAcknowledged++;
    }
  });
}

/**
 * A group has a position in a partition: its first, or after a rebalance or a reset. Whatever it passes over unprocessed is lost for it;
 * what it goes back to from before its first position is owed to it from now on. A partition that was added while the group read the topic
 * is owed to it from its first record on: who finds it late with auto.offset.reset=latest loses records. So is one of a topic that was made
 * again, where it begins at its commit in the older one.
 */
export function onPositioned(state: Audit, actual: Actual, { groupId, memberId, topic, partition, offset: positionedAt, from }: Omit<Positioned, "type">): void {
  const log = leaderLog(actual, topic, partition);
  if (!log || !isMember(actual, groupId, memberId)) return;
  // An offset of an older topic of that name may lie beyond the end; the next Fetch will tell the consumer.
  const offset = Math.min(positionedAt, log.logEndOffset);
  const group = groupAudit(state, groupId);
  const name = formatTopicPartition(topic, log.partition);
  const position = group.partitions.get(name);
  if (!position) {
    // An older topic's place beyond the end of this one: where the group goes on instead is told next, and until then nothing is passed over.
    if (positionedAt > log.logEndOffset) return void group.partitions.set(name, { start: log.logStartOffset, next: offset, settled: log.logStartOffset });
    const counts = topicAudit(group, topic);
    counts.partitionsAtStart ||= partitionCount(actual, topic);
    const isOwed = log.partition >= counts.partitionsAtStart || (from === "committed" && group.older.has(name));
    group.partitions.set(name, { start: isOwed ? log.logStartOffset : offset, next: offset, settled: offset });
    if (isOwed) countLost(group, topic, log, log.logStartOffset, offset);
    else countBeforeStart(state, group, log, offset);
    return;
  }
  position.next = offset;
  if (offset < position.start) {
    for (const { producer, send } of sendsBetween(log, offset, position.start)) notBeforeStart(state, group, topic, producer, send);
    position.start = offset;
    position.settled = offset;
  }
  if (offset > position.settled) countLost(group, topic, log, position.settled, offset);
  else takeBackLost(group, topic, log, offset, position.settled);
  position.settled = offset;
}

/**
 * A consumer finished a record. One that is a member no more, whether it knows or not, does not move the group: another may own the partition. A group that has
 * no position here goes on at one that it had in an older topic of that name: what lies before it, it has passed over (KAFKA-12257).
 */
export function onProcessed(state: Audit, actual: Actual, keys: KeyNumbers, fact: Done): void {
  const { groupId, topic, batch, index } = fact;
  const { origin } = batch.columns;
  const send = passRecord(state, actual, fact);
  if (!origin || send === null) return;
  const group = groupAudit(state, groupId);
  const sends = sendsOf(group.sends, origin.producerActor);
  const counts = topicAudit(group, topic);
  const flags = byteAt(sends, send);
  const times = flags & TIMES;
  setByte(sends, send, Math.min(times + 1, TIMES));
  if (flags & LOST) counts.lost--;
  if (flags & ASIDE) counts.setAside--;
  if (times === 1) counts.twice++;
  if (times > 0) return;
  counts.processed++;
  const key = batch.columns.keys[index];
  if (typeof key === "string") countOrder(group, counts, topic, origin.producerActor, numberKey(keys, key), send);
}

/** A consumer has sent a record to a retry or dead-letter topic, or goes on without it: then it is lost for the group. */
export function onGivenUp(state: Audit, actual: Actual, fact: Done, isSetAside: boolean): void {
  const { origin } = fact.batch.columns;
  const send = passRecord(state, actual, fact);
  if (!origin || send === null) return;
  const group = groupAudit(state, fact.groupId);
  const sends = sendsOf(group.sends, origin.producerActor);
  const counts = topicAudit(group, fact.topic);
  const flags = byteAt(sends, send);
  if (flags & (TIMES | ASIDE) || (flags & LOST && !isSetAside)) return;
  if (flags & LOST) counts.lost--;
  setByte(sends, send, isSetAside ? ASIDE : LOST);
  if (isSetAside) counts.setAside++;
  else counts.lost++;
}

/** A consumer is done with a record, and its group stands behind it. Returns the record's send number; null for one that nobody counts. */
function passRecord(state: Audit, actual: Actual, { groupId, memberId, topic, partition, batch, index, next }: Done): number | null {
  const { origin } = batch.columns;
  if (!origin) return null;
  const send = origin.sendNumbers[index] as number;
  if (byteAt(sendsOf(state.sends, origin.producerActor), send) & FORGOTTEN) return null;
  const group = groupAudit(state, groupId);
  const name = formatTopicPartition(topic, partition);
  const offset = recordOffset(batch, index);
  const log = group.partitions.has(name) ? undefined : leaderLog(actual, topic, partition);
  if (log) {
    group.partitions.set(name, { start: log.logStartOffset, next: offset, settled: offset });
    countLost(group, topic, log, log.logStartOffset, offset);
  }
  const position = group.partitions.get(name);
  if (position && isMember(actual, groupId, memberId)) {
    position.next = next ?? offset + 1;
    // What lies before that, its pool has done.
    if (next !== null && next > position.settled) position.settled = next;
  }
  if (position?.settled === offset) position.settled = offset + 1;
  // Somebody who is no member any more may have read what the group had no claim to.
  notBeforeStart(state, group, topic, origin.producerActor, send);
  return send;
}

/** A partition is deleted with its topic: nothing of it is owed to anyone any more. */
export function forgetPartition(state: Audit, actual: Actual, { topic, partition }: LogPlace): void {
  const log = leaderLog(actual, topic, partition);
  if (!log) return;
  const name = formatTopicPartition(topic, partition);
  state.partitions.delete(name);
  for (const group of state.groups.values()) {
    group.topics.delete(topic);
    if (group.partitions.delete(name)) group.older.add(name);
  }
  for (const { producer, send } of sendsBetween(log, log.logStartOffset, log.logEndOffset)) {
    const sends = sendsOf(state.sends, producer);
    setByte(sends, send, byteAt(sends, send) | FORGOTTEN);
  }
}

/** A group begins at an offset: what stands below it and nowhere else is not owed to it. */
function countBeforeStart(state: Audit, group: GroupAudit, log: PartitionLog, start: number): void {
  const counts = topicAudit(group, log.topic);
  for (const { producer, send } of sendsBetween(log, log.logStartOffset, start)) {
    const sends = sendsOf(group.sends, producer);
    // A copy, or already read by somebody who is no member any more.
    if (byteAt(sends, send) !== 0) continue;
    setByte(sends, send, BEFORE);
    counts.beforeStart++;
    if (byteAt(sendsOf(state.sends, producer), send) & ACKNOWLEDGED) counts.beforeStartAcknowledged++;
  }
  if (storedCounts(state, formatTopicPartition(log.topic, log.partition)).copies === 0) return;
  for (const { producer, send } of sendsBetween(log, start, log.logEndOffset)) notBeforeStart(state, group, log.topic, producer, send);
}

/** A record is owed to a group after all: it goes back to it, or another copy of it stands further on. */
function notBeforeStart(state: Audit, group: GroupAudit, topic: string, producer: ActorId, send: number): void {
  const sends = sendsOf(group.sends, producer);
  const flags = byteAt(sends, send);
  if (!(flags & BEFORE)) return;
  setByte(sends, send, flags & ~BEFORE);
  const counts = topicAudit(group, topic);
  counts.beforeStart--;
  if (byteAt(sendsOf(state.sends, producer), send) & ACKNOWLEDGED) counts.beforeStartAcknowledged--;
}

function* sendsBetween(log: PartitionLog, from: number, to: number): Generator<{ readonly producer: ActorId; readonly send: number }> {
  for (const { batch, index } of recordsBetween(log, from, to)) {
    const { origin } = batch.columns;
    if (origin) yield { producer: origin.producerActor, send: origin.sendNumbers[index] as number };
  }
}

/** What was passed over lies before the group again. */
function takeBackLost(group: GroupAudit, topic: string, log: PartitionLog, from: number, to: number): void {
  const counts = topicAudit(group, topic);
  for (const { producer, send } of sendsBetween(log, from, to)) {
    const sends = sendsOf(group.sends, producer);
    const flags = byteAt(sends, send);
    if (!(flags & LOST)) continue;
    setByte(sends, send, flags & ~LOST);
    counts.lost--;
  }
}

function countLost(group: GroupAudit, topic: string, log: PartitionLog, from: number, to: number): void {
  const counts = topicAudit(group, topic);
  for (const { producer, send } of sendsBetween(log, from, to)) {
    const sends = sendsOf(group.sends, producer);
    if (byteAt(sends, send) !== 0) continue;
    setByte(sends, send, LOST);
    counts.lost++;
  }
}

/** Of a key without a number the order is not known, and nothing is said of it. */
function countOrder(group: GroupAudit, counts: TopicAudit, topic: string, producer: ActorId, key: number | null, send: number): void {
  if (key === null) return;
  let producers = group.lastOfKey.get(topic);
  if (!producers) group.lastOfKey.set(topic, (producers = new Map()));
  let lasts = producers.get(producer);
  if (!lasts) producers.set(producer, (lasts = []));
  const last = lasts[key];
  if (last !== undefined && send < last) counts.outOfOrder++;
  else lasts[key] = send;
}

function* recordsBetween(log: PartitionLog, from: number, to: number): Generator<{ batch: RecordBatch; index: number }> {
  for (let at = batchIndexAt(log, from); at < log.batches.length; at++) {
    const batch = itemAt(log.batches, at);
    for (let index = 0; index < batch.columns.count; index++) {
      const offset = recordOffset(batch, index);
      if (offset >= to) return;
      if (offset >= from) yield { batch, index };
    }
  }
}

/** Whether a group counts on a member, as far as its coordinator has told. */
function isMember({ groups }: Actual, groupId: string, memberId: string): boolean {
  const group = groups.get(groupId);
  return memberId !== "" && (!group || group.members.has(memberId));
}
