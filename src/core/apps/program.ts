/** What the application around a producer does: how often it sends, and with which keys. */
export interface RecordSource {
  /** Records a virtual second; 0 stands still. */
  readonly ratePerSecond: number;
  readonly keys: KeySource;
  /** Bytes of each value; the value is JSON text filled up to this size. 0 lets the text be as long as it is. */
  readonly valueSizeInBytes: number;
}

/** A record that an application has made, to be sent by all clients that it has. */
export interface MadeRecord {
  readonly key: string | null;
  readonly value: string;
  readonly sendNumber: number;
  /** The actor whose application it is: what identifies the record, with its number. */
  readonly sender: number;
}

export type KeySource =
  | { readonly kind: "none" }
  | { readonly kind: "list"; readonly keys: readonly string[] }
  /** `prefix` + a whole number from `from` to `to`, all equally likely. */
  | { readonly kind: "range"; readonly prefix: string; readonly from: number; readonly to: number }
  /** The same, but the first key gets `hotPercent` of all records and the others share the rest. */
  | { readonly kind: "skewed"; readonly prefix: string; readonly from: number; readonly to: number; readonly hotPercent: number };

/** What the application around a consumer or receiver does with each record or message, and what goes wrong. */
export interface Processing {
  /** Virtual ms for one record. */
  readonly timeMs: number;
  /** A pool of so many works on them, outside the loop that receives; left out, one after the other within it. */
  readonly workers?: number;
  /** When they are committed, or acknowledged; left out, as each client's guide has it. */
  readonly settle?: Settling;
  /** Left out, nothing goes wrong. */
  readonly failure?: Failure;
  /** What becomes of a record whose handler throws; left out, the program ends with it. */
  readonly rescue?: Rescue;
  /** A topic, or a queue, to which each record that went well is sent on before it counts as done. */
  readonly forwardTo?: string;
}

/**
 * `before`: as soon as they are received, before any is worked on. `after`: once all that were received together are done. `each`: one by one,
 * each when it is done. `async`: as `after`, without waiting for the answer.
 */
export type Settling = "before" | "after" | "each" | "async";

/** A handler that fails, and with which records: those of these keys, those sent as these numbers, and some of all. */
export interface Failure {
  /** It throws; it does not return; or its process ends, and is started again after `restartMs`. */
  readonly how: "throw" | "stall" | "crash";
  readonly keys?: readonly string[];
  readonly numbers?: readonly number[];
  /** Of a hundred attempts, drawn anew for each. */
  readonly percent?: number;
}

/** What a program does with a record whose handler throws: it tries again in place, and then gives it up in one of these ways. */
export interface Rescue {
  /** Further attempts in place. */
  readonly retries: number;
  /** Virtual ms before each of them; the loop stands still meanwhile. */
  readonly backoffMs: number;
  /**
   * `stop`: it ends. `skip`: it goes on without. `requeue`, `reject`: the message goes back to its place, or is rejected (AMQP). `forward`: the
   * record is sent to the next of `topics`, the last of which is the dead-letter topic, and waits for `delayMs` in the others (Kafka).
   */
  readonly giveUp: "stop" | "skip" | "requeue" | "reject" | "forward";
  readonly topics?: readonly string[];
  readonly delayMs?: number;
}
