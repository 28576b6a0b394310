import type { FetchRequest } from "../kafka/api/fetch";
import type { ProduceResponse } from "../kafka/api/produce";
import type { TopicPartitionName } from "../kafka/topicPartition";
import type { Timer } from "../sim/timer";
import type { RequestId } from "./handlerResult";
import { guard } from "../sim/share";

/**
 * Requests that wait until partitions have come far enough, or their time is over (Kafka's `DelayedOperationPurgatory`). Whoever parks one
 * says which partitions may end its waiting; each of them is looked at again when its log changes.
 */
export interface Purgatory {
  /** In the order in which they were parked. */
  parked: Map<RequestId, Parked>;
  /** Whoever waits for a partition, in that order; among them some that wait no more: they are dropped when it is looked at. */
  byPartition: Map<TopicPartitionName, RequestId[]>;
}

/** Frozen: what it waits for is read from the logs again each time. */
export type Parked = ParkedFetch | ParkedProduce;

interface Waiting {
  readonly requestId: RequestId;
  readonly partitions: readonly TopicPartitionName[];
  /** When its time is over, virtual µs. */
  readonly deadlineUs: number;
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

/** The time of one that is parked is over; its id is the timer's subject. */
export const PARKED = "parked";

/** There are as many as requests: its key is the id itself, and all other timers of a broker have names. */
function parkedTimer(requestId: RequestId): Timer {
  return guard({ kind: PARKED, subject: requestId, key: requestId });
}

export function emptyPurgatory(): Purgatory {
  return { parked: new Map(), byPartition: new Map() };
}

interface Clock {
  readonly nowUs: number;
  setTimer(timer: Timer, atUs: number): void;
  cancelTimer(timer: Timer): void;
}

export function park(purgatory: Purgatory, clock: Clock, parked: Parked): void {
  purgatory.parked.set(parked.requestId, guard(parked));
  for (const name of parked.partitions) {
    const waiting = purgatory.byPartition.get(name);
    if (!waiting) purgatory.byPartition.set(name, [parked.requestId]);
    else if (waiting.length < MOST_GONE + purgatory.parked.size) waiting.push(parked.requestId);
    else purgatory.byPartition.set(name, [...waiting.filter((requestId) => purgatory.parked.has(requestId)), parked.requestId]);
  }
  clock.setTimer(parkedTimer(parked.requestId), parked.deadlineUs);
}

/** Takes a request out; null where it does not wait. */
export function unpark(purgatory: Purgatory, clock: Clock, requestId: RequestId): Parked | null {
  const parked = purgatory.parked.get(requestId);
  if (!parked) return null;
  purgatory.parked.delete(requestId);
  clock.cancelTimer(parkedTimer(requestId));
  return parked;
}

/** The requests that wait for a partition, in the order in which they were parked. */
export function parkedAt({ parked, byPartition }: Purgatory, partition: TopicPartitionName): readonly Parked[] {
  const requestIds = byPartition.get(partition);
  if (!requestIds) return NOBODY;
  const waiting: Parked[] = [];
  let left = 0;
  for (const requestId of requestIds) {
    const request = parked.get(requestId);
    if (!request) continue;
    waiting.push(request);
    requestIds[left++] = requestId;
  }
  requestIds.length = left;
  return waiting;
}

const NOBODY: readonly Parked[] = [];
/** So many that wait no more may stand in the list of a partition beside all that wait. */
const MOST_GONE = 32;
