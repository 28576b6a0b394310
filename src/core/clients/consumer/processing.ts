import { nextTopic, type Outcome, outcomeOf } from "../../apps/attempt";
import { batchOfSlot, type StoredRecord } from "../../kafka/records/batchPage";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { share } from "../../sim/share";
import { timer } from "../../sim/timer";
import type { ClientContext } from "../client";
import { keyOf, offsetOf, senderOf } from "../recordTexts";
import { isStalled, type Consumer, type Job, type OwnedPartition, type RecordRange } from "./consumer";
import { sendOn } from "./forward";
import { firstUndone, settlePolled, settleRecord } from "./settling";
import { endProgram, WORK_TIMER } from "./waiting";

/**
 * The application works through what `poll()` returned, one record after the other; or hands it to its pool, and goes on polling. Without
 * processing time a record is done at once. When all are done it may commit.
 */
export function processPolled(consumer: Consumer, context: ClientContext): void {
  const { workers = 0 } = consumer.processing;
  if (workers > 0) return feedPool(consumer, context, workers);
  if (needsNoTime(consumer)) finishAll(consumer, context);
  for (let range = consumer.polled[0]; range; range = consumer.polled[0]) {
    if (!begin(consumer, context, range, 0)) return;
    if (waitsForCommit(consumer)) return;
  }
  settlePolled(consumer, context);
}

/** Every record goes well, and is done as soon as it is begun with, with nothing in between. */
function needsNoTime({ processing, config }: Consumer): boolean {
  const { timeMs, failure, forwardTo, settle } = processing;
  return timeMs === 0 && !failure && forwardTo === undefined && (settle !== "each" || config.enableAutoCommit);
}

/** All that was polled is done in one go. It is the most frequent of all ways, so nothing is made here for a record. */
function finishAll(consumer: Consumer, context: ClientContext): void {
  const { polled, groupId, member } = consumer;
  consumer.polled = [];
  for (const { topic, partition, page, next, end } of polled) {
    const owned = consumer.partitions.get(formatTopicPartition(topic, partition));
    if (owned) owned.nextToProcess = owned.position;
    consumer.processed += end - next;
    context.tell({ type: "processed", groupId, memberId: member.memberId, topic, partition, page, from: next, to: end, next: null });
  }
}

/** A handler has come to its end, well or not. */
export function onWorkDone(consumer: Consumer, context: ClientContext, worker: number): void {
  const job = consumer.jobs.find((each) => each.worker === worker);
  if (!job || job.sending || !endAttempt(consumer, context, job)) return;
  goOn(consumer, context);
}

/** A record that was to be sent on is stored there: it is done with here. */
export function onSentOn(consumer: Consumer, context: ClientContext, job: Job): void {
  finishJob(consumer, context, job, job.sending?.isGivenUp === true ? "setAside" : "processed");
  goOn(consumer, context);
}

function goOn(consumer: Consumer, context: ClientContext): void {
  if (consumer.processing.workers) feedPool(consumer, context, consumer.processing.workers);
  else if (!waitsForCommit(consumer)) processPolled(consumer, context);
}

/** The commit of one record is waited for before the next is begun with. */
function waitsForCommit({ waiting, polled, processing }: Consumer): boolean {
  return processing.settle === "each" && waiting?.step === "commit" && polled.length > 0;
}

/** Gives each worker that has nothing to do the next record. */
function feedPool(consumer: Consumer, context: ClientContext, workers: number): void {
  for (let worker = 0; worker < workers; worker++) {
    while (!consumer.jobs.some((job) => job.worker === worker)) {
      const range = consumer.polled[0];
      if (!range || !begin(consumer, context, range, worker)) break;
    }
  }
}

/** Begins with a record. Returns whether it is done with already. */
function begin(consumer: Consumer, context: ClientContext, range: RecordRange, worker: number): boolean {
  const { topic, partition, page, next: slot } = range;
  // A pool takes it out of the hands of the loop.
  if (consumer.processing.workers) moveOn(consumer, range);
  const record = share({ page, batch: batchOfSlot(page, slot), slot });
  const job = attempt(consumer, context, { worker, topic, partition, record, attempt: 0 }, outcomeNow(consumer, record), 0);
  consumer.jobs.push(job);
  if (isStalled(consumer) && consumer.closing) {
    // Whoever is closing the program does not wait for a handler that does not return.
    consumer.hasCrashed = true;
    context.closed();
    return false;
  }
  if (job.endUs > context.nowUs || job.outcome === "stall") return false;
  return endAttempt(consumer, context, job);
}

/** A record in the hands of a worker. */
type Taken = Pick<Job, "worker" | "topic" | "partition" | "record" | "attempt">;

/** How an attempt at a record will end. */
function outcomeNow({ processing, chance }: Consumer, record: StoredRecord): Outcome {
  if (!processing.failure) return "done";
  const key = keyOf(record);
  return outcomeOf(processing, typeof key === "string" ? key : null, senderOf(record)?.send ?? null, chance);
}

/** One attempt at a record, which begins after a pause. */
function attempt({ processing }: Consumer, context: ClientContext, record: Taken, outcome: Outcome, pauseUs: number): Job {
  const startUs = context.nowUs;
  const workUs = processing.timeMs > 0 ? Math.max(1, Math.round(processing.timeMs * 1000)) : 0;
  const endUs = startUs + pauseUs + workUs;
  if (outcome !== "stall" && endUs > startUs) context.setTimer(workTimer(record.worker), endUs);
  return share({ ...record, startUs, endUs, outcome, sending: null });
}

/** Returns whether the record is done with. */
function endAttempt(consumer: Consumer, context: ClientContext, job: Job): boolean {
  const { forwardTo, rescue } = consumer.processing;
  if (job.outcome === "crash") {
    consumer.hasCrashed = true;
    context.crashed();
    return false;
  }
  if (job.outcome === "done") {
    if (forwardTo !== undefined) return sendOn(consumer, context, job, forwardTo, false);
    finishJob(consumer, context, job, "processed");
    return true;
  }
  context.tell({ type: "threw", groupId: consumer.groupId, topic: job.topic, partition: job.partition, offset: offsetOf(job.record), attempt: job.attempt });
  if (rescue && job.attempt < rescue.retries) return tryAgain(consumer, context, job, rescue.backoffMs);
  const topic = rescue?.giveUp === "forward" ? nextTopic(rescue, job.topic) : null;
  if (topic !== null) return sendOn(consumer, context, job, topic, true);
  if (rescue?.giveUp === "skip") {
    finishJob(consumer, context, job, "skipped");
    return true;
  }
  endProgram(consumer, context, HANDLER_EXCEPTION);
  return false;
}

/** What Java calls an exception of a handler that nobody has caught. */
const HANDLER_EXCEPTION = "RuntimeException";

/** In place, after a pause in which the loop stands still. Without any time between two tries a handler that always fails would stop the clock. */
function tryAgain(consumer: Consumer, context: ClientContext, job: Job, backoffMs: number): boolean {
  const { worker, topic, partition, record } = job;
  const taken = { worker, topic, partition, record, attempt: job.attempt + 1 };
  const again = attempt(consumer, context, taken, outcomeNow(consumer, record), Math.max(1, Math.round(backoffMs * 1000)));
  consumer.jobs = consumer.jobs.map((each) => (each === job ? again : each));
  return false;
}

/** The application is done with a job, in one way or another. */
function finishJob(consumer: Consumer, context: ClientContext, job: Job, how: Ending): void {
  const { topic, partition, record } = job;
  const isPool = (consumer.processing.workers ?? 0) > 0;
  const range = consumer.polled[0];
  consumer.jobs = consumer.jobs.filter(({ worker }) => worker !== job.worker);
  if (!isPool && range) moveOn(consumer, range);
  const owned = consumer.partitions.get(formatTopicPartition(topic, partition));
  if (owned) owned.nextToProcess = isPool ? firstUndone(consumer, owned) : nextInLoop(consumer, owned);
  if (how !== "skipped") consumer.processed++;
  const next = isPool ? (owned?.nextToProcess ?? null) : null;
  context.tell({ type: how, groupId: consumer.groupId, memberId: consumer.member.memberId, topic, partition, page: record.page, from: record.slot, to: record.slot + 1, next });
  settleRecord(consumer, context, topic, partition, offsetOf(record));
}

type Ending = "processed" | "setAside" | "skipped";

/** In a loop, what comes behind a record that is done. */
function nextInLoop({ polled }: Consumer, { topic, partition, position }: OwnedPartition): number | null {
  for (const range of polled) if (range.partition === partition && range.topic === topic) return range.page.firstOffset + range.next;
  return position;
}

/** The first of what was returned by `poll()` is out of its hands. */
function moveOn(consumer: Consumer, range: RecordRange): void {
  range.next++;
  if (range.next === range.end) consumer.polled.shift();
}

/** A worker's own; the loop's is the first. */
function workTimer(worker: number) {
  return worker === 0 ? WORK_TIMER : timer(WORK_TIMER.kind, worker);
}
