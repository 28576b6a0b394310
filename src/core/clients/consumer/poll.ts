import { connection, BOOTSTRAP_NODE, type ClientContext } from "../client";
import { refreshMetadata } from "../topicMetadata";
import type { BlockingStep, Consumer } from "./consumer";
import { autoCommit, commit, fetchCommittedOffsets, hasUnknownPositions } from "./offsets";
import { sendFetches, takeRecords } from "./fetcher";
import { beginRejoin, leaveGroup, prepareRejoin } from "./membership";
import { processPolled } from "./processing";

export const POLL_INTERVAL_TIMER = "max poll interval";
export const AUTO_COMMIT_TIMER = "auto commit";

/** Starts the application: it subscribes and polls for the first time. */
export function startConsumer(consumer: Consumer, context: ClientContext): void {
  consumer.lastAutoCommitUs = context.nowUs;
  refreshMetadata(consumer.metadata, context, consumer.topics);
  poll(consumer, context);
}

/**
 * Goes on with `poll()` as far as it can: coordinator, membership, positions, records (`KafkaConsumer.poll`). Called whenever something
 * changed; returns at once while the application is busy with a record or a step waits for its answer.
 */
export function poll(consumer: Consumer, context: ClientContext): void {
  while (!consumer.work && !consumer.waiting && consumer.fatalErrorCode === 0) {
    context.cancelTimer(POLL_INTERVAL_TIMER);
    if (consumer.closing) return closeStep(consumer, context);
    if (consumer.coordinator === null) return findCoordinator(consumer, context);
    if (consumer.needsRejoin) {
      if (prepareRejoin(consumer, context)) beginRejoin(consumer, context);
      return;
    }
    if (hasUnknownPositions(consumer) && fetchCommittedOffsets(consumer, context)) return;
    autoCommit(consumer, context);
    const hasRecords = takeRecords(consumer);
    sendFetches(consumer, context);
    if (!hasRecords) return;
    context.setTimer(POLL_INTERVAL_TIMER, context.nowUs + consumer.config.maxPollIntervalMs * 1000);
    processPolled(consumer, context);
  }
}

/** A step that `poll()` waits for. */
export function waitFor(consumer: Consumer, step: BlockingStep, requestId: number): void {
  consumer.waiting = Object.freeze({ step, requestId });
}

function findCoordinator(consumer: Consumer, context: ClientContext): void {
  const requestId = context.send(BOOTSTRAP_NODE, connection.coordinator, { api: "FindCoordinator", keyType: 0, coordinatorKeys: [consumer.groupId] });
  waitFor(consumer, "findCoordinator", requestId);
}

/** `close()`: commits what was returned by `poll()` if it commits automatically, leaves the group, and is gone. */
function closeStep(consumer: Consumer, context: ClientContext): void {
  const isMember = consumer.member.memberId !== "" && consumer.member.generationId >= 0;
  if (!isMember) return context.observe({ type: "closed" });
  if (consumer.config.enableAutoCommit && consumer.member.state === "stable") {
    consumer.member.state = "preparing";
    if (commit(consumer, context, "sync")) return;
  }
  leaveGroup(consumer, context);
}
