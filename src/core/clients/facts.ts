import type { BatchPage } from "../kafka/records/batchPage";
import type { SentBatch } from "../kafka/records/madeBatch";

/** What an application would log about its client, told to whoever watches. Nothing in the cluster depends on it. */
export type ClientFact =
  | { readonly type: "acknowledged"; readonly topic: string; readonly partition: number; readonly batch: SentBatch; readonly baseOffset: number }
  | { readonly type: "stickySwitched"; readonly topic: string; readonly partition: number; readonly bytes: number }
  | { readonly type: "joining"; readonly groupId: string }
  | { readonly type: "assigned"; readonly groupId: string; readonly generationId: number; readonly assignor: string; readonly partitions: number; readonly gained: number }
  /** `memberId` is what its consumer believes to be; its group may have given it up. */
  | { readonly type: "positioned"; readonly groupId: string; readonly memberId: string; readonly topic: string; readonly partition: number; readonly offset: number; readonly from: "committed" | "reset" }
  /** Records are done: processed; or sent to a retry or dead-letter topic; or passed over. */
  | RecordDone<"processed">
  | RecordDone<"setAside">
  | RecordDone<"skipped">
  /** A handler has thrown. */
  | { readonly type: "threw"; readonly groupId: string; readonly topic: string; readonly partition: number; readonly offset: number; readonly attempt: number }
  | { readonly type: "pollExceeded"; readonly groupId: string }
  /** The application has ended with this exception. */
  | { readonly type: "failed"; readonly groupId: string; readonly exception: string };

/** An application is done with records that follow each other, in one of several ways. */
export interface RecordDone<Way extends string> {
  readonly type: Way;
  readonly groupId: string;
  /** "" where its consumer knows that it is no member any more. */
  readonly memberId: string;
  readonly topic: string;
  readonly partition: number;
  /** From this slot of a page up to another. */
  readonly page: BatchPage;
  readonly from: number;
  readonly to: number;
  /** How far all is done, where a pool works on several at once; else null. */
  readonly next: number | null;
}
