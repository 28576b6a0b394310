import { recordOffset } from "../../kafka/recordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { ClientContext } from "../client";
import type { Consumer, RecordRange } from "./consumer";
import { commit } from "./offsets";
import { WORK_TIMER } from "./waiting";
import { share } from "../../sim/share";

/**
 * The application works through what `poll()` returned, one record after the other. Without processing time it is done at once.
 * With commit after processing (enable.auto.commit=false) it commits when all are done.
 */
export function processPolled(consumer: Consumer, context: ClientContext): void {
  for (let range = consumer.polled[0]; range; range = consumer.polled[0]) {
    if (consumer.processing.timeMs > 0) {
      const endUs = context.nowUs + Math.max(1, Math.round(consumer.processing.timeMs * 1000));
      consumer.work = share({ startUs: context.nowUs, endUs });
      context.setTimer(WORK_TIMER, endUs);
      return;
    }
    finishRecord(consumer, context, range);
  }
  // Between JoinGroup and the new assignment the client itself refuses a commit, and the application goes on without (`generationIfStable`).
  const { state } = consumer.member;
  if (!consumer.config.enableAutoCommit && (state === "stable" || state === "preparing")) commit(consumer, context, "sync");
}

/** The record in work is done. */
export function onWorkDone(consumer: Consumer, context: ClientContext): void {
  consumer.work = null;
  const range = consumer.polled[0];
  if (!range) throw new Error("work without a record");
  finishRecord(consumer, context, range);
  processPolled(consumer, context);
}

function finishRecord(consumer: Consumer, context: ClientContext, range: RecordRange): void {
  const { topic, partition, batch } = range;
  const index = range.next++;
  const owned = consumer.partitions.get(formatTopicPartition(topic, partition));
  if (range.next === range.end) {
    consumer.polled.shift();
    const following = consumer.polled.find((next) => next.topic === topic && next.partition === partition);
    if (owned) owned.nextToProcess = following ? recordOffset(following.batch, following.next) : owned.position;
  } else if (owned) owned.nextToProcess = recordOffset(batch, range.next);
  consumer.processed++;
  context.tell({ type: "processed", groupId: consumer.groupId, memberId: consumer.member.memberId, topic, partition, batch, index });
}
