import type { ApiResponse } from "../kafka/api/api";
import type { Timer } from "../sim/timer";

/** Names one request that a broker is working on, so that it can be answered now or later. Given out by the broker that received it. */
export type RequestId = number;

/**
 * What a handler decided. Handlers only read; whoever called appends the records, folds them with `replay`, applies the soft
 * values, and then answers. (After Kafka's `CoordinatorResult`.)
 */
export interface HandlerResult<LogRecord, Soft> {
  /** To be appended to the handler's log, in order, as one batch. */
  readonly records: readonly LogRecord[];
  /** New values of state that need not survive a crash, each replacing the one it names. */
  readonly soft: readonly Soft[];
  /** Sent after the records are committed. A request without a response here stays parked. */
  readonly responses: readonly { readonly to: RequestId; readonly response: ApiResponse }[];
  /** Sets a timer to a virtual time in ms, or cancels it with null. */
  readonly timers: readonly { readonly timer: Timer; readonly atMs: number | null }[];
}
