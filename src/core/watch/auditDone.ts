import type { RecordSource } from "../apps/program";
import type { RecordDone } from "../clients/facts";
import { keyOf } from "../clients/recordTexts";
import { type BatchPage, batchOfSlot, firstSlotOf } from "../kafka/records/batchPage";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { byteAt, bytesOfPage, PAGE_LENGTH, type PagedBytes, pageOf, pageToWrite, setByte } from "../sim/pagedList";
import { share } from "../sim/share";
import { leaderLog, type Actual } from "./actual";
import { countLost, isMember, notBeforeStart } from "./audit";
import { ASIDE, type Audit, FORGOTTEN, BEFORE, type GroupAudit, groupAudit, type GroupPosition, LOST, sendsOf, TIMES, type TopicAudit, topicAudit } from "./auditState";
import { type KeyNumbers, numberKey, numbersOf } from "./keys";

type Done = Omit<RecordDone<string>, "type">;

/** What is to be done for each record of those that a consumer is done with; the place of the record in its page changes from one to the next. */
interface Taking {
  readonly group: GroupAudit;
  counts: TopicAudit;
  readonly topic: string;
  readonly page: BatchPage;
  batch: number;
  producer: ActorId;
  sends: PagedBytes;
  readonly keys: KeyNumbers | null;
  /** Of the batch: by the source's number of a key, the world's; and by that, the highest send processed. */
  numbers: Int32Array | null;
  hasKeys: boolean;
  lasts: number[] | null;
}

/**
 * A consumer finished records. One that is a member no more, whether it knows or not, does not move the group: another may own the partition. A group that has
 * no position here goes on at one that it had in an older topic of that name: what lies before it, it has passed over (KAFKA-12257).
 */
export function onProcessed(state: Audit, actual: Actual, keys: KeyNumbers, fact: Done): void {
  passRecords(state, actual, fact, taking(state, fact, keys), countProcessed);
}

/** A consumer has sent records to a retry or dead-letter topic, or goes on without them: then they are lost for the group. */
export function onGivenUp(state: Audit, actual: Actual, fact: Done, isSetAside: boolean): void {
  passRecords(state, actual, fact, taking(state, fact, null), isSetAside ? countSetAside : countSkipped);
}

function taking(state: Audit, { groupId, topic, page }: Done, keys: KeyNumbers | null): Taking {
  const group = groupAudit(state, groupId);
  return { group, counts: NOTHING, topic, page, batch: -1, producer: -1, sends: NONE, keys, numbers: null, hasKeys: true, lasts: null };
}

/** Until there is a record that counts. */
const NONE: PagedBytes = { length: 0, pages: [] };
const NOTHING: TopicAudit = share({ processed: 0, setAside: 0, lost: 0, twice: 0, outOfOrder: 0, beforeStart: 0, beforeStartAcknowledged: 0, partitionsAtStart: 0 });

/** Goes through the records that somebody counts, and takes note of where the group stands behind them. */
function passRecords(state: Audit, actual: Actual, fact: Done, take: Taking, count: (take: Taking, send: number, slot: number) => void): void {
  const { groupId, memberId, topic, partition, page, from, to, next } = fact;
  const { sendNumbers } = page;
  let position: GroupPosition | undefined;
  let moves = false;
  let hasBegun = false;
  let slot = from;
  for (let batch = batchOfSlot(page, from); slot < to; batch++) {
    const end = Math.min(to, firstSlotOf(page, batch + 1));
    const producer = page.producerActors[batch] as number;
    if (producer < 0) {
      slot = end;
      continue;
    }
    const stored = sendsOf(state.sends, producer);
    take.batch = batch;
    take.producer = producer;
    take.sends = sendsOf(take.group.sends, producer);
    if (take.keys) beginBatch(take, take.keys);
    if (take.keys && position && moves && next === null && position.settled === page.firstOffset + slot) slot = passInOrder(take, position, stored, slot, end);
    for (; slot < end; slot++) {
      const send = sendNumbers[slot] as number;
      if (send < 0 || byteAt(stored, send) & FORGOTTEN) continue;
      const offset = page.firstOffset + slot;
      if (!hasBegun) {
        hasBegun = true;
        take.counts = topicAudit(take.group, topic);
        position = positionAt(actual, take.group, topic, partition, offset);
        moves = isMember(actual, groupId, memberId);
      }
      if (position) {
        if (moves) position.next = next ?? offset + 1;
        // What lies before that, its pool has done.
        if (moves && next !== null && next > position.settled) position.settled = next;
        if (position.settled === offset) position.settled = offset + 1;
      }
      const flags = byteAt(take.sends, send);
      // Somebody who is no member any more may have read what the group had no claim to.
      if (flags & BEFORE) notBeforeStart(state, take.group, topic, producer, send);
      count(take, send, slot);
      if (!take.keys || !position || !moves || next !== null || position.settled !== offset + 1) continue;
      slot = passInOrder(take, position, stored, slot + 1, end) - 1;
    }
  }
}

/**
 * The way of nearly all records: processed for the first time by a member of the group, one after the other. Goes on as long as this holds, up
 * to the end of the batch; returns the slot that it came to.
 */
function passInOrder(take: Taking, position: GroupPosition, stored: PagedBytes, from: number, end: number): number {
  const { sendNumbers } = take.page;
  let page = -1;
  let storedBytes: Uint8Array = NO_BYTES;
  let bytes: Uint8Array = NO_BYTES;
  let slot = from;
  for (; slot < end; slot++) {
    const send = sendNumbers[slot] as number;
    if (send < 0) break;
    if (pageOf(send) !== page) {
      page = pageOf(send);
      storedBytes = bytesOfPage(stored, page);
      bytes = pageToWrite(take.sends, send);
    }
    const at = send & (PAGE_LENGTH - 1);
    if (bytes[at] !== 0 || ((storedBytes[at] ?? 0) & FORGOTTEN) !== 0) break;
    bytes[at] = 1;
    if (send >= take.sends.length) take.sends.length = send + 1;
    if (take.hasKeys) countOrder(take, send, slot);
  }
  take.counts.processed += slot - from;
  position.settled = take.page.firstOffset + slot;
  position.next = position.settled;
  return slot;
}

const NO_BYTES = new Uint8Array(0);

/** Where a group stands in a partition; one that it has no position in is its own from this record on. */
function positionAt(actual: Actual, group: GroupAudit, topic: string, partition: number, offset: number): GroupPosition | undefined {
  const name = formatTopicPartition(topic, partition);
  const known = group.partitions.get(name);
  const log = known ? undefined : leaderLog(actual, topic, partition);
  if (!log) return known;
  const position = { start: log.logStartOffset, next: offset, settled: offset };
  group.partitions.set(name, position);
  countLost(group, topic, log, log.logStartOffset, offset);
  return position;
}

function beginBatch(take: Taking, keys: KeyNumbers): void {
  const { page, batch, group, topic, producer } = take;
  const source = page.sources[batch] as RecordSource | null; // what a producer's program has made
  take.hasKeys = source?.keys.kind !== "none";
  if (!take.hasKeys) return;
  take.numbers = source ? numbersOf(keys, source) : null;
  take.lasts = group.lastOfKey.get(topic)?.get(producer) ?? null;
}

/** The highest sends by key, of a producer some record of which has one. */
function newLasts({ group, topic, producer }: Taking): number[] {
  let producers = group.lastOfKey.get(topic);
  if (!producers) group.lastOfKey.set(topic, (producers = new Map()));
  const lasts: number[] = [];
  producers.set(producer, lasts);
  return lasts;
}

function countProcessed(take: Taking, send: number, slot: number): void {
  const { counts, sends } = take;
  const flags = byteAt(sends, send);
  const times = flags & TIMES;
  setByte(sends, send, Math.min(times + 1, TIMES));
  if (flags & LOST) counts.lost--;
  if (flags & ASIDE) counts.setAside--;
  if (times === 1) counts.twice++;
  if (times > 0) return;
  counts.processed++;
  if (take.hasKeys) countOrder(take, send, slot);
}

/** Of a key without a number the order is not known, and nothing is said of it. */
function countOrder(take: Taking, send: number, slot: number): void {
  const { page, batch, keys, numbers, counts } = take;
  const keyNumber = page.keyNumbers[slot] as number;
  let key = numbers ? (keyNumber < 0 ? -1 : (numbers[keyNumber] as number)) : -1;
  if (key < 0) {
    if (numbers && keyNumber < 0) return;
    const text = keyOf({ page, batch, slot });
    key = typeof text === "string" && keys ? (numberKey(keys, text) ?? -1) : -1;
    if (key < 0) return;
    if (numbers) numbers[keyNumber] = key;
  }
  const lasts = (take.lasts ??= newLasts(take));
  const last = lasts[key];
  if (last !== undefined && send < last) counts.outOfOrder++;
  else lasts[key] = send;
}

function countSetAside({ counts, sends }: Taking, send: number): void {
  const flags = byteAt(sends, send);
  if (flags & (TIMES | ASIDE)) return;
  if (flags & LOST) counts.lost--;
  setByte(sends, send, ASIDE);
  counts.setAside++;
}

function countSkipped({ counts, sends }: Taking, send: number): void {
  const flags = byteAt(sends, send);
  if (flags & (TIMES | ASIDE | LOST)) return;
  setByte(sends, send, LOST);
  counts.lost++;
}
