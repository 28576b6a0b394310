import type { ClientContext } from "../client";
import { offsetOf } from "../recordTexts";
import type { Consumer, OwnedPartition } from "./consumer";
import { commit, type OffsetOf } from "./offsets";

/**
 * When the application commits, where the consumer does not do so by itself (enable.auto.commit=false). Between JoinGroup and the new
 * assignment the client itself refuses a commit, and the application goes on without (`generationIfStable`).
 */
export function settlesBefore({ config, processing }: Consumer): boolean {
  return !config.enableAutoCommit && processing.settle === "before";
}

/** All that was returned by `poll()`. */
export function commitPolled(consumer: Consumer, context: ClientContext, mode: "sync" | "async"): void {
  if (mayCommit(consumer)) commit(consumer, context, mode);
}

/** A record is done: with `each` it is committed. A pool that commits each as it comes commits what lies before it, done or not. */
export function settleRecord(consumer: Consumer, context: ClientContext, topic: string, partition: number, offset: number): void {
  const { config, processing } = consumer;
  if (config.enableAutoCommit || !mayCommit(consumer)) return;
  if (processing.settle === "each") commit(consumer, context, processing.workers ? "async" : "sync", ofOne(topic, partition, offset + 1));
  // Whoever waits for all that were received together has none of these in a pool: it commits how far all are done.
  else if (processing.workers && processing.settle !== "before") commit(consumer, context, "async", ofOne(topic, partition, null));
}

/** Of one partition alone: this offset, or without one how far all are done. */
function ofOne(topic: string, partition: number, offset: number | null): OffsetOf {
  return (owned) => (owned.topic === topic && owned.partition === partition ? (offset ?? owned.nextToProcess) : null);
}

/** All that was returned by one `poll()` is done. */
export function settlePolled(consumer: Consumer, context: ClientContext): void {
  const { config, processing } = consumer;
  const settle = processing.settle ?? "after";
  if (config.enableAutoCommit || settle === "before" || settle === "each") return;
  commitPolled(consumer, context, settle === "async" ? "async" : "sync");
}

/** Where the first record of a partition stands that is not done. */
export function firstUndone(consumer: Consumer, owned: OwnedPartition): number | null {
  let first = owned.position;
  const look = (topic: string, partition: number, offset: number): void => {
    if (topic === owned.topic && partition === owned.partition && first !== null && offset < first) first = offset;
  };
  for (const { topic, partition, record } of consumer.jobs) look(topic, partition, offsetOf(record));
  for (const { topic, partition, page, next } of consumer.polled) look(topic, partition, page.firstOffset + next);
  return first;
}

function mayCommit({ member }: Consumer): boolean {
  return member.state === "stable" || member.state === "preparing";
}
