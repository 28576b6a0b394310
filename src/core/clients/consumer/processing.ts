import { nextTopic, type Outcome, outcomeOf } from "../../apps/attempt";
import { recordOffset, type RecordBatch } from "../../kafka/recordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { share } from "../../sim/share";
import { timer } from "../../sim/timer";
import type { ClientContext } from "../client";
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
  for (let range = consumer.polled[0]; range; range = consumer.polled[0]) {
    if (!begin(consumer, context, range, 0)) return;
    if (waitsForCommit(consumer)) return;
  }
  settlePolled(consumer, context);
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
  const { topic, partition, batch, next: index } = range;
  // A pool takes it out of the hands of the loop.
  if (consumer.processing.workers) moveOn(consumer, range);
  const outcome = outcomeNow(consumer, batch, index);
  if (outcome === "done" && consumer.processing.timeMs === 0 && consumer.processing.forwardTo === undefined) {
    // The most frequent of all: it is nobody's job for any time, and none is made for it.
    finish(consumer, context, range, index, "processed");
    return true;
  }
  const job = attempt(consumer, context, { worker, topic, partition, batch, index, attempt: 0 }, outcome, 0);
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
type Taken = Pick<Job, "worker" | "topic" | "partition" | "batch" | "index" | "attempt">;
type InBatch = Pick<Job, "topic" | "partition" | "batch">;

/** How an attempt at a record will end. */
function outcomeNow({ processing, chance }: Consumer, { columns }: RecordBatch, index: number): Outcome {
  if (!processing.failure) return "done";
  const key = columns.keys[index];
  return outcomeOf(processing, typeof key === "string" ? key : null, columns.origin?.sendNumbers[index] ?? null, chance);
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
  context.tell({ type: "threw", groupId: consumer.groupId, topic: job.topic, partition: job.partition, offset: recordOffset(job.batch, job.index), attempt: job.attempt });
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
  const { worker, topic, partition, batch, index } = job;
  const record = { worker, topic, partition, batch, index, attempt: job.attempt + 1 };
  const again = attempt(consumer, context, record, outcomeNow(consumer, batch, index), Math.max(1, Math.round(backoffMs * 1000)));
  consumer.jobs = consumer.jobs.map((each) => (each === job ? again : each));
  return false;
}

/** The application is done with a job, in one way or another. */
function finishJob(consumer: Consumer, context: ClientContext, job: Job, how: Ending): void {
  consumer.jobs = consumer.jobs.filter(({ worker }) => worker !== job.worker);
  finish(consumer, context, job, job.index, how);
}

/** The application is done with a record. This is done for each of them, so nothing is made here but what is told. */
function finish(consumer: Consumer, context: ClientContext, { topic, partition, batch }: InBatch, index: number, how: Ending): void {
  const isPool = (consumer.processing.workers ?? 0) > 0;
  const range = consumer.polled[0];
  if (!isPool && range) moveOn(consumer, range);
  const owned = consumer.partitions.get(formatTopicPartition(topic, partition));
  if (owned) owned.nextToProcess = isPool ? firstUndone(consumer, owned) : nextInLoop(consumer, owned);
  if (how !== "skipped") consumer.processed++;
  const next = isPool ? (owned?.nextToProcess ?? null) : null;
  context.tell({ type: how, groupId: consumer.groupId, memberId: consumer.member.memberId, topic, partition, batch, index, next });
  settleRecord(consumer, context, topic, partition, recordOffset(batch, index));
}

type Ending = "processed" | "setAside" | "skipped";

/** In a loop, what comes behind a record that is done. */
function nextInLoop({ polled }: Consumer, { topic, partition, position }: OwnedPartition): number | null {
  for (const range of polled) if (range.partition === partition && range.topic === topic) return recordOffset(range.batch, range.next);
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
