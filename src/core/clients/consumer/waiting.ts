import { timer } from "../../sim/timer";
import type { ApiRequest } from "../../kafka/api/api";
import { connection, type ClientContext } from "../client";
import { sendRequest } from "../connections";
import type { BlockingStep, Consumer } from "./consumer";
import { share } from "../../sim/share";

export const AUTO_COMMIT_TIMER = timer("auto commit");
export const BACKOFF_TIMER = timer("backoff");
export const HEARTBEAT_TIMER = timer("heartbeat");
export const POLL_INTERVAL_TIMER = timer("max poll interval");
export const RECONNECT_TIMER = timer("reconnect");
export const REJOIN_TIMER = timer("rejoin");
export const WORK_TIMER = timer("work");
/** A record that waits in a retry topic may be worked on. */
export const DUE_TIMER = timer("due");
/** One that could not be sent on is sent again. */
export const FORWARD_TIMER = timer("forward");

/** The application does not catch the exception that `poll()` throws: it ends. */
export function failApplication(consumer: Consumer, context: ClientContext, exception: string): void {
  consumer.fatalException = exception;
  context.tell({ type: "failed", groupId: consumer.groupId, exception });
}

/** An exception leaves the loop: what the application had in hand is not worked on any more. */
export function endProgram(consumer: Consumer, context: ClientContext, exception: string): void {
  consumer.jobs = [];
  consumer.polled = [];
  failApplication(consumer, context, exception);
}

/** `poll()` stands still until the answer to this request is there. */
export function waitFor(consumer: Consumer, step: BlockingStep, requestId: number): void {
  consumer.waiting = share({ step, requestId });
}

/** Sends to the group's coordinator; returns the request's id. JoinGroup may be parked for as long as others take to join (`JOIN_GROUP_TIMEOUT_LAPSE`). */
export function sendToCoordinator(consumer: Consumer, context: ClientContext, request: ApiRequest): number {
  const { requestTimeoutMs, maxPollIntervalMs } = consumer.config;
  const timeoutMs = request.api === "JoinGroup" ? Math.max(requestTimeoutMs, maxPollIntervalMs + JOIN_GROUP_LAPSE_MS) : requestTimeoutMs;
  return sendRequest(consumer.connections, context, consumer.coordinator as number, connection.coordinator, request, timeoutMs);
}

const JOIN_GROUP_LAPSE_MS = 5000;

/** Waits for retry.backoff.ms before the next try. */
export function backOff(consumer: Consumer, context: ClientContext): void {
  waitFor(consumer, "backoff", -1);
  context.setTimer(BACKOFF_TIMER, context.nowUs + consumer.config.retryBackoffMs * 1000);
}
