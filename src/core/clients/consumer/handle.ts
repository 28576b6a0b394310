import type { ApiResponse } from "../../kafka/api/api";
import type { Timer } from "../../sim/timer";
import { connection as coordinatorConnection, type ClientContext } from "../client";
import { answered, expireRequests, loseConnection, type RequestInFlight } from "../connections";
import { METADATA_TIMER, refreshMetadata, retryMetadata, updateMetadata } from "../topicMetadata";
import { isStalled, topicsOf, type Consumer } from "./consumer";
import { loseForward, onForwardResponse, trySending } from "./forward";
import { loseFetch, onFetchResponse } from "./fetcher";
import { loseMembershipRequest, onCommitError, onHeartbeatResponse, onJoinResponse, onPollIntervalExceeded, onSyncResponse, sendHeartbeat } from "./membership";
import { loseListOffsets, onCommitResponse, onListOffsetsResponse, onOffsetFetchResponse } from "./offsets";
import { poll } from "./poll";
import { onSentOn, onWorkDone } from "./processing";
import { AUTO_COMMIT_TIMER, BACKOFF_TIMER, backOff, DUE_TIMER, FORWARD_TIMER, HEARTBEAT_TIMER, POLL_INTERVAL_TIMER, RECONNECT_TIMER, REJOIN_TIMER, WORK_TIMER } from "./waiting";

export function handleConsumerResponse(consumer: Consumer, context: ClientContext, requestId: number, response: ApiResponse): void {
  const sent = answered(consumer.connections, requestId);
  const isMembership = consumer.member.requestId === requestId;
  const isAwaited = isMembership || consumer.waiting?.requestId === requestId;
  if (isMembership) consumer.member.requestId = null;
  if (consumer.waiting?.requestId === requestId) consumer.waiting = null;
  takeIn(consumer, context, requestId, sent, response, isAwaited);
  poll(consumer, context);
}

export function handleConsumerTimer(consumer: Consumer, context: ClientContext, { kind, subject }: Timer): void {
  switch (kind) {
    case WORK_TIMER.kind:
      onWorkDone(consumer, context, Number(subject));
      break;
    case FORWARD_TIMER.kind:
      trySending(consumer, context);
      break;
    case HEARTBEAT_TIMER.kind:
      sendHeartbeat(consumer, context);
      break;
    case POLL_INTERVAL_TIMER.kind:
      onPollIntervalExceeded(consumer, context);
      break;
    case METADATA_TIMER.kind:
      refreshMetadata(consumer, context, topicsOf(consumer));
      break;
    case BACKOFF_TIMER.kind:
      if (consumer.waiting?.step === "backoff") consumer.waiting = null;
      break;
    case AUTO_COMMIT_TIMER.kind:
    case DUE_TIMER.kind:
    case RECONNECT_TIMER.kind:
    case REJOIN_TIMER.kind:
      break;
    default:
      throw new Error(`a consumer has no timer ${kind}`);
  }
  if (!consumer.hasCrashed) poll(consumer, context);
}

/** Requests may be overdue. Returns whether any were. */
export function handleConsumerAlarm(consumer: Consumer, context: ClientContext): boolean {
  const lost = expireRequests(consumer.connections, context);
  if (lost.length === 0) return false;
  onLost(consumer, context, lost);
  poll(consumer, context);
  return true;
}

/** A connection was closed under it. A coordinator that cannot be reached is looked for anew, also where nothing waited on it (`AbstractCoordinator.checkAndGetCoordinator`). */
export function handleConsumerDisconnect(consumer: Consumer, context: ClientContext, nodeId: number, connection: number): void {
  if (connection === coordinatorConnection.coordinator) consumer.coordinator = null;
  onLost(consumer, context, loseConnection(consumer.connections, context, nodeId, connection));
  poll(consumer, context);
}

/**
 * Requests that nobody will answer any more. Those to the coordinator mean that it is looked for anew (`markCoordinatorUnknown`); what
 * `poll()` stood still for is tried again after retry.backoff.ms.
 */
function onLost(consumer: Consumer, context: ClientContext, lost: readonly RequestInFlight[]): void {
  for (const { requestId, connection, request } of lost) {
    const { api } = request;
    if (api === "Metadata") retryMetadata(consumer, context, topicsOf(consumer));
    else if (api === "Produce") loseForward(consumer, context, requestId);
    else if (api === "Fetch") loseFetch(consumer, context);
    else if (api === "ListOffsets") loseListOffsets(consumer);
    if (connection === coordinatorConnection.coordinator) consumer.coordinator = null;
    if (consumer.member.requestId === requestId) loseMembershipRequest(consumer, context);
    if (consumer.waiting?.requestId !== requestId) continue;
    consumer.owesCommit ||= consumer.waiting.step === "commit";
    backOff(consumer, context);
  }
}

/** The application ends in order, or restarts: it finishes the records it has polled, commits if it commits automatically, and leaves its group. */
export function closeConsumer(consumer: Consumer, context: ClientContext, then: "close" | "restart"): void {
  consumer.closing = then;
  if (consumer.waiting?.step === "backoff") consumer.waiting = null;
  if (consumer.fatalException !== null || isStalled(consumer)) context.closed();
  else poll(consumer, context);
}

/** An answer to a question that is no longer asked (`isAwaited`) changes nothing about the membership. */
function takeIn(consumer: Consumer, context: ClientContext, requestId: number, sent: RequestInFlight | null, response: ApiResponse, isAwaited: boolean): void {
  switch (response.api) {
    case "Metadata":
      updateMetadata(consumer, context, response);
      return trySending(consumer, context);
    case "FindCoordinator": {
      const found = response.coordinators[0];
      if (found && found.errorCode === 0) consumer.coordinator = found.nodeId;
      else backOff(consumer, context);
      return;
    }
    case "JoinGroup":
      if (isAwaited) onJoinResponse(consumer, context, response);
      return;
    case "SyncGroup":
      if (isAwaited) onSyncResponse(consumer, context, response);
      return;
    case "Heartbeat":
      return onHeartbeatResponse(consumer, response);
    case "OffsetCommit":
      return onCommitError(consumer, context, onCommitResponse(consumer, context, response));
    case "OffsetFetch":
      if (isAwaited) onOffsetFetchResponse(consumer, context, response);
      return;
    case "ListOffsets":
      return onListOffsetsResponse(consumer, context, response);
    case "Produce": {
      const job = onForwardResponse(consumer, context, requestId, response);
      if (job) onSentOn(consumer, context, job);
      return;
    }
    case "Fetch":
      return sent?.request.api === "Fetch" ? onFetchResponse(consumer, context, sent.request, response) : undefined;
    case "LeaveGroup":
      if (isAwaited) context.closed();
      return;
    default:
      throw new Error(`a consumer got a ${response.api} response`);
  }
}
