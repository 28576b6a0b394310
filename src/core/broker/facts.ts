import type { BatchPage } from "../kafka/records/batchPage";
import type { ClassicGroup } from "./group/classic/classicGroup";
import type { MetadataRecord } from "./metadata/metadataImage";

/** A log of one broker, by what it is called and which of the topics of that name it belongs to. */
export interface LogPlace {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
}

/** What a broker tells whoever watches, at the moment it happens. Nothing in the cluster depends on it. */
export type BrokerFact =
  /** A batch stands at the end of a log, the last one of this page. */
  | { readonly type: "stored"; readonly log: LogPlace; readonly page: BatchPage }
  | { readonly type: "highWatermark"; readonly log: LogPlace; readonly offset: number }
  /** The log is gone, with all that it held. */
  | { readonly type: "deleted"; readonly log: LogPlace }
  /** A record of `__cluster_metadata` holds from now on. */
  | { readonly type: "metadata"; readonly record: MetadataRecord }
  /** A group has committed an offset; null where what it had committed is gone. */
  | { readonly type: "committed"; readonly groupId: string; readonly topic: string; readonly partition: number; readonly offset: number | null }
  /** A group is another one than before; null where it is gone. */
  | { readonly type: "group"; readonly groupId: string; readonly group: ClassicGroup | null }
  /** Until when a group waits for a member to be heard of, virtual µs; null when it waits in another way, or no more. */
  | { readonly type: "session"; readonly groupId: string; readonly memberId: string; readonly untilUs: number | null };
