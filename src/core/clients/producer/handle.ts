import type { ApiResponse } from "../../kafka/api/api";
import type { Configs } from "../../kafka/configs";
import { share } from "../../sim/share";
import type { Timer } from "../../sim/timer";
import type { ClientContext } from "../client";
import { answered, expireRequests, loseConnection, type RequestInFlight } from "../connections";
import { METADATA_TIMER, refreshMetadata, retryMetadata, updateMetadata } from "../topicMetadata";
import { producerConfig, type Producer } from "./producer";
import { catchUp, continueSend, giveUpBlockedSend, MAX_BLOCK_TIMER, scheduleNext } from "./send";
import { isFlushed, loseProduce, onProduceResponse, runSender, SENDER_TIMER, topicsInUse } from "./sender";

export function handleProducerResponse(producer: Producer, context: ClientContext, requestId: number, response: ApiResponse): void {
  catchUp(producer, context);
  answered(producer.connections, requestId);
  if (response.api === "Produce") onProduceResponse(producer, context, requestId, response);
  else if (response.api === "Metadata") updateMetadata(producer, context, response);
  else throw new Error(`a producer got a ${response.api} response`);
  continueSend(producer, context);
  if (producer.closing && isFlushed(producer)) context.closed();
}

export function handleProducerTimer(producer: Producer, context: ClientContext, { kind }: Timer): void {
  catchUp(producer, context);
  if (kind === SENDER_TIMER.kind) onSenderTimer(producer, context);
  else if (kind === MAX_BLOCK_TIMER.kind) giveUpBlockedSend(producer, context);
  else if (kind === METADATA_TIMER.kind) refreshMetadata(producer, context, topicsInUse(producer));
  else throw new Error(`a producer has no timer ${kind}`);
  if (producer.closing && isFlushed(producer)) context.closed();
}

/** Requests may be overdue. Returns whether any were. */
export function handleProducerAlarm(producer: Producer, context: ClientContext): boolean {
  catchUp(producer, context);
  const lost = expireRequests(producer.connections, context);
  if (lost.length === 0) return false;
  onLost(producer, context, lost);
  if (producer.closing && isFlushed(producer)) context.closed();
  return true;
}

/** A connection was closed under it. */
export function handleProducerDisconnect(producer: Producer, context: ClientContext, nodeId: number, connection: number): void {
  catchUp(producer, context);
  onLost(producer, context, loseConnection(producer.connections, context, nodeId, connection));
  if (producer.closing && isFlushed(producer)) context.closed();
}

/** Requests that nobody will answer any more: their batches are tried again, as after a NETWORK_EXCEPTION. */
function onLost(producer: Producer, context: ClientContext, lost: readonly RequestInFlight[]): void {
  for (const { requestId, request: { api } } of lost) {
    if (api === "Metadata") retryMetadata(producer, context, topicsInUse(producer));
    else loseProduce(producer, context, requestId);
  }
  continueSend(producer, context);
}

/** Batches that expired have made room for a `send()` that waits for it. */
function onSenderTimer(producer: Producer, context: ClientContext): void {
  runSender(producer, context);
  if (producer.blocked) continueSend(producer, context);
}

/** `close()`: no more sends; what was sent is still delivered. */
export function closeProducer(producer: Producer, context: ClientContext): void {
  catchUp(producer, context);
  producer.closing = true;
  producer.blocked = null;
  producer.nextSendUs = Infinity;
  context.cancelTimer(MAX_BLOCK_TIMER);
  runSender(producer, context);
  if (isFlushed(producer)) context.closed();
}

/** The application sends otherwise from now on: another rate, other keys, other topics. */
export function changeApplication(producer: Producer, context: ClientContext, change: { readonly topics?: readonly string[]; readonly source?: Producer["source"] }): void {
  catchUp(producer, context);
  producer.topics = change.topics ?? producer.topics;
  producer.source = change.source ? share(change.source) : producer.source;
  if (change.topics) refreshMetadata(producer, context, producer.topics);
  if (!producer.blocked) scheduleNext(producer, context.nowUs);
  continueSend(producer, context);
}

/** The application restarts with other configs. Batches made before are still delivered, under the new ones. */
export function changeProducerConfigs(producer: Producer, context: ClientContext, configs: Configs): void {
  catchUp(producer, context);
  producer.config = producerConfig(configs);
  producer.sticky.clear();
  continueSend(producer, context);
}
