import type { FetchRequest } from "../kafka/api/fetch";
import type { ProduceResponse } from "../kafka/api/produce";
import type { TopicPartitionName } from "../kafka/topicPartition";
import { timer, type Timer } from "../sim/timer";
import type { RequestId } from "./handlerResult";
import { share } from "../sim/share";

/**
 * Requests that wait until partitions have come far enough, or their time is over (Kafka's `DelayedOperationPurgatory`). Whoever parks one
 * says which partitions may end its waiting; each of them is looked at again when its log changes.
 */
export interface Purgatory {
  parked: Map<RequestId, Parked>;
  byPartition: Map<TopicPartitionName, Set<RequestId>>;
}

/** Frozen: what it waits for is read from the logs again each time. */
export type Parked = ParkedFetch | ParkedProduce;

interface Waiting {
  readonly requestId: RequestId;
  readonly partitions: readonly TopicPartitionName[];
}

/** `DelayedFetch` */
export interface ParkedFetch extends Waiting {
  readonly api: "Fetch";
  readonly request: FetchRequest;
}

/** `DelayedProduce`: what it will be told, and how far the high watermark of each partition must come. */
export interface ParkedProduce extends Waiting {
  readonly api: "Produce";
  readonly response: ProduceResponse;
  readonly ends: ReadonlyMap<TopicPartitionName, number>;
}

export const PARKED = "parked";

export function emptyPurgatory(): Purgatory {
  return { parked: new Map(), byPartition: new Map() };
}

interface Clock {
  readonly nowUs: number;
  setTimer(timer: Timer, atUs: number): void;
  cancelTimer(timer: Timer): void;
}

/** Parks a request for so many ms at most. */
export function park(purgatory: Purgatory, clock: Clock, parked: Parked, timeoutMs: number): void {
  purgatory.parked.set(parked.requestId, share(parked));
  for (const name of parked.partitions) {
    const waiting = purgatory.byPartition.get(name);
    if (waiting) waiting.add(parked.requestId);
    else purgatory.byPartition.set(name, new Set([parked.requestId]));
  }
  clock.setTimer(timer(PARKED, parked.requestId), clock.nowUs + timeoutMs * 1000);
}

/** Takes a request out; null where it does not wait. */
export function unpark(purgatory: Purgatory, clock: Clock, requestId: RequestId): Parked | null {
  const parked = purgatory.parked.get(requestId);
  if (!parked) return null;
  purgatory.parked.delete(requestId);
  for (const name of parked.partitions) {
    const waiting = purgatory.byPartition.get(name);
    waiting?.delete(requestId);
    if (waiting?.size === 0) purgatory.byPartition.delete(name);
  }
  clock.cancelTimer(timer(PARKED, requestId));
  return parked;
}

/** The requests that wait for a partition, in the order in which they were parked. */
export function parkedAt(purgatory: Purgatory, partition: TopicPartitionName): Parked[] {
  const requestIds = purgatory.byPartition.get(partition);
  return requestIds ? [...requestIds].flatMap((requestId) => purgatory.parked.get(requestId) ?? []) : [];
}
