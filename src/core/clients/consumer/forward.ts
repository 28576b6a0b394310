import type { ProduceResponse } from "../../kafka/api/produce";
import { ErrorCode } from "../../kafka/errors";
import { makeRecordBatch } from "../../kafka/records/makeRecordBatch";
import { nowMs } from "../../sim/nowMs";
import { nextBelow } from "../../sim/random";
import { share } from "../../sim/share";
import { connection, type ClientContext } from "../client";
import { isReachable, sendRequest } from "../connections";
import { hashKey, partitionForHash } from "../producer/partitioner";
import { keyOf, valueOf } from "../recordTexts";
import { refreshMetadata } from "../topicMetadata";
import { topicsOf, type Consumer, type Job } from "./consumer";
import { endProgram, FORWARD_TIMER } from "./waiting";

/** The producer's default of max.block.ms. */
export const MAX_BLOCK_MS = 60_000;

/**
 * The application sends a record on to another topic, by a producer of its own, and waits until it is stored (`send().get()` with acks=all),
 * before it goes on. A record with a key goes to the key's partition, one without to a random one. Never done at once: returns false.
 */
export function sendOn(consumer: Consumer, context: ClientContext, job: Job, topic: string, isGivenUp: boolean): false {
  replace(consumer, job, share({ ...job, sending: share({ topic, requestId: null, isGivenUp, sinceUs: context.nowUs }) }));
  trySending(consumer, context);
  return false;
}

/**
 * Sends what waits for it, as far as it can be. What could not be sent for max.block.ms, as to a topic that is not there, is an exception
 * that ends the application (`KafkaProducer.waitOnMetadata`).
 */
export function trySending(consumer: Consumer, context: ClientContext): void {
  for (const job of consumer.jobs) {
    if (!job.sending || job.sending.requestId !== null) continue;
    if (context.nowUs >= job.sending.sinceUs + MAX_BLOCK_MS * 1000) return endProgram(consumer, context, "TimeoutException");
    const leaders = consumer.metadata.topics.get(job.sending.topic);
    const key = keyOf(job.record);
    const partition = leaders && (typeof key === "string" ? partitionForHash(hashKey(key), leaders.length) : nextBelow(consumer.chance, leaders.length));
    const leader = partition === undefined ? undefined : leaders?.[partition];
    if (partition === undefined || leader === undefined || !isReachable(consumer.connections, leader, context.nowUs)) {
      if (leaders === undefined) refreshMetadata(consumer, context, topicsOf(consumer));
      context.setTimer(FORWARD_TIMER, context.nowUs + consumer.config.retryBackoffMs * 1000);
      continue;
    }
    const requestId = produce(consumer, context, job, leader, job.sending.topic, partition);
    replace(consumer, job, share({ ...job, sending: share({ ...job.sending, requestId }) }));
  }
}

/** The answer to one of these. Returns the job whose record is stored, or null where it must be sent again. */
export function onForwardResponse(consumer: Consumer, context: ClientContext, requestId: number, { responses }: ProduceResponse): Job | null {
  const job = consumer.jobs.find(({ sending }) => sending?.requestId === requestId);
  const result = responses[0]?.partitionResponses[0];
  if (!job || !result) return null;
  const { topic, partition, batch } = consumer.forwards.get(requestId) ?? {};
  consumer.forwards.delete(requestId);
  if (result.errorCode === ErrorCode.NONE) {
    if (topic !== undefined && partition !== undefined && batch) context.tell({ type: "acknowledged", topic, partition, batch, baseOffset: result.baseOffset });
    return job;
  }
  loseForward(consumer, context, requestId);
  return null;
}

/** It was lost, or refused: it is sent again after a while. What a lost one has stored is then there twice. */
export function loseForward(consumer: Consumer, context: ClientContext, requestId: number): void {
  consumer.forwards.delete(requestId);
  const job = consumer.jobs.find(({ sending }) => sending?.requestId === requestId);
  if (!job?.sending) return;
  replace(consumer, job, share({ ...job, sending: share({ ...job.sending, requestId: null }) }));
  refreshMetadata(consumer, context, topicsOf(consumer));
  context.setTimer(FORWARD_TIMER, context.nowUs + consumer.config.retryBackoffMs * 1000);
}

function produce(consumer: Consumer, context: ClientContext, { record }: Job, leader: number, topic: string, partition: number): number {
  const origin = share({ producerActor: context.actor, sendNumbers: share([consumer.sentOn++]) });
  const batch = makeRecordBatch({ keys: share([keyOf(record)]), values: share([valueOf(record)]), origin, baseTimestampMs: nowMs(context) });
  const { requestTimeoutMs } = consumer.config;
  const request = { api: "Produce", acks: -1, timeoutMs: requestTimeoutMs, topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }] } as const;
  const requestId = sendRequest(consumer.connections, context, leader, connection.data, request, requestTimeoutMs);
  consumer.forwards.set(requestId, share({ topic, partition, batch }));
  return requestId;
}

function replace(consumer: Consumer, job: Job, by: Job): void {
  consumer.jobs = consumer.jobs.map((each) => (each.worker === job.worker ? by : each));
}
