import type { ClientContext } from "../client";
import type { BlockingStep, Consumer } from "./consumer";

export const AUTO_COMMIT_TIMER = "auto commit";
export const BACKOFF_TIMER = "backoff";
export const HEARTBEAT_TIMER = "heartbeat";
export const POLL_INTERVAL_TIMER = "max poll interval";
export const REJOIN_TIMER = "rejoin";
export const WORK_TIMER = "work";

/** The application does not catch the exception that `poll()` throws: it ends. */
export function failApplication(consumer: Consumer, context: ClientContext, exception: string): void {
  consumer.fatalException = exception;
  context.observe({ type: "failed", groupId: consumer.groupId, exception });
}

/** `poll()` stands still until the answer to this request is there. */
export function waitFor(consumer: Consumer, step: BlockingStep, requestId: number): void {
  consumer.waiting = Object.freeze({ step, requestId });
}

/** Waits for retry.backoff.ms before the next try. */
export function backOff(consumer: Consumer, context: ClientContext): void {
  waitFor(consumer, "backoff", -1);
  context.setTimer(BACKOFF_TIMER, context.nowUs + consumer.config.retryBackoffMs * 1000);
}
