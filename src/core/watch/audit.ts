import type { LogPlace } from "../broker/facts";
import { type PartitionLog, recordsBetween } from "../broker/log/partitionLog";
import type { ClientFact } from "../clients/facts";
import { senderOf } from "../clients/recordTexts";
import { type BatchPage, firstSlotOf } from "../kafka/records/batchPage";
import { isMade, ROW, type SentBatch } from "../kafka/records/madeBatch";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { byteAt, PAGE_LENGTH, type PagedBytes, pageOf, pageToWrite, setByte } from "../sim/pagedList";
import { leaderLog, partitionCount, type Actual } from "./actual";
import { type Audit, type GroupAudit, type StoredCounts, STORED, ACKNOWLEDGED, FORGOTTEN, LOST, BEFORE, sendsOf, storedCounts, groupAudit, topicAudit } from "./auditState";

type Positioned = Extract<ClientFact, { type: "positioned" }>;

/** The leader stored a batch, the last one of a page. */
export function onStored(state: Audit, { topic, partition }: LogPlace, page: BatchPage): void {
  const at = page.batchCount - 1;
  const producer = page.producerActors[at] as number;
  if (producer < 0) return;
  const sends = sendsOf(state.sends, producer);
  const counts = storedCounts(state, formatTopicPartition(topic, partition));
  let pageIndex = -1;
  let bytes: Uint8Array = NO_BYTES;
  for (let slot = firstSlotOf(page, at); slot < page.slotCount; slot++) {
    const send = page.sendNumbers[slot] as number;
    if (pageOf(send) !== pageIndex) {
      pageIndex = pageOf(send);
      bytes = pageToWrite(sends, send);
    }
    const flags = bytes[send & (PAGE_LENGTH - 1)] as number;
    if (flags & FORGOTTEN) forgetSend(state, producer, send);
    else if (flags & STORED) {
      counts.copies++;
      for (const group of state.groups.values()) notBeforeStart(state, group, topic, producer, send);
      continue;
    }
    bytes[send & (PAGE_LENGTH - 1)] = (flags | STORED) & ~FORGOTTEN;
    if (send >= sends.length) sends.length = send + 1;
    counts.stored++;
    if (flags & ACKNOWLEDGED) counts.acknowledged++;
  }
}

/** A record whose topic was deleted is stored again, in one that was made under the same name: whatever became of it before counts no more. */
function forgetSend(state: Audit, producer: ActorId, send: number): void {
  for (const group of state.groups.values()) setByte(sendsOf(group.sends, producer), send, 0);
}

/** A producer was told that a batch is stored. */
export function onAcknowledged(state: Audit, topic: string, partition: number, batch: SentBatch): void {
  const counts = storedCounts(state, formatTopicPartition(topic, partition));
  if (isMade(batch)) {
    const { producerActor, rows } = batch;
    const sends = sendsOf(state.sends, producerActor);
    let pageIndex = -1;
    let bytes: Uint8Array = NO_BYTES;
    for (let row = 0; row < rows.length; row += ROW) {
      const send = rows[row] as number;
      if (pageOf(send) !== pageIndex) {
        pageIndex = pageOf(send);
        bytes = pageToWrite(sends, send);
      }
      acknowledge(state, topic, counts, producerActor, sends, bytes, send);
    }
    return;
  }
  const { origin } = batch.columns;
  if (!origin) return;
  const sends = sendsOf(state.sends, origin.producerActor);
  for (const send of origin.sendNumbers) acknowledge(state, topic, counts, origin.producerActor, sends, pageToWrite(sends, send), send);
}

/** `bytes`: the page that has the send. */
function acknowledge(state: Audit, topic: string, counts: StoredCounts, producer: ActorId, sends: PagedBytes, bytes: Uint8Array, send: number): void {
  const flags = bytes[send & (PAGE_LENGTH - 1)] as number;
  if (flags & (ACKNOWLEDGED | FORGOTTEN)) return;
  bytes[send & (PAGE_LENGTH - 1)] = flags | ACKNOWLEDGED;
  if (send >= sends.length) sends.length = send + 1;
  if (!(flags & STORED)) return;
  counts.acknowledged++;
  for (const group of state.groups.values()) if (isBeforeStart(group, producer, send)) topicAudit(group, topic).beforeStartAcknowledged++;
}

const NO_BYTES = new Uint8Array(0);

function isBeforeStart({ sends }: GroupAudit, producer: ActorId, send: number): boolean {
  const bytes = sends.get(producer);
  return bytes !== undefined && (byteAt(bytes, send) & BEFORE) !== 0;
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
export function notBeforeStart(state: Audit, group: GroupAudit, topic: string, producer: ActorId, send: number): void {
  const sends = sendsOf(group.sends, producer);
  const flags = byteAt(sends, send);
  if (!(flags & BEFORE)) return;
  setByte(sends, send, flags & ~BEFORE);
  const counts = topicAudit(group, topic);
  counts.beforeStart--;
  if (byteAt(sendsOf(state.sends, producer), send) & ACKNOWLEDGED) counts.beforeStartAcknowledged--;
}

function* sendsBetween(log: PartitionLog, from: number, to: number): Generator<{ readonly producer: ActorId; readonly send: number }> {
  for (const record of recordsBetween(log, from, to)) {
    const sender = senderOf(record);
    if (sender) yield sender;
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

export function countLost(group: GroupAudit, topic: string, log: PartitionLog, from: number, to: number): void {
  const counts = topicAudit(group, topic);
  for (const { producer, send } of sendsBetween(log, from, to)) {
    const sends = sendsOf(group.sends, producer);
    if (byteAt(sends, send) !== 0) continue;
    setByte(sends, send, LOST);
    counts.lost++;
  }
}

/** Whether a group counts on a member, as far as its coordinator has told. */
export function isMember({ groups }: Actual, groupId: string, memberId: string): boolean {
  const group = groups.get(groupId);
  return memberId !== "" && (!group || group.members.has(memberId));
}
