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

/** What the application around a consumer or receiver does with each record or message. */
export interface Processing {
  /** Virtual ms for one record. */
  readonly timeMs: number;
}
