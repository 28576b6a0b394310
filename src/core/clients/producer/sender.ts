import { timer } from "../../sim/timer";
import type { SentBatch } from "../../kafka/records/madeBatch";
import type { ProduceRequest, ProduceResponse } from "../../kafka/api/produce";
import { ErrorCode, invalidatesMetadata, isRetriable } from "../../kafka/errors";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { connection, type ClientContext } from "../client";
import { isReachable, reachableAtUs, sendRequest } from "../connections";
import { refreshMetadata } from "../topicMetadata";
import { readyAtUs, recordsIn, seal, split } from "./accumulator";
import type { Producer, ProducerBatch } from "./producer";
import { wakeUs } from "./wake";

export const SENDER_TIMER = timer("sender");

/**
 * What the sender thread does whenever something changed (`Sender.sendProducerData`): expires what is too old, sends to every broker
 * that has a ready batch and room for a request, and sets the time of its next look.
 */
export function runSender(producer: Producer, context: ClientContext): void {
  if (producer.accumulator.size > 0) {
    expire(producer, context);
    for (const nodeId of nodesOf(producer)) sendTo(producer, context, nodeId);
  }
  const nextUs = Math.min(nextLookUs(producer, context.nowUs), wakeUs(producer, hasRoom(producer)));
  if (nextUs === Infinity) context.cancelTimer(SENDER_TIMER);
  else context.setTimer(SENDER_TIMER, nextUs);
}

/** As long as a broker has a ready batch, and takes another request. */
function sendTo(producer: Producer, context: ClientContext, nodeId: number): void {
  while (requestsInFlight(producer, nodeId) < producer.config.maxInFlightRequestsPerConnection && isReady(producer, context.nowUs, nodeId)) {
    sendProduce(producer, context, nodeId, drain(producer, context.nowUs, nodeId));
  }
}

/** Takes in the answer to a Produce: acknowledged, tried again, or failed, batch by batch (`Sender.completeBatch`). */
export function onProduceResponse(producer: Producer, context: ClientContext, requestId: number, response: ProduceResponse): void {
  const request = producer.inFlight.get(requestId);
  if (!request) return;
  producer.inFlight.delete(requestId);
  let at = 0;
  for (const { name, partitionResponses } of response.responses) {
    for (const { index, errorCode, baseOffset } of partitionResponses) {
      // Mostly in the order of the request.
      const next = request.batches[at++];
      const batch = next?.topic === name && next.partition === index ? next : request.batches.find(({ topic, partition }) => topic === name && partition === index);
      if (!batch) throw new Error(`answer for ${name}-${index}, which was not in the request`);
      complete(producer, context, batch, errorCode, baseOffset);
    }
  }
}

/** Nobody will say what became of a Produce request (`Sender.handleProduceResponse` of a disconnected one). */
export function loseProduce(producer: Producer, context: ClientContext, requestId: number): void {
  const request = producer.inFlight.get(requestId);
  if (!request) return;
  producer.inFlight.delete(requestId);
  for (const batch of request.batches) complete(producer, context, batch, ErrorCode.NETWORK_EXCEPTION, -1);
}

function requestsInFlight(producer: Producer, nodeId: number): number {
  let count = 0;
  for (const request of producer.inFlight.values()) if (request.nodeId === nodeId) count++;
  return count;
}

/** Whether some broker would take another request. */
function hasRoom(producer: Producer): boolean {
  const { metadata, connections, config } = producer;
  const nodes = metadata.brokers.length > 0 ? metadata.brokers : connections.bootstrap;
  return nodes.some((nodeId) => requestsInFlight(producer, nodeId) < config.maxInFlightRequestsPerConnection);
}

export function isFlushed(producer: Producer): boolean {
  return producer.inFlight.size === 0 && producer.accumulator.size === 0;
}

function complete(producer: Producer, context: ClientContext, batch: ProducerBatch, errorCode: number, baseOffset: number): void {
  const { config } = producer;
  if (errorCode === ErrorCode.NONE) {
    producer.acknowledged += recordsIn(batch);
    producer.bufferedBytes -= batch.allocatedBytes;
    context.tell({ type: "acknowledged", topic: batch.topic, partition: batch.partition, batch: seal(context.actor, batch), baseOffset });
  } else if (isRetriable(errorCode) && batch.attempts <= config.retries && !isExpired(producer, batch, context.nowUs)) {
    batch.retryAtUs = context.nowUs + backoffMs(producer, batch.attempts) * 1000;
    putFirst(producer, [batch]);
  } else if (errorCode === ErrorCode.MESSAGE_TOO_LARGE && recordsIn(batch) > 1) {
    producer.bufferedBytes -= batch.allocatedBytes;
    putFirst(producer, split(batch));
  } else fail(producer, batch);
  // Now that a batch to be tried again counts as being in use.
  if (invalidatesMetadata(errorCode)) refreshMetadata(producer, context, topicsInUse(producer));
}

/** Batches go again before all that wait for their partition. */
function putFirst(producer: Producer, batches: readonly ProducerBatch[]): void {
  const { topic, partition } = batches[0] as ProducerBatch;
  const name = formatTopicPartition(topic, partition);
  producer.accumulator.set(name, [...batches, ...(producer.accumulator.get(name) ?? [])]);
}

/** retry.backoff.ms, doubled with each further attempt up to retry.backoff.max.ms (KIP-580, without its jitter). */
function backoffMs({ config }: Producer, attempts: number): number {
  let backoff = config.retryBackoffMs;
  for (let attempt = 1; attempt < attempts && backoff < config.retryBackoffMaxMs; attempt++) backoff *= 2;
  return Math.min(backoff, config.retryBackoffMaxMs);
}

/** Where it sends to, and where it still has batches for: a topic may be gone from the first and not from the second. */
export function topicsInUse(producer: Producer): string[] {
  const topics = new Set(producer.topics);
  for (const [first] of producer.accumulator.values()) if (first) topics.add(first.topic);
  return [...topics];
}

function fail(producer: Producer, batch: ProducerBatch): void {
  producer.failed += recordsIn(batch);
  producer.bufferedBytes -= batch.allocatedBytes;
}

function isExpired(producer: Producer, batch: ProducerBatch, nowUs: number): boolean {
  return nowUs - batch.createdUs >= producer.config.deliveryTimeoutMs * 1000;
}

/** Batches that were not delivered within delivery.timeout.ms fail (KIP-91). */
function expire(producer: Producer, context: ClientContext): void {
  for (const batches of producer.accumulator.values()) {
    for (let first = batches[0]; first && isExpired(producer, first, context.nowUs); first = batches[0]) {
      fail(producer, first);
      takeFirst(producer, batches);
    }
  }
}

/** Takes a partition's first batch out; without another one, the partition, too. */
function takeFirst({ accumulator }: Producer, batches: ProducerBatch[]): void {
  const { topic, partition } = batches.shift() as ProducerBatch; // it has one
  if (batches.length === 0) accumulator.delete(formatTopicPartition(topic, partition));
}

/** The brokers that it has batches for, in the order of these. */
function nodesOf(producer: Producer): number[] {
  const nodes: number[] = [];
  for (const batches of producer.accumulator.values()) {
    const leader = leaderOf(producer, batches[0] as ProducerBatch);
    if (leader !== undefined && !nodes.includes(leader)) nodes.push(leader);
  }
  return nodes;
}

function isReady(producer: Producer, nowUs: number, nodeId: number): boolean {
  if (!isReachable(producer.connections, nodeId, nowUs)) return false;
  for (const batches of producer.accumulator.values()) if (leaderOf(producer, batches[0] as ProducerBatch) === nodeId && readyAtUs(producer, batches) <= nowUs) return true;
  return false;
}

/** One batch of every partition that the broker leads, ready or not, up to max.request.size (`RecordAccumulator.drainBatchesForOneNode`). */
function drain(producer: Producer, nowUs: number, nodeId: number): ProducerBatch[] {
  const drained: ProducerBatch[] = [];
  let size = 0;
  for (const batches of producer.accumulator.values()) {
    const first = batches[0] as ProducerBatch;
    if (leaderOf(producer, first) !== nodeId || (first.attempts > 0 && first.retryAtUs > nowUs)) continue;
    if (drained.length > 0 && size + first.sizeInBytes > producer.config.maxRequestSize) break;
    size += first.sizeInBytes;
    drained.push(first);
    takeFirst(producer, batches);
  }
  return drained;
}

function sendProduce(producer: Producer, context: ClientContext, nodeId: number, batches: readonly ProducerBatch[]): void {
  const topicData: { name: string; partitionData: { index: number; records: SentBatch }[] }[] = [];
  for (const batch of batches) {
    batch.attempts++;
    const partition = { index: batch.partition, records: seal(context.actor, batch) };
    const last = topicData[topicData.length - 1];
    const topic = last?.name === batch.topic ? last : topicData.find(({ name }) => name === batch.topic);
    if (topic) topic.partitionData.push(partition);
    else topicData.push({ name: batch.topic, partitionData: [partition] });
  }
  const { acks, requestTimeoutMs } = producer.config;
  const request: ProduceRequest = { api: "Produce", acks, timeoutMs: requestTimeoutMs, topicData };
  if (acks !== 0) producer.inFlight.set(sendRequest(producer.connections, context, nodeId, connection.data, request, requestTimeoutMs), { nodeId, batches });
  else context.send(nodeId, connection.data, request);
  if (acks === 0) for (const batch of batches) complete(producer, context, batch, ErrorCode.NONE, -1);
}

/** When the sender must look again: at the next ready or expiring batch. A batch that is ready but has no room waits for an answer. */
function nextLookUs(producer: Producer, nowUs: number): number {
  let nextUs = Infinity;
  for (const batches of producer.accumulator.values()) {
    const leader = leaderOf(producer, batches[0] as ProducerBatch);
    const readyUs = Math.max(readyAtUs(producer, batches), leader === undefined ? 0 : reachableAtUs(producer.connections, leader));
    const expiresUs = (batches[0] as ProducerBatch).createdUs + producer.config.deliveryTimeoutMs * 1000;
    nextUs = Math.min(nextUs, readyUs > nowUs ? readyUs : expiresUs, expiresUs);
  }
  return nextUs;
}

function leaderOf(producer: Producer, batch: ProducerBatch): number | undefined {
  return producer.metadata.topics.get(batch.topic)?.[batch.partition];
}
