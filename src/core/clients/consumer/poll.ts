import { connection, type ClientContext } from "../client";
import { nodeToAsk, reachableAtUs, sendRequest } from "../connections";
import { refreshMetadata } from "../topicMetadata";
import { isBusy, topicsOf, type Consumer } from "./consumer";
import { sendFetches, takeRecords } from "./fetcher";
import { beginRejoin, completeJoin, endMembership, hasMetadataChanged, leaveGroup, prepareRejoin, standsStill } from "./membership";
import { autoCommit, commit, fetchCommittedOffsets, hasUnknownPositions } from "./offsets";
import { processPolled } from "./processing";
import { commitPolled, settlesBefore } from "./settling";
import { POLL_INTERVAL_TIMER, RECONNECT_TIMER, waitFor } from "./waiting";

/** Starts the application: it subscribes and polls for the first time. */
export function startConsumer(consumer: Consumer, context: ClientContext): void {
  consumer.lastAutoCommitUs = context.nowUs;
  refreshMetadata(consumer, context, topicsOf(consumer));
  poll(consumer, context);
}

/**
 * Goes on with `poll()` as far as it can: coordinator, membership, positions, records (`KafkaConsumer.poll`). Called whenever something
 * changed; returns at once while the application is busy with a record or a step waits for its answer.
 */
export function poll(consumer: Consumer, context: ClientContext): void {
  while (!isBusy(consumer) && !consumer.waiting && !consumer.hasCrashed && consumer.fatalException === null) {
    // It waited for a commit between two records.
    if (consumer.polled.length > 0 && !consumer.processing.workers) {
      processPolled(consumer, context);
      continue;
    }
    context.cancelTimer(POLL_INTERVAL_TIMER);
    if (consumer.closing) return closeStep(consumer, context);
    if (consumer.coordinator === null) return findCoordinator(consumer, context);
    completeJoin(consumer, context);
    if (hasMetadataChanged(consumer)) consumer.needsRejoin = true;
    if (consumer.needsRejoin && consumer.member.requestId === null && prepareRejoin(consumer, context)) beginRejoin(consumer, context);
    if (consumer.waiting || standsStill(consumer)) return;
    if (hasUnknownPositions(consumer)) return fetchCommittedOffsets(consumer, context);
    if (payCommit(consumer, context)) return;
    autoCommit(consumer, context);
    const hasRecords = takeRecords(consumer, context);
    sendFetches(consumer, context);
    if (!hasRecords) return;
    if (settlesBefore(consumer)) commitPolled(consumer, context, "sync");
    if (!consumer.waiting || consumer.processing.workers) processPolled(consumer, context);
    if (consumer.hasCrashed) return;
    if (consumer.polled.length === 0 && consumer.jobs.length === 0 && !consumer.waiting) {
      if (hasNothingToDo(consumer)) return;
      continue;
    }
    // It does not poll again at once.
    context.setTimer(POLL_INTERVAL_TIMER, context.nowUs + consumer.config.maxPollIntervalMs * 1000);
    if (consumer.waiting && !consumer.processing.workers) return;
  }
  if (consumer.fatalException === null || isBusy(consumer)) return;
  endMembership(consumer, context);
  // It was on its way out already.
  if (consumer.closing) context.closed();
}

/** `poll()` would find nothing at once: all that was fetched is done, and the next Fetch under way. */
function hasNothingToDo({ completedFetches, needsRejoin, closing, owesCommit, fatalException, member }: Consumer): boolean {
  return completedFetches.length === 0 && member.assigned === null && !needsRejoin && closing === null && !owesCommit && fatalException === null;
}

/** Sends the commit that is owed, if there is one. Returns whether it is waited for. */
function payCommit(consumer: Consumer, context: ClientContext): boolean {
  if (!consumer.owesCommit || consumer.member.state !== "stable") return false;
  consumer.owesCommit = false;
  return commit(consumer, context, "sync") !== null;
}

function findCoordinator(consumer: Consumer, context: ClientContext): void {
  const { connections, metadata, config, groupId } = consumer;
  const nodeId = nodeToAsk(connections, metadata.brokers);
  const reachableUs = reachableAtUs(connections, nodeId);
  if (context.nowUs < reachableUs) return context.setTimer(RECONNECT_TIMER, reachableUs);
  const requestId = sendRequest(connections, context, nodeId, connection.coordinator, { api: "FindCoordinator", keyType: 0, coordinatorKeys: [groupId] }, config.requestTimeoutMs);
  waitFor(consumer, "findCoordinator", requestId);
}

/** `close()`: commits what was returned by `poll()` if it commits automatically, leaves the group, and is gone. */
function closeStep(consumer: Consumer, context: ClientContext): void {
  if (consumer.member.memberId === "" || consumer.coordinator === null) return context.closed();
  if (consumer.config.enableAutoCommit && consumer.member.state === "stable") {
    consumer.member.state = "preparing";
    if (commit(consumer, context, "sync") !== null) return;
  }
  leaveGroup(consumer, context);
}
