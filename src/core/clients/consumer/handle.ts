import type { ApiResponse } from "../../kafka/api";
import type { ClientContext } from "../client";
import { METADATA_TIMER, refreshMetadata, updateMetadata } from "../topicMetadata";
import { freshState, type Consumer, type Restart } from "./consumer";
import { onFetchResponse } from "./fetcher";
import { BACKOFF_TIMER, backOff, HEARTBEAT_TIMER, onHeartbeatResponse, onJoinResponse, onPollIntervalExceeded, onSyncResponse, rejoinIfMetadataChanged, sendHeartbeat } from "./membership";
import { onCommitResponse, onListOffsetsResponse, onOffsetFetchResponse } from "./offsets";
import { AUTO_COMMIT_TIMER, poll, POLL_INTERVAL_TIMER, startConsumer } from "./poll";
import { onWorkDone, WORK_TIMER } from "./processing";

export function handleConsumerResponse(consumer: Consumer, context: ClientContext, requestId: number, response: ApiResponse): void {
  if (consumer.waiting?.requestId === requestId) consumer.waiting = null;
  takeIn(consumer, context, requestId, response);
  poll(consumer, context);
}

export function handleConsumerTimer(consumer: Consumer, context: ClientContext, name: string): void {
  switch (name) {
    case WORK_TIMER:
      onWorkDone(consumer, context);
      break;
    case HEARTBEAT_TIMER:
      sendHeartbeat(consumer, context);
      break;
    case POLL_INTERVAL_TIMER:
      onPollIntervalExceeded(consumer, context);
      break;
    case METADATA_TIMER:
      refreshMetadata(consumer.metadata, context, consumer.topics);
      break;
    case BACKOFF_TIMER:
      consumer.waiting = null;
      break;
    case AUTO_COMMIT_TIMER:
      break;
    default:
      throw new Error(`a consumer has no timer ${name}`);
  }
  poll(consumer, context);
}

/** The application ends in order, or restarts: it finishes the records it has polled, commits if it commits automatically, and leaves its group. */
export function closeConsumer(consumer: Consumer, context: ClientContext, then: "close" | Restart): void {
  consumer.closing = then;
  if (consumer.waiting?.step === "join" || consumer.waiting?.step === "sync" || consumer.waiting?.step === "backoff") consumer.waiting = null;
  if (consumer.fatalErrorCode !== 0) context.observe({ type: "closed" });
  else poll(consumer, context);
}

/** After a close: starts again, possibly in another group. The actor, its identity and its speed stay. */
export function restartConsumer(consumer: Consumer, context: ClientContext, { groupId, topics, configs }: Restart): void {
  for (const timer of [HEARTBEAT_TIMER, POLL_INTERVAL_TIMER, METADATA_TIMER, BACKOFF_TIMER, AUTO_COMMIT_TIMER]) context.cancelTimer(timer);
  Object.assign(consumer, freshState(groupId, topics, configs));
  startConsumer(consumer, context);
}

function takeIn(consumer: Consumer, context: ClientContext, requestId: number, response: ApiResponse): void {
  switch (response.api) {
    case "Metadata":
      updateMetadata(consumer.metadata, context, response, consumer.config);
      return rejoinIfMetadataChanged(consumer);
    case "FindCoordinator": {
      const found = response.coordinators[0];
      if (found && found.errorCode === 0) consumer.coordinator = found.nodeId;
      else backOff(consumer, context);
      return;
    }
    case "JoinGroup":
      if (consumer.member.state === "joining") onJoinResponse(consumer, context, response);
      return;
    case "SyncGroup":
      if (consumer.member.state === "syncing") onSyncResponse(consumer, context, response);
      return;
    case "Heartbeat":
      return onHeartbeatResponse(consumer, response);
    case "OffsetCommit":
      return onCommitResponse(consumer, context, response);
    case "OffsetFetch":
      return onOffsetFetchResponse(consumer, context, response);
    case "ListOffsets":
      return onListOffsetsResponse(consumer, context, response);
    case "Fetch":
      return onFetchResponse(consumer, context, requestId, response);
    case "LeaveGroup":
      if (consumer.closing) context.observe({ type: "closed" });
      return;
    default:
      throw new Error(`a consumer got a ${response.api} response`);
  }
}
