import type { ApiResponse } from "../../kafka/api/api";
import type { RequestId } from "../handlerResult";

/**
 * One coordinator: the state of one partition of an internal topic, folded from its log (`CoordinatorRuntime.CoordinatorContext`). Plain
 * data; only the runtime changes it.
 */
export interface Shard<State> {
  readonly partition: number;
  /** Leader epoch of the partition when it was loaded. */
  readonly epoch: number;
  readonly state: State;
  /** Answers that wait until the records they speak of are committed, in order (`DeferredEventQueue`). */
  deferred: Deferred[];
}

export interface Deferred {
  /** Up to where the log must be committed. */
  readonly offset: number;
  readonly responses: readonly { readonly to: RequestId; readonly response: ApiResponse }[];
}
